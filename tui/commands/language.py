"""Which language a run speaks, by its words, what the wizard remembers, and the environment."""

import os
from collections.abc import Sequence
from typing import Final

from tui.base.errors import SetupError
from tui.base.language import CONSOLE, ENGLISH, PREFERENCE, known, of_environment

OPTION: Final = "--language"
_FOR_PROGRAMS: Final = "env", "completion", "shell-init"
"""Commands whose output is read by programs alone."""
_WITH_VALUE: Final = "--config", "--theme", OPTION
"""Options that may stand before the command."""


def chosen(words: Sequence[str]) -> str:
    """The language of the command that `words` name; asked before anything is imported that is translated."""
    at = _command(words)
    if words[at : at + 1] == ["exec"]:
        words = words[:at]  # what follows is another program's
    elif "--json" in words or (words[at : at + 1] and words[at] in _FOR_PROGRAMS):
        return ENGLISH
    if "--ascii" in words:  # few other languages can be written in it
        return ENGLISH
    return known(_named(words)) or known(_remembered()) or of_environment(os.environ)


def _command(words: Sequence[str]) -> int:
    """Where the command stands; behind the last word if there is none."""
    for at, word in enumerate(words):
        if not word.startswith("-") and not (at and words[at - 1] in _WITH_VALUE):
            return at
    return len(words)


def _named(words: Sequence[str]) -> str:
    """What is given by the option; the last one wins, as in argparse."""
    for at in reversed(range(len(words))):
        name, given, value = words[at].partition("=")
        if name == OPTION:
            return value if given else "".join(words[at + 1 : at + 2])
    return ""


def _remembered() -> str:
    """What was chosen in the wizard; not on a console that cannot show it."""
    from tui.base.folders import config_folder  # Windows, where nothing runs, has not what it needs

    path = config_folder() / "settings.toml"
    if os.environ.get("TERM") == CONSOLE or not os.path.exists(path):  # noqa: PTH110 - in a folder that may not be read neither
        return ""
    from tui.config_file.content import read_bytes

    try:
        text = read_bytes(path) or b""
        if PREFERENCE.encode() not in text:  # most never chose
            return ""
        from tui.config_file.document import read_config  # what reads our settings otherwise speaks as it is imported

        return str(read_config(path).table("preferences").get(PREFERENCE, ""))
    except SetupError:
        return ""
