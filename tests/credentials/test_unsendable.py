"""What no header may hold is told from the key itself, before any library could print it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.credentials.unsendable import why_unsendable

KEY = "sk-proj-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg-Qe_Uo"


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (KEY, ""),
        ("", ""),
        ("id:secret/with+signs=", ""),
        (f"{KEY}\n", "The key ends with a line break."),
        (f"{KEY}\r\n", "The key ends with a line break."),
        (f"\n{KEY}", "The key begins with a line break."),
        (f"{KEY}\n{KEY}", "There is a line break in the key."),
        (f"{KEY} ", "The key begins or ends with a space."),
        (f"{KEY}\0", "There is a control character, or one that cannot be seen, in the key."),
        (f"{KEY[:9]}\u200b{KEY[9:]}", "There is a control character, or one that cannot be seen, in the key."),
        (f"{KEY}ä", "There is a character in the key that no key has."),
    ],
)
def test_why(key: str, why: str) -> None:
    assert why_unsendable(key) == why


@given(st.text(min_size=1, max_size=80))
def test_what_passes_is_a_header_that_httpx_sends(key: str) -> None:
    import h11

    if not why_unsendable(key):
        h11.Request(method="GET", target="/", headers=[("Host", "x"), ("Authorization", f"Bearer {key}")])
