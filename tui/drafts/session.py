"""One run of the wizard on one file: what it leaves on the disk when it is cut off, and who else is at it."""

import contextlib
import os
from pathlib import Path
from zlib import adler32, crc32

from tui.base.files import leftovers, sweep
from tui.base.folders import private_folder, state_folder
from tui.base.held_files import HeldFile, LeftFile


class Session:
    """A file of its own among the drafts in the state folder, held for as long as the wizard runs.

    Whatever was typed stands in it, but for secrets. Nothing of it is needed for anything but going on.
    """

    def __init__(self, config: Path) -> None:
        self._folder = state_folder() / "drafts"
        self._name = _name_for(config)
        self._file = self._file_named(self._name)
        self._written = b""

    def _file_named(self, name: str) -> HeldFile:
        return HeldFile(self._folder / f"{name}.{os.getpid()}.json")

    def look(self) -> tuple[list[LeftFile], list[str]]:
        """What those left that were cut off, the latest first, and the processes that are at the same file now."""
        left: list[LeftFile] = []
        others: list[str] = []
        for path in sorted(self._folder.glob(f"{self._name}.*.json"), key=_age, reverse=True):
            if path == self._file.path:
                continue  # ours, or of a process that had our number before us: it is replaced by the first write
            with contextlib.suppress(OSError):
                found = LeftFile.take(path)
                if found:
                    left.append(found)
                else:
                    others.append(path.name.split(".")[1])
        return left, others

    def keep(self, data: bytes, config: Path) -> None:
        """Put `data` on the disk, if it is not there already, where the next run on `config` looks. Raises OSError.

        That may be another file than before: the draft goes over to the file of another program when one is chosen.
        """
        name = _name_for(config)
        if data == self._written and name == self._name:
            return
        private_folder(self._folder.parent)
        private_folder(self._folder)
        file = self._file if name == self._name else self._file_named(name)
        file.write(data)
        if file is not self._file:  # only now: it was never in none
            self._file.remove()
        self._file, self._name, self._written = file, name, data

    def leave(self, *, keep: bool) -> None:
        """Let go of the file, which stays for the next one, or is removed."""
        if keep:
            self._file.close()
        else:
            self._file.remove()
        self._written = b""

    def sweep(self) -> None:
        """Clear up after one that was killed while it wrote."""
        sweep(leftovers(self._folder))


def _name_for(config: Path) -> str:
    """By what the path leads to: whoever edits the same file meets there."""
    target = os.fsencode(os.path.realpath(config))
    return f"{crc32(target):08x}{adler32(target):08x}"  # hashlib would bring all of OpenSSL into every start


def _age(path: Path) -> float:
    with contextlib.suppress(OSError):
        return path.stat().st_mtime
    return 0.0
