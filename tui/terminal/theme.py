"""Colours: one theme of ours, and two tones that every other theme is given as well."""

from dataclasses import replace
from typing import Final

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

MUTED, FAINT = 0.35, 0.6
"""How far from the text's colour towards the background: explanation, and what is not yours to touch."""
MARKED = 0.14
"""How far from the background towards a colour: the ground of a line that is added, removed, or to look at."""

DARK: Final = Theme(
    name="harbour",
    dark=True,
    primary="#7aa2f7",
    secondary="#7dcfff",
    accent="#e0af68",
    success="#9ece6a",
    warning="#e0af68",
    error="#f7768e",
    background="#16161e",
    surface="#1a1b26",
    panel="#24283b",
    foreground="#c0caf5",
    variables={
        "muted": "#8c95bd",
        "faint": "#626a97",
        "input-cursor-background": "#c0caf5",
        "text-secondary": "#7dcfff",
        "text-accent": "#e0af68",
        "text-success": "#9ece6a",
        "text-warning": "#e0af68",
        "text-error": "#f7768e",
    },
)


DARK_256: Final = replace(DARK, background="#121212", surface="#1c1c1c", panel="#303030")
"""The same in 256 colours, as over SSH: the nearest ones to its dark blues would be black and a loud blue."""

ANSI: Final = replace(
    BUILTIN_THEMES["ansi-dark"],
    name="ansi",
    accent="ansi_yellow",
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        "text-secondary": "ansi_cyan",
        "text-accent": "ansi_yellow",
        "text-success": "ansi_green",
        "text-warning": "ansi_yellow",
        "text-error": "ansi_red",
    },
)
"""The terminal's own colours, whichever those are: on its own ground, and no shades between them."""


def own_variables(theme: Theme) -> dict[str, str]:
    """Our variables for a theme that does not define them: two tones of text, and the grounds of marked lines."""
    if theme.name.startswith("ansi"):  # the terminal's own colours: nothing can be mixed
        grounds = dict.fromkeys(("good-ground", "wrong-ground", "look-out-ground"), "ansi_default")
        return {"muted": "ansi_default", "faint": "ansi_bright_black", **grounds}
    text = Color.parse(theme.foreground or ("#e0e0e0" if theme.dark else "#1f1f1f"))
    ground = Color.parse(theme.background or ("#121212" if theme.dark else "#efefef"))
    marks = {"good": theme.success, "wrong": theme.error, "look-out": theme.warning}
    grounds = {
        f"{name}-ground": ground.blend(Color.parse(colour or theme.primary), MARKED).hex
        for name, colour in marks.items()
    }
    return {"muted": text.blend(ground, MUTED).hex, "faint": text.blend(ground, FAINT).hex, **grounds}
