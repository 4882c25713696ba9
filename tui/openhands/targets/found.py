"""Which targets are meant where nobody names any: those that are here."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.location import named
from tui.openhands.targets.installed import beside_python, canvas, installed
from tui.openhands.targets.target import CLI, GUI, SERVER, TOML, Target, targets

VARIABLE: Final = "LLM_SETUP_FOR"
REMEMBERED: Final = "for"
"""The preference that keeps what was chosen in the wizard, in the words of the variable."""
_ALIASES: Final = {"canvas": SERVER}
_CANVAS: Final = "agent-canvas"
_NEWEST_OF_GUI: Final = 4
"""Of `agent_settings` in openhands-ai 1.11; the agent server had 9 by 1.58."""
_OF_SERVER: Final = {"schema_version", "active_profile", "misc_settings"}
_OF_GUI: Final = {"llm_profiles", "v1_enabled"}


def chosen(words: str | None, config: Path | None, remembered: str = "") -> list[Target]:
    """The targets of `--for`, else of LLM_SETUP_FOR, else those that were chosen before, else those that are found.

    Raises SetupError for words that name none.

    Who names a config.toml, as `config` or in LLM_SETUP_CONFIG, means that.
    """
    if words is None and (config or named()) is not None:
        words = TOML
    words = words or os.environ.get(VARIABLE) or remembered
    known = targets()
    return [known[name] for name in (_named(words) if words else here() or _installed() or [TOML])]


def proposed(remembered: str = "") -> list[Target]:
    """The same for the wizard, where all that is chosen is seen: also programs that are here and have no file yet.

    Where nothing at all is found, those that most people start. The first is the one whose file is edited: config.toml
    if it is among them, which has every setting. Raises SetupError for words of LLM_SETUP_FOR that name no target.
    """
    words = os.environ.get(VARIABLE) or remembered
    names = set(_named(words)) if words else {*here(), *versions()}
    return [target for name, target in targets().items() if name in (names or {TOML, CLI})]


def _named(words: str) -> list[str]:
    names = list(dict.fromkeys(_ALIASES.get(name.strip(), name.strip()) for name in words.split(",")))
    known = targets()
    for name in names:
        if name not in known:
            message = _("“{name}” is not a target.").format(name=clean(name, limit=30))
            hint = _("Name one or several of: {names}.").format(names=", ".join(known))
            raise SetupError(message, hint, status=Status.USAGE)
    return names


class Program(NamedTuple):
    """A target, as the list of programs shows it."""

    target: Target
    chosen: bool
    found: bool
    """Whether its file, or the program itself, is here."""
    version: str
    """"" where it is not known."""

    @property
    def release(self) -> str:
        """The version in short: 1.16."""
        return clean(".".join(self.version.split(".")[:2]), limit=12)

    @property
    def label(self) -> str:
        """What it is called, with its version."""
        label, release = self.target.label, self.release
        if self.target.name in (TOML, GUI):  # a file, and whose it is
            program = f"openhands-ai {release}" if release else label
            return f"{self.target.short} ({program})" if self.target.name == TOML else program
        return f"{label} {release}".rstrip()


def programs(chosen: Collection[str]) -> list[Program]:
    """All of them, by the names of those that are chosen."""
    files, installed_ones = here(), versions()
    return [
        Program(target, name in chosen, name in files or name in installed_ones, installed_ones.get(name, ""))
        for name, target in targets().items()
    ]


def versions() -> Mapping[str, str]:
    """The programs that are installed here by the names of their targets, each with its version, "" for not known."""
    found = {}
    for program in filter(None, (beside_python(), installed())):
        found[CLI if program.is_cli else TOML if program.reads_toml else GUI] = program.version
    if (version := canvas()) is not None:
        found[SERVER] = version
    return found


def _installed() -> list[str]:
    names = versions()
    return [name for name in targets() if name in names]


def here() -> list[str]:
    """The targets whose files are there, by name."""
    known = targets()
    names = [name for name, target in known.items() if name != GUI and os.path.lexists(target.locate())]
    others = settings_of(known[GUI].locate())
    if SERVER not in names and (others == SERVER or (known[SERVER].groups() and not others) or has_canvas()):
        names.append(SERVER)
    return [*names, GUI] if others == GUI else names


def has_canvas() -> bool:
    """Whether Agent Canvas has been started here."""
    from tui.openhands.targets.agent_server import folder

    return (folder() / _CANVAS).is_dir()


def settings_of(path: Path) -> str:
    """Which program's settings the settings.json at `path` has: `server`, `gui`, or "" where none tells.

    That of openhands-ai up to 1.7 has no `agent_settings`: the later ones take nothing of it.
    """
    import json  # most have no such file

    try:
        whole = json.loads(path.read_bytes()[:5_000_000])
    except (OSError, ValueError, RecursionError):
        return ""
    if not isinstance(whole, dict) or not isinstance(agent := whole.get("agent_settings"), dict):
        return ""
    newer = isinstance(version := agent.get("schema_version"), int) and version > _NEWEST_OF_GUI
    if newer or _OF_SERVER & whole.keys():
        return SERVER if not _OF_GUI & whole.keys() or newer else GUI
    return GUI
