"""Where lines of wide characters end: Textual breaks at spaces, which Chinese has not, and begins lines with a comma.

Its wrapping is rich's `divide_line`, which `textual.content` imports by name. Where that is gone, nothing changes.
"""

from rich.cells import cell_len
from textual import content

from tui.base.cells import pieces

_by_words = getattr(content, "divide_line", None)


def install() -> None:
    """For languages that need it; of text without wide characters nothing changes."""
    if _by_words:
        vars(content)["divide_line"] = divide_line


def divide_line(text: str, width: int, fold: bool = True) -> list[int]:  # noqa: FBT001, FBT002 - as the original
    """The places in `text` at which a new line of at most `width` cells begins."""
    if cell_len(text) == len(text) and _by_words:
        return [*_by_words(text, width, fold=fold)]
    breaks, at, used = [], 0, 0
    for piece in pieces(text):
        if used and used + cell_len(piece.rstrip()) > width:
            breaks.append(at)
            used = 0
        for character in piece if fold else ():
            size = cell_len(character)
            if used + size > width and character != " ":  # within a word that is longer than a line
                breaks.append(at)
                used = 0
            used += size
            at += 1
        if not fold:
            used += cell_len(piece)
            at += len(piece)
    return breaks
