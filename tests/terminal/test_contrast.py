"""Text can be read: each tone has its contrast on each ground that it is painted on, in every theme of the palette."""

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tui.terminal.theme import CONTENT, DARK, DARK_256, FAINT, MUTED, contrast, own_variables

STILL = ("background", "surface", "panel")
MIXED = ("row-ground", "focus-ground", "good-ground", "wrong-ground", "look-out-ground")
INKS = ("ink-here", "ink-name", "ink-press", "ink-good", "ink-look-out", "ink-wrong")
THEMES = {
    **{name: theme for name, theme in BUILTIN_THEMES.items() if not name.startswith("ansi")},
    "harbour": DARK,
    "harbour, 256 colours": DARK_256,
}


def colours_of(theme: Theme) -> dict[str, str]:
    """As the app puts them together."""
    return {**own_variables(theme), **theme.to_color_system().generate(), **theme.variables}


@pytest.mark.parametrize("name", THEMES)
def test_each_tone_can_be_read_on_each_ground(name: str) -> None:
    colours = colours_of(THEMES[name])
    least = {"content": CONTENT, "muted": MUTED} | dict.fromkeys(INKS, MUTED)
    pairs = {(tone, ground): least[tone] for tone in least for ground in (*STILL, *MIXED)}
    for ink in INKS:
        if ink != "ink-press":  # of these only a key's name stands in a focused field
            del pairs[ink, "focus-ground"]
    pairs |= {("faint", ground): FAINT for ground in STILL}
    found = {
        pair: round(contrast(Color.parse(colours[pair[0]]), Color.parse(colours[pair[1]])), 2)
        for pair, needed in pairs.items()
        if contrast(Color.parse(colours[pair[0]]), Color.parse(colours[pair[1]])) < needed - 0.005
    }
    assert found == {}


def test_the_tones_still_differ() -> None:
    for name, theme in THEMES.items():
        colours = colours_of(theme)
        page = Color.parse(colours["background"])
        content, muted, faint = (contrast(Color.parse(colours[tone]), page) for tone in ("content", "muted", "faint"))
        assert content > muted > faint, name
