"""What the terminal at hand can show, as far as the environment tells, what the user asked for, and bars in either."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_COLOURLESS: Final = ("vt52", "vt100", "vt102", "vt220", "vt320")
_COERCED: Final = {"C.UTF-8", "C.utf8", "UTF-8"}
"""What Python itself puts into LC_CTYPE where the user's locale is none."""


@dataclass(frozen=True, slots=True)
class TerminalKind:
    """How the wizard shows itself."""

    ascii: bool = False
    """With no character above 127."""
    mouse: bool = True
    theme: str = ""
    """The name of a theme; "" for the usual one."""
    colours: int = 1 << 24
    """How many Textual will send: 16 do not tell our own theme's shades apart, 256 show a dark blue as a bright one."""


def speaks_utf8(environ: Mapping[str, str], *, coerced: bool | None = None) -> bool:
    """Whether the user's locale is one of UTF-8; no locale at all is not. As setlocale(3) looks for it.

    `coerced`: whether Python found the C locale and may have set LC_CTYPE by itself.
    """
    ours = bool(sys.flags.utf8_mode) if coerced is None else coerced
    kind = environ.get("LC_CTYPE", "")
    own_kind = "" if ours and kind in _COERCED else kind
    locale = environ.get("LC_ALL") or own_kind or environ.get("LANG") or ""
    return "utf8" in locale.lower().replace("-", "")


def colours(environ: Mapping[str, str]) -> int:
    """How many colours Textual will send, by the rule of Rich, which it asks."""
    if environ.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return 1 << 24
    return 256 if environ.get("TERM", "").rpartition("-")[2] in {"256color", "kitty"} else 16


def is_colourless(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is of those that had bold and reverse, and no colours."""
    name = environ.get("TERM", "")
    return name in _COLOURLESS or name.startswith(tuple(f"{known}-" for known in _COLOURLESS)) or name.endswith("-mono")


def prepare() -> None:
    """Tell Textual, before it is imported, what it reads from the environment when it is."""
    os.environ.setdefault("TEXTUAL_FPS", "120")  # half the latency of a key
    os.environ["TEXTUAL_ANIMATIONS"] = "none"  # over a slow line each costs kilobytes
    if is_colourless(os.environ):
        os.environ.setdefault("NO_COLOR", "1")


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
