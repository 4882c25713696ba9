"""Which OpenHands is installed, told by the files of its installation, of which nothing is run: behind the command
`openhands`, beside the command `python`, and beside ourselves."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from tui.base.folders import find_program
from tui.base.translation import _

_DISTRIBUTION: Final = re.compile(r"(openhands|openhands_ai)-(\d[^-]*)\.dist-info")
_OF_CLI: Final = "openhands_cli"
"""The package whose entry point the command is, in the CLI."""
_MACHINE_CODE: Final = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
"""How a program begins that is no script: the CLI alone is also given away as one."""
_CANVAS: Final = "@openhands/agent-canvas"
_LAST_WITH_TOML: Final = (1, 6)
"""Of openhands-ai: later ones read settings.json."""


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
    def reads_toml(self) -> bool:
        """Whether it reads config.toml; where its version is not known, as for the command."""
        return not self.is_cli and self.number[:2] <= _LAST_WITH_TOML

    @property
    def number(self) -> tuple[int, ...]:
        """The version as numbers; empty where it is not known."""
        return tuple(int(part) for part in re.findall(r"\d+", self.version)[:3])


def installed(command: str = "openhands") -> Installed | None:
    """What `command` starts; None where it is not on the PATH, or is nothing that we know, such as a script of one's
    own."""
    found = find_program(command)
    if not found:
        return None
    program = Path(os.path.realpath(found))
    named = list(_distributions(program.parent.parent))
    for name, version, entry in named:
        if (name == "openhands") == (_OF_CLI in entry):
            return Installed(name.replace("_", "-"), version)
    try:
        with program.open("rb") as file:
            return Installed("openhands", "") if file.read(4) in _MACHINE_CODE else None
    except OSError:
        return None


def beside_python() -> Installed | None:
    """The openhands-ai that the command `python` would import: from 0.60 on it has no command of its own."""
    for command in ("python", "python3"):
        if found := find_program(command):
            for name, version, _entry in _distributions(Path(found).parent.parent):
                if name == "openhands_ai":
                    return Installed("openhands-ai", version)
    return None


def canvas() -> str | None:
    """The version of Agent Canvas, "" where its installation does not tell; None where the command is not on the PATH.

    npm links the command to a file of the package.
    """
    found = find_program("agent-canvas")
    if not found:
        return None
    for folder in [*Path(os.path.realpath(found)).parents][:4]:
        if match := _PACKAGE.search(text := _text(folder / "package.json")):
            return match[1] if _CANVAS in text else ""
    return ""


_PACKAGE: Final = re.compile(r'"version"\s*:\s*"(\d[^"]*)"')


def _distributions(prefix: Path) -> Iterator[tuple[str, str, str]]:
    """Name, version and entry points of what is installed there."""
    for packages in sorted(prefix.glob("lib/python3*/*-packages")):
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
