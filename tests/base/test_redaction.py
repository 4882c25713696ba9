"""However others write a key into their texts, it is not in ours."""

import base64
import string
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.base.redaction import redact
from tui.base.secret import DOTS, Secret

KEY = "sk-ant-api03-Zm9vYmFyYmF6cXV4/+=abcdefgh"
keys = st.text(string.ascii_letters + string.digits + "-_/+=.:", min_size=8, max_size=120)
FORMS = {
    "as it is": lambda key: key,
    "in an URL": lambda key: quote(key, safe=""),
    "in an URL's path": quote,
    "in a form": quote_plus,
    "in base64": lambda key: base64.b64encode(key.encode()).decode(),
    "in base64 for URLs": lambda key: base64.urlsafe_b64encode(key.encode()).decode(),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@given(key=keys, before=st.text(), after=st.text())
def test_no_form_of_the_key_survives(form, key, before, after):
    text = redact(before + form(key) + after, [Secret(key)])
    assert key not in text.replace(before, "").replace(after, "")
    whole = form(key).rstrip("=")
    assert whole not in text or whole in before + DOTS + after


@given(key=keys.filter(lambda key: len(key) >= 12), user=st.text(string.ascii_letters, max_size=9))
def test_not_in_the_middle_of_base64_either(key, user):
    """As in `Authorization: Basic`, where a user name stands before the key: at most its ends are left."""
    encoded = base64.b64encode(f"{user}:{key}:".encode()).decode()
    text = redact(encoded, [Secret(key)])
    left = b"".join(base64.b64decode(part + "=" * (-len(part) % 4)) for part in text.split(DOTS) if len(part) % 4 != 1)
    assert DOTS in text
    assert key.encode() not in left


@given(key=keys.filter(lambda key: len(key) >= 20), cut=st.integers(8, 12))
def test_a_shortened_key_is_found_by_its_ends(key, cut):
    text = redact(f"invalid key {key[:cut]}…{key[-cut:]}.", [Secret(key)])
    assert key[:cut] not in text
    assert key[-cut:] not in text


@given(st.text(max_size=7), st.text())
def test_short_values_do_not_blank_the_text(key, text):
    assert redact(text, [Secret(key)]) == text


def test_every_one_of_several():
    others = [Secret("first-key-1"), Secret("second-key-2")]
    assert redact("first-key-1 and second-key-2", others) == f"{DOTS} and {DOTS}"


def test_a_key_that_begins_as_another_one_leaves_no_rest():
    short, long = Secret("abcdefgh"), Secret("abcdefgh-the-rest")
    assert redact("abcdefgh-the-rest", [short, long]) == DOTS
    assert redact("abcdefgh-the-rest", [long, short]) == DOTS


def test_an_ordinary_text_stays_as_it_is():
    text = "429 Too Many Requests: retry in 20 s"
    assert redact(text, [Secret(KEY)]) == text
