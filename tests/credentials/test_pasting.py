"""Whatever is around a key on the clipboard, the key comes out whole, or a sentence says why not."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.base.errors import SetupError, Status
from tui.base.key_shapes import begins_like_key
from tui.credentials.key_faults import key_fault
from tui.credentials.pasted_key import LONGEST, clean_key

KEY = "sk-ant-api03-abcDEF_123-xyz"
WORDS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
keys = st.text(WORDS, min_size=8, max_size=200).filter(lambda key: not key_fault(key))  # `A_KEY` is a name, no key
blanks = st.sampled_from(["", " ", "\n", "\r\n", "\t", "\n\n", "\u00a0", "\u3000", "\u2028"])
unseen = st.sampled_from(["", "\u200b", "\ufeff", "\u200d", "\u2060", "\u00ad"])
around = st.sampled_from(
    [
        "{}", '"{}"', "'{}'", "`{}`", "“{}”", '"{}",', "X={}", "export OPENAI_API_KEY={}", 'export LLM_API_KEY="{}"',
        "api_key = '{}'", "Bearer {}", "bearer {}", "Authorization: Bearer {}", "x-api-key: {}", "set KEY={}",
        '$env:K="{}"',
        "export A='{}';", '"X={}"', "X='Bearer {}'", '`export X="{}"`',
    ]
)  # fmt: skip


@given(key=keys, shape=around, before=blanks, after=blanks, hidden=unseen)
def test_the_key_comes_out_of_all_the_dirt(key, shape, before, after, hidden):
    pasted = before + hidden + shape.format(key) + hidden + after
    cleaned, remark = clean_key(pasted)
    assert cleaned == key
    assert bool(remark) == (pasted != key)
    assert key not in remark


@given(key=keys, cut=st.integers(1, 199), line_break=st.sampled_from(["\n", "\r\n", " \n  ", "\r"]))
def test_a_key_wrapped_over_two_lines_is_joined(key, cut, line_break):
    cut = 1 + cut % (len(key) - 1)
    assume(cut * 2 != len(key))
    assume(not begins_like_key(key[cut:]))
    assert clean_key(key[:cut] + line_break + key[cut:])[0] == key


@given(st.text() | st.text(WORDS + " =\"'\n\t\r\u200b:", max_size=60))
def test_cleaning_twice_changes_nothing_and_no_refusal_shows_the_text(text):
    try:
        key, _ = clean_key(text)
    except SetupError as error:
        _require_a_refusal(error, text)
        return
    assert key
    assert key.isascii()
    assert not any(c.isspace() or not c.isprintable() for c in key)
    assert clean_key(key) == (key, "")


def _require_a_refusal(error: SetupError, text: str) -> None:
    assert error.hint
    assert error.status is Status.USAGE
    assert not [word for word in text.split() if len(word) > 12 and word in str(error)]


@pytest.mark.parametrize(
    ("pasted", "remark"),
    [
        (KEY, ""),
        (f"\n{KEY}\n", "Left out: spaces and line breaks around it."),
        (f'export OPENAI_API_KEY="{KEY}"\n',
         "Left out: spaces and line breaks around it, the name of a variable, quotes and punctuation."),
        (f"Authorization: Bearer {KEY}", "Left out: the name of a header, the word Bearer."),
        (f"{KEY[:20]}\u200b{KEY[20:]}", "Left out: characters that cannot be seen."),
        (f"{KEY[:20]}\r\n{KEY[20:]}", "Left out: the line breaks inside."),
    ],
)  # fmt: skip
def test_what_was_left_out_is_said(pasted, remark):
    assert clean_key(pasted) == (KEY, remark)


@pytest.mark.parametrize(
    "key", ["QUJDRA==", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "id:secret", "a.b~c+d=", "ollama"]
)
def test_keys_of_other_kinds_stay_as_they_are(key):
    assert clean_key(key) == (key, "")


@pytest.mark.parametrize(
    ("pasted", "message"),
    [
        ("", "There is no key in it."),
        (" \r\n\t\u200b", "There is no key in it."),
        ('""', "There is no key in it."),
        (f"{KEY}\0", "There are control characters in it."),
        (f"\x1b[200~{KEY}", "There are control characters in it."),
        (f"{KEY} {KEY}", "There is a space inside, which no key has."),
        ("my key is secret", "There is a space inside, which no key has."),
        (f"{KEY}\n{KEY}", "There is more than one key in it."),
        (f"{KEY}\nsk-proj-another", "There is more than one key in it."),
        (f"A={KEY}\nB={KEY}2", "There is more than one key in it."),
        ("0123456789abcdef0123456789abcdef\nfedcba9876543210fedcba9876543210", "There is more than one key in it."),
        ("https://console.anthropic.com/settings/keys", "That is a web address."),
        ("$OPENAI_API_KEY", "That is the name of a variable."),
        ("${OPENAI_API_KEY}", "That is the name of a variable."),
        ("sk-ant-...xYz4", "That is the shortened form of a key, as web pages show it."),
        ("sk-ant-••••••••", "That is the shortened form of a key, as web pages show it."),
        ("sk–ant", "There is a letter or sign in it that no key has."),
        ("k" * (LONGEST + 1), f"It is longer than {LONGEST} characters, too long for a key."),
    ],
)
def test_what_is_no_key_is_refused_in_words(pasted, message):
    with pytest.raises(SetupError) as caught:
        clean_key(pasted)
    assert caught.value.message == message
    assert caught.value.hint
