"""Text that is not ours: from files, servers, exceptions and other programs."""

import re
import unicodedata
from typing import Final

_ESCAPES: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x1b\\|\x07|$)|.)", re.DOTALL)
_UNSEEN: Final = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
"""Unicode categories that move the cursor, turn the writing direction or show nothing."""


def visible(text: str) -> str:
    """`text` with a sign in the place of each character that is not to reach a terminal: as many characters."""
    return text if text.isprintable() else "".join(map(_sign, text))


def _sign(character: str) -> str:
    if character <= "\x1f":
        return chr(0x2400 + ord(character))
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in _UNSEEN else character


def clean(text: str, *, limit: int = 500, keep_spaces: bool = False) -> str:
    """One line of `text`, safe to show: no escape sequences, control or direction characters; at most `limit` long.

    Runs of spaces become one, and those at the ends go, unless `keep_spaces`.
    """
    text = _ESCAPES.sub("", text[: limit * 4])
    shown = "".join(" " if c in "\r\n\t\v\f" else "" if unicodedata.category(c) in _UNSEEN else c for c in text)
    if not keep_spaces:
        shown = re.sub(r" {2,}", " ", shown).strip()
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def why(error: BaseException) -> str:
    """The system's reason for an OSError, in words that are safe to show; of others the class, for they may quote."""
    return clean((error.strerror if isinstance(error, OSError) else "") or type(error).__name__)
