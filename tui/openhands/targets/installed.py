"""Which OpenHands is installed: behind the command `openhands`, told by its files and not run, and beside ourselves."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from tui.base.translation import _

_DISTRIBUTION: Final = re.compile(r"(openhands|openhands_ai)-(\d[^-]*)\.dist-info")
_OF_CLI: Final = "openhands_cli"
"""The package whose entry point the command is, in the CLI."""
_MACHINE_CODE: Final = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
"""How a program begins that is no script: the CLI alone is also given away as one."""


class Installed(NamedTuple):
    """The program behind the command."""

    distribution: str
    """`openhands`, the CLI, or `openhands-ai`, up to 0.59."""
    version: str
    """"" where the installation does not tell."""

    @property
    def is_cli(self) -> bool:
        """Whether it reads agent_settings.json."""
        return self.distribution == "openhands"

    @property
    def number(self) -> tuple[int, ...]:
        """The version as numbers; empty where it is not known."""
        return tuple(int(part) for part in re.findall(r"\d+", self.version)[:3])


def installed(command: str = "openhands") -> Installed | None:
    """What `command` starts; None where it is not on the PATH, or is nothing that we know, such as a script of one's
    own."""
    found = shutil.which(command)
    if not found:
        return None
    program = Path(os.path.realpath(found))
    named = list(_distributions(program))
    for name, version, entry in named:
        if (name == "openhands") == (_OF_CLI in entry):
            return Installed(name.replace("_", "-"), version)
    try:
        with program.open("rb") as file:
            return Installed("openhands", "") if file.read(4) in _MACHINE_CODE else None
    except OSError:
        return None


def _distributions(program: Path) -> Iterator[tuple[str, str, str]]:
    """Name, version and entry points of what is installed where the program's own folder belongs to."""
    for packages in sorted(program.parent.parent.glob("lib/python3*/*-packages")):
        for folder in sorted(packages.glob("openhands*.dist-info")):
            if match := _DISTRIBUTION.fullmatch(folder.name):
                yield match[1], match[2], _text(folder / "entry_points.txt")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")[:10_000]
    except OSError:
        return ""


_ANY_OPENHANDS: Final = re.compile(r"openhands(?:_ai)?-\d.*\.dist-info")
"""Of the packages openhands-ai and openhands; its SDK and tools come with either."""


def shared_environment() -> str:
    """A sentence where OpenHands is installed in the environment of this program, else "". It lists a folder or two."""
    folders = [folder for folder in sys.path if folder.endswith("-packages")]
    if not any(_ANY_OPENHANDS.fullmatch(name) for folder in folders for name in _names(folder)):
        return ""
    return _(
        "llm-setup is installed in OpenHands' own environment; both need litellm, and not always the same release. "
        "Give it one of its own: uv tool install llm-setup"
    )


def _names(folder: str) -> list[str]:
    with suppress(OSError):
        return os.listdir(folder)  # noqa: PTH208 - names are enough
    return []
