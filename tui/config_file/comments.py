"""Keys in the parts of a file that are not named: in comments, in which one may stand in any form, and in values."""

import re
from typing import Final

from tui.base.key_shapes import is_drawn, is_id, may_be_key
from tui.base.keys_in_text import without_keys_in
from tui.base.secret import Secret

_TOKEN: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|"(?:[^"\\\n]|\\[^\n])*"|\'[^\'\n]*\'|(?P<comment>#[^\n]*)'
    r"|^[ \t]*\[[ \t]*[\"']?llm\b[^\n#]*",
    re.DOTALL | re.MULTILINE,
)
"""A string, in which a `#` begins nothing, a comment, or a group's header."""
_SAID: Final = re.compile(
    r"(?:key|token|secret|passw|pwd|credential|bearer|authorization)\w{0,20}[\"'`]?(?:[ \t]*[:=][ \t]*|[ \t]+)"
    r"(?:(?:is|was|bearer|basic)[ \t]+)?[\"'`]?(?P<value>[^\s\"'`,;()<>\[\]{}]{6,})",
    re.IGNORECASE,
)
"""What is called a key: `api_key: abc123`, `Authorization: Bearer abc123`, `the password is abc123`."""
_PLAIN: Final = re.compile(r"\D*|[\d_.,]+|https?://.*|•.*")
"""What is no key though it is called one: a word, a number, an address; or dots already."""


def without_unnamed_keys(text: str) -> str:
    """TOML `text` with dots for what may be a key in a comment, and what is one in a string; the number of lines stays.

    In linear time.
    """
    return _TOKEN.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    if found["comment"]:
        return without_keys_in(_SAID.sub(_without_value, found[0]), may_be_key)
    is_header = found[0].lstrip().startswith("[")
    return without_keys_in(found[0], is_key_name if is_header else is_drawn)


def is_key_name(name: str) -> bool:
    """Whether the name of a group is a key: it may well look random."""
    return is_drawn(name) and not is_id(name)


def _without_value(found: re.Match[str]) -> str:
    value = found["value"]
    if _PLAIN.fullmatch(value):
        return found[0]
    return found[0].removesuffix(value) + Secret(value).masked()
