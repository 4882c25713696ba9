"""Where the cursor is while one picture is sent, and in which style it writes."""

from collections.abc import Iterator

from tui.terminal import scrolling
from tui.terminal.picture import Place
from tui.terminal.style_changes import PLAIN, Style, change, for_blanks


class Pen:
    """Collects in `out` what takes the terminal from one picture to the next."""

    def __init__(self, at: Place | None, width: int) -> None:
        self.out: list[str] = []
        self.at = at
        self._width = width
        self._style = PLAIN

    def move(self, place: Place) -> None:
        """Take the cursor to a place, in as few bytes as can be."""
        if self.at == place:
            return
        named = f"\x1b[{place[0] + 1};{place[1] + 1}H"
        # not at first, where another program may have moved the cursor
        ways = _ways(self.at, place, self._width) if self.out and self.at else ()
        self.out.append(min((named, *ways), key=len))
        self.at = place

    def scroll(self, scroll: scrolling.Scroll) -> None:
        """Let the terminal move rows."""
        self.out.append(scroll.code)
        self.at = None

    def write(self, text: str, style: Style) -> None:
        """Write where the cursor is; only what changes of the style is sent."""
        style = for_blanks(self._style, style) if text.isspace() else style
        self.out += change(self._style, style), text
        self._style = style
        if self.at:
            self.at = (self.at[0], self.at[1] + len(text))

    def finish(self, end: Place | None) -> Place | None:
        """Leave the style behind, and the cursor where it belongs; the place where it is."""
        self.out.append(change(self._style, PLAIN))
        if end:
            self.move(end)
        return self.at


def _ways(at: Place, place: Place, width: int) -> Iterator[str]:
    """What takes the cursor from one place to another without naming it, which often takes half the bytes."""
    down, right = place[0] - at[0], place[1] - at[1]
    if down == 1:
        yield f"\r\x1bD{_right(place[1])}"  # not \n: a terminal line turns that into two bytes
    if down >= 0 and at[1] < width:  # behind the last column terminals differ
        yield ("" if down == 0 else f"\x1b[{down if down > 1 else ''}B") + (
            _right(right) if right > 0 else "\b" * -right
        )


def _right(cells: int) -> str:
    return f"\x1b[{cells}C" if cells else ""
