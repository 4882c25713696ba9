"""The one door for texts that a person reads."""

import gettext
from pathlib import Path
from typing import Final

_CATALOGUES: Final = Path(__file__).parent.parent / "locale"
_translation = gettext.translation("llm-setup", _CATALOGUES, fallback=True)


def _(text: str) -> str:
    """`text` in the user's language."""
    return _translation.gettext(text)


def many(one: str, more: str, count: int) -> str:
    """`one` or `more`, by `count`, with `{count}` filled in."""
    return _translation.ngettext(one, more, count).format(count=count)
