"""How bars of several kinds differ where their colours cannot be seen: `▒ █ ▓`, in ASCII `= # %`."""

from collections.abc import Mapping
from typing import Final

_OF: Final[Mapping[str, str]] = {"bar-floor": "▒", "bar-ceiling": "▓", "bar-rest": "░", "bar-to-come": "░"}
"""The texture of a tone; the others are full blocks."""
_BLOCKS: Final = "█▏▎▍▋▊▉■"

_tables: dict[str, dict[int, str]] = {}


def use_textures(*, wanted: bool) -> None:
    """From now on. To be called before anything is painted."""
    _tables.clear()
    if wanted:
        _tables.update({tone: str.maketrans(dict.fromkeys(_BLOCKS, texture)) for tone, texture in _OF.items()})


def textured(text: str, tone: str) -> str:
    """`text` with the blocks of its tone."""
    table = _tables.get(tone)
    return text.translate(table) if table else text
