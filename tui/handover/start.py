"""The one line that starts OpenHands with what was set up."""

import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from tui.base.folders import APP, in_shell
from tui.base.translation import _, together
from tui.config_file.location import locate
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.handover.environment import secret_variables, settings_environment
from tui.openhands.base_url_repair import IN_CONTAINERS, for_container
from tui.openhands.groups import table_path
from tui.openhands.targets.target import CLI, GUI, SERVER

V1_VARIABLES: Final = ("LLM_MODEL", "LLM_API_KEY", "LLM_BASE_URL")
"""All that OpenHands 1.7 and later take; they ignore `[llm]`."""
PLACEHOLDER: Final = "IMAGE"
"""The last word of a line for Docker: the user's own image, with its version, is put in its place."""


class Launcher(StrEnum):
    """How the user starts OpenHands."""

    DOCKER = "docker"
    COMMAND_LINE = "cli"
    SOURCE = "source"


class Release(StrEnum):
    """Which OpenHands it is."""

    UP_TO_1_6 = "1.6"
    FROM_1_7 = "1.7"


@dataclass(frozen=True, slots=True)
class Start:
    """How something is started that was set up beside config.toml's OpenHands: by a line, or by nothing of ours."""

    name: str
    line: str
    """A shell line; "" for none."""
    said: str
    """What the line does, or why there is none."""


def last_start(own: OwnSettings) -> tuple[Launcher, Release]:
    """How OpenHands was started the last time; before that, as most do."""
    launcher, release = own.preference("launcher"), own.preference("release")
    return (
        Launcher(launcher) if launcher in set(Launcher) else Launcher.DOCKER,
        Release(release) if release in set(Release) else Release.FROM_1_7,
    )


def start_line(draft: Draft, launcher: Launcher, release: Release) -> str:
    """A shell line; it holds names of secret variables, never a value."""
    group = () if draft.is_default else ("--group", shlex.quote(table_path(draft.group)[-1]))
    return " ".join([_program(), *_config_option(draft), "exec", *group, "--", *_command(draft, launcher, release)])


def explain_line(draft: Draft, launcher: Launcher, release: Release) -> str:
    """What the line does, in a sentence or two."""
    if launcher is Launcher.DOCKER:
        said = _(
            "Put your image in the place of IMAGE, and your other options before it. Docker takes the named values "
            "from the environment; the line itself holds no key."
        )
        here = _("In the container this machine is called {name}.").format(name=IN_CONTAINERS)
        return together(said, here) if for_container(draft.base_url) else said
    if release is Release.FROM_1_7:
        return _(
            "OpenHands 1.7 and later ignore [llm]. Model, key and base URL go over in the environment "
            "of this one program."
        )
    return _("All settings and the key go over in the environment of this one program.")


def program_line(draft: Draft, name: str) -> tuple[str, str]:
    """The line that starts another target than config.toml, and what there is to say of it; "" for no line."""
    kept = draft.remembered_store not in (None, Store.CONFIG)
    if name == GUI:
        key = _("It takes the key from its file alone: llm-setup key set --for gui --store config")
        return "", key if kept else _("Nothing to do: it reads its settings.json, with Docker as ever.")
    command = _COMMANDS[name]
    if not kept:
        return command, _("Nothing else to do: it reads its file.")
    said = _("It reads its file, and gets the key in the environment of this one program.")
    return f"{_program()} exec --for {name} -- {command}", said


_COMMANDS: Final = {CLI: "openhands", SERVER: "agent-canvas"}


def _program() -> str:
    """What this program is called by: its path, where its name alone would not find it."""
    here, found = Path(sys.argv[0]), shutil.which(APP)
    if here.name != APP or (found and here.exists() and Path(found).samefile(here)):
        return APP
    return in_shell(here.absolute())


def _config_option(draft: Draft) -> Sequence[str]:
    if draft.config.path == locate(None):
        return ()
    return ("--config", in_shell(draft.config.path))


def _command(draft: Draft, launcher: Launcher, release: Release) -> Sequence[str]:
    if launcher is Launcher.DOCKER:
        names = [*settings_environment(draft), *secret_variables(draft)]
        if release is Release.FROM_1_7:
            names = [name for name in names if name in V1_VARIABLES]
        here = _this_machine(draft, names)
        return ("docker", "run", "-it", *here, *(f"-e {name}" for name in sorted(names)), PLACEHOLDER)
    if launcher is Launcher.SOURCE:
        return ("make", "run")
    return ("openhands", "--override-with-envs") if release is Release.FROM_1_7 else ("openhands",)


def _this_machine(draft: Draft, names: list[str]) -> Sequence[str]:
    """The address of a server on this machine as the container calls it, in the place of its name in `names`."""
    url = for_container(draft.base_url)
    if not url or "LLM_BASE_URL" not in names:
        return ()
    names.remove("LLM_BASE_URL")
    return (f"--add-host {IN_CONTAINERS}:host-gateway", f"-e {shlex.quote(f'LLM_BASE_URL={url}')}")


# -- a long line in several


def broken(line: str, cells: int) -> list[str]:
    """A shell line in lines of at most `cells` cells, as a shell takes it: broken before an option, with `\\`.

    A part that is longer than that keeps its line to itself.
    """
    rows = [""]
    for part in _parts(line):
        row = f"{rows[-1]} {part}" if rows[-1].strip() else rows[-1] + part
        if len(row) + len(_GOES_ON) > cells and rows[-1].strip():
            rows[-1] += _GOES_ON
            row = _INDENT + part
            rows.append(row)
        rows[-1] = row
    return rows


_GOES_ON: Final = " \\"
_INDENT: Final = "    "
_WORD: Final = re.compile(r"""(?:[^\s'"]|'[^']*'|"[^"]*")+""")


def _parts(line: str) -> list[str]:
    """What stays together: an option and its value, words that are no options, and `--` with what is before it."""
    parts: list[str] = []
    before = ""
    has_value = False
    for word in _WORD.findall(line):
        is_option = word.startswith("-") and word != "--"
        if not parts or is_option or before == "--" or (has_value and word != "--"):
            parts.append(word)
            has_value = False
        else:
            has_value = before.startswith("-")
            parts[-1] += f" {word}"
        before = word
    return parts
