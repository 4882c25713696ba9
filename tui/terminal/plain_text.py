"""Our pages in ASCII, for terminals and locales that have nothing else."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_GLYPHS: Final = str.maketrans(
    {
        "✓": "+", "✗": "x", "★": "#", "●": "*", "○": "o", "•": "*", "·": ".", "×": "x", "−": "-", "–": "-", "—": "-",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "‹": "<", "›": ">", "→": ">", "←": "<",
        "↑": "^", "↓": "v", "≤": "<", "≥": ">", "░": ".", "█": "#", "▉": "#", "▊": "#", "▋": "#", "▍": ":", "▎": ":",
        "▏": ":", "▒": "=", "▓": "%", "■": "#", "▶": ">",
        "╭": "+", "╮": "+", "╰": "+", "╯": "+", "▔": "-", "▁": "_", "▂": "_",
        "▃": "-", "▄": "=", "▅": "=", "▆": "#", "▇": "#",
        "─": "-", "━": "=", "│": "|", "┃": "|", "▌": ">", "▐": "|", "▕": "|", "🔎": "? ",
        "\N{NO-BREAK SPACE}": " ",
    }
)  # fmt: skip
_CUT: Final = re.compile("(?<=[^ ])…")


class AsciiOnly(LineFilter):
    """Puts ASCII in the place of all else, cell by cell, so that nothing moves."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """One line."""
        return [Segment(plain(text), style, control) for text, style, control in segments]


class InkOnly(LineFilter):
    """Takes all colours out. What had a ground of its own is shown in reverse: it is what one has to see."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """One line."""
        return [Segment(text, _ink(style) if style else style, control) for text, style, control in segments]


@lru_cache(maxsize=512)
def _ink(style: Style) -> Style:
    marked = style.bgcolor is not None and not style.bgcolor.is_default
    ink = Style(bold=style.bold, underline=style.underline, reverse=marked or style.reverse)
    return ink + Style.from_meta(style.meta) if style.meta else ink


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """`text` in as many cells of ASCII. What is cut ends with `~`; what there is no sign for is `?`."""
    if text.isascii():
        return text
    text = _CUT.sub("~", text).replace("…", ".").translate(_GLYPHS)
    return text if text.isascii() else "".join(map(_nearest, text))


def _nearest(character: str) -> str:
    if character.isascii():
        return character
    cells = cell_len(character)
    letter = unicodedata.normalize("NFKD", character)[:1]
    return letter if cells == 1 and letter.isascii() else (" " if _is_block(character) else "?") * cells


def _is_block(character: str) -> bool:
    return "\u2500" <= character <= "\u259f"
