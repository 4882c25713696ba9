"""Colours: one theme of ours, and the tones and grounds that every other theme is given as well."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

CONTENT, MUTED, FAINT = 7.0, 4.5, 3.6
"""The least contrast of text, of explanation and of what is only for reference, by WCAG 2's formula."""
TOWARDS_MUTED, TOWARDS_FAINT = 0.30, 0.52
"""How far such text goes towards the background, where its contrast allows that."""
ROW, FOCUS, MARKED, RULE = 0.22, 0.28, 0.14, 0.24
"""How far a ground goes from the background at most: highlighted row, focused field, marked line; and a hairline."""

DARK: Final = Theme(
    name="harbour",
    dark=True,
    primary="#7aa2f7",
    secondary="#7dcfff",
    accent="#bb9af7",
    success="#9ece6a",
    warning="#e0af68",
    error="#f7768e",
    background="#14151f",
    surface="#1c1f2d",
    panel="#292e45",
    foreground="#c8d3f5",
    variables={
        "content": "#c8d3f5",
        "muted": "#a0a9d1",
        "faint": "#7d87b3",
        "rule": "#292e45",
        "row-ground": "#2a344e",
        "focus-ground": "#303c5b",
        "good-ground": "#272f29",
        "wrong-ground": "#34232f",
        "look-out-ground": "#312b29",
        "ink-here": "#7aa2f7",
        "ink-name": "#7dcfff",
        "ink-press": "#bb9af7",
        "ink-good": "#9ece6a",
        "ink-look-out": "#e0af68",
        "ink-wrong": "#f7768e",
        "input-cursor-background": "#c8d3f5",
    },
)
"""Purple is what can be pressed, amber what to look out for, green good, red wrong, cyan a name, blue where one is."""

_IN_256: Final = {
    "rule": "#3a3a3a", "row-ground": "#303030", "focus-ground": "#3a3a3a",
    "good-ground": "#262626", "wrong-ground": "#262626", "look-out-ground": "#262626",
}  # fmt: skip
DARK_256: Final = replace(
    DARK, background="#121212", surface="#1c1c1c", panel="#303030", variables=DARK.variables | _IN_256
)
"""The same in 256 colours, as over SSH: the nearest ones to its dark blues would be black and a loud blue."""

_ENDS: Final = Color(255, 255, 255), Color(0, 0, 0)
_INKS: Final = {
    "here": "primary", "name": "secondary", "press": "accent",
    "good": "success", "look-out": "warning", "wrong": "error",
}  # fmt: skip
_OF_ANSI: Final = {
    "content": "ansi_default", "muted": "ansi_default", "faint": "ansi_bright_black", "rule": "ansi_bright_black",
    "row-ground": "ansi_bright_black", "focus-ground": "ansi_bright_black",
    "good-ground": "ansi_default", "wrong-ground": "ansi_default", "look-out-ground": "ansi_default",
    "ink-here": "ansi_blue", "ink-name": "ansi_cyan", "ink-press": "ansi_magenta",
    "ink-good": "ansi_green", "ink-look-out": "ansi_yellow", "ink-wrong": "ansi_red",
}  # fmt: skip
ANSI: Final = replace(BUILTIN_THEMES["ansi-dark"], name="ansi", accent="ansi_magenta")
"""The terminal's own colours, whichever those are: on its own ground, and no shades between them."""


def own_variables(theme: Theme) -> dict[str, str]:
    """Our variables for a theme that does not define them: tones of text that can be read on each of its grounds.

    Those grounds are background, surface and panel, and what is mixed from them here: the highlighted row, the focused
    field, marked lines. "faint" is not for the highlighted row.
    """
    if theme.name.startswith("ansi"):  # the terminal's own colours: nothing can be mixed
        return _OF_ANSI
    if "content" in theme.variables:
        return {}
    colours = {name: Color.parse(text) for name, text in theme.to_color_system().generate().items() if _is_hex(text)}
    page, text = colours["background"], colours["foreground"]
    mixed = _grounds(colours)
    still = [page, colours["surface"], colours["panel"]]
    every = [*still, *mixed.values()]
    content = readable(text, every, CONTENT)
    inks = {
        f"ink-{name}": readable(colours.get(f"text-{hue}", colours[hue]), every, MUTED).hex
        for name, hue in _INKS.items()
    }
    return {
        "content": content.hex,
        "muted": toned(content, page, every, TOWARDS_MUTED, MUTED).hex,
        "faint": toned(content, page, still, TOWARDS_FAINT, FAINT).hex,
        "rule": page.blend(content, RULE).hex,
        **{name: ground.hex for name, ground in mixed.items()},
        **inks,
    }


def _grounds(colours: dict[str, Color]) -> dict[str, Color]:
    page = colours["background"]
    marks = {"good-ground": "success", "wrong-ground": "error", "look-out-ground": "warning"}
    hues = {"row-ground": ("primary", ROW), "focus-ground": ("primary", FOCUS)}
    hues |= {name: (hue, MARKED) for name, hue in marks.items()}
    return {name: _ground(page, colours[hue], most) for name, (hue, most) in hues.items()}


def _ground(page: Color, hue: Color, most: float) -> Color:
    """`page` with as much of `hue` as `most`, but so that white or black can still be read on it."""
    steps = (page.blend(hue, most * step / 10) for step in range(10, -1, -1))
    return next((ground for ground in steps if max(contrast(end, ground) for end in _ENDS) >= CONTENT), page)


def toned(text: Color, page: Color, grounds: Iterable[Color], most: float, least: float) -> Color:
    """`text` blended towards `page` as far as `most`, but so that it keeps the contrast `least` on all `grounds`."""
    grounds = [*grounds]
    steps = (text.blend(page, most * step / 20) for step in range(20, 0, -1))
    return next((tone for tone in steps if lowest(tone, grounds) >= least), text)


def readable(ink: Color, grounds: Iterable[Color], least: float) -> Color:
    """`ink`, or as much nearer to white or black as it needs for the contrast `least` on all `grounds`.

    Where neither is enough, the better of the two.
    """
    grounds = [*grounds]
    end = max(_ENDS, key=lambda colour: lowest(colour, grounds))
    steps = (ink.blend(end, step / 20) for step in range(21))
    return next((tone for tone in steps if lowest(tone, grounds) >= least), end)


def lowest(ink: Color, grounds: Iterable[Color]) -> float:
    """The contrast of `ink` on the ground on which it has least."""
    return min(contrast(ink, ground) for ground in grounds)


def contrast(one: Color, other: Color) -> float:
    """From 1 to 21, as WCAG 2 has it."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _is_hex(text: str) -> bool:
    return len(text) == 7 and text.startswith("#")
