"""Which targets are meant where nobody names any: those that are here."""

import os
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.location import named
from tui.openhands.targets.installed import installed
from tui.openhands.targets.target import CLI, TOML, Target, targets

VARIABLE: Final = "LLM_SETUP_FOR"


def chosen(words: str | None, config: Path | None) -> list[Target]:
    """The targets of `--for`, else of LLM_SETUP_FOR, else those that are found. Raises SetupError for other words.

    Who names a config.toml, as `config` or in LLM_SETUP_CONFIG, means that.
    """
    if words is None and (config or named()) is not None:
        words = TOML
    words = words or os.environ.get(VARIABLE)
    known = targets()
    return [known[name] for name in (_named(words) if words else _found(known))]


def _named(words: str) -> list[str]:
    names = list(dict.fromkeys(name.strip() for name in words.split(",")))
    known = targets()
    for name in names:
        if name not in known:
            message = _("“{name}” is not a target.").format(name=clean(name, limit=30))
            hint = _("Name one or several of: {names}.").format(names=", ".join(known))
            raise SetupError(message, hint, status=Status.USAGE)
    return names


def _found(known: dict[str, Target]) -> list[str]:
    """Those whose file is there; where none is, the one whose program is, else config.toml."""
    names = [name for name, target in known.items() if os.path.lexists(target.locate())]
    if names:
        return names
    program = installed()
    return [CLI if program and program.is_cli else TOML]
