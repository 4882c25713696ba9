"""However others write a key into their texts, it is not in ours."""

import base64
import string
from textwrap import wrap
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.echoes import ENCODERS, pieces_left

from tui.base.redaction import presentable, redact
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


def says_something(end: str) -> bool:
    """Punctuation alone does not: `://` stands in each text with an address."""
    return sum(character.isalnum() for character in end) >= 4


@given(key=keys.filter(lambda key: len(key) >= 20 and says_something(key[:8]) and says_something(key[-8:])),
       cut=st.integers(8, 12))  # fmt: skip
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


# -- in whatever form

real_keys = st.builds(
    lambda beginning, rest: beginning + "".join(rest),
    st.sampled_from(["sk-ant-api03-", "sk-proj-", "AIza", ""]),
    st.lists(st.sampled_from(string.ascii_letters + string.digits + "-_"), min_size=24, max_size=60),
).filter(lambda key: sum(c.isalnum() for c in key) >= 20)


@settings(deadline=None, max_examples=60)
@given(key=real_keys, inner=st.sampled_from([*ENCODERS]), outer=st.sampled_from([*ENCODERS]))
def test_nothing_of_a_key_is_left_in_two_encodings(key: str, inner: str, outer: str) -> None:
    echo = f"Incorrect API key provided: {ENCODERS[outer](ENCODERS[inner](key))}. Find yours at example.com."
    shown = presentable(echo, [Secret(key)])
    assert pieces_left(shown, key) == []


@pytest.mark.parametrize("encoder", ENCODERS)
def test_each_form_is_known_and_the_rest_of_the_sentence_stays(encoder: str) -> None:
    key = "sk-proj-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg-Qe_Uo"
    shown = redact(f"The key is {ENCODERS[encoder](key)} here, and 429 is the status.", [Secret(key)])
    assert shown.startswith("The key is ")
    assert shown.endswith(" here, and 429 is the status.")
    assert DOTS in shown
    assert pieces_left(shown, key) == []


def test_the_error_of_a_library_about_a_header_shows_nothing_of_the_key() -> None:
    key = "sk-proj-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg-Qe_Uo\n"
    said = f"Illegal header value {f'Bearer {key}'.encode()!r}"
    assert redact(said, [Secret(key)]) == f"Illegal header value b'Bearer {DOTS}'"


@pytest.mark.parametrize("spoil", [lambda key: "zq".join(wrap(key, 5)), lambda key: key[::-1],
                                   "x".join, lambda key: " and ".join(wrap(key, 6))])  # fmt: skip
def test_a_text_that_repeats_a_key_in_short_pieces_is_not_shown(spoil) -> None:
    key = "sk-proj-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg-Qe_Uo"
    shown = presentable(f"No such key: {spoil(key)}", [Secret(key)])
    assert shown == "(not shown: it repeats parts of the key)"


@pytest.mark.parametrize("value", ["ollama", "lm-studio", "none", "sk-no-key-required", "your-api-key", "EMPTY"])
def test_what_stands_for_a_key_does_not_blank_words(value: str) -> None:
    text = "LM Studio: a key is required. Your API key for Ollama is empty; no key required, none is used."
    assert presentable(text, [Secret(value)]) == text


def test_request_ids_and_models_are_no_traces_of_a_key() -> None:
    text = "model: claude-sonnet-4-5-20250929 (request_id: req_011CSHoEeqs5C35K2UUqR7Fy), see docs.anthropic.com"
    assert presentable(text, [Secret("sk-ant-api03-" + "Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg" * 2)]) == text


@pytest.mark.parametrize("piece", ["the quick brown fox ", "aB3", "<b>", "&#65;", "%41", "\\", "0x41,", "QUJD", "<"])
def test_half_a_megabyte_is_read_in_linear_time(piece: str) -> None:
    """Anything that is not linear takes an hour; the patience is the test runner's."""
    key = Secret("sk-proj-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg-Qe_Uo")
    redact(piece * (500_000 // len(piece)), [key])
