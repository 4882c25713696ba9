"""A system that says no when one file is to take the place of another."""

import os
from pathlib import Path

import pytest

from tui.config_file import file_exchange


def refuse_to_replace(monkeypatch: pytest.MonkeyPatch, path: Path, number: int) -> None:
    """Let every way to put a file at `path` fail with that number; everything else goes on."""
    for owner, name in ((Path, "replace"), (file_exchange, "exchange"), (file_exchange, "move_to_free")):
        real = getattr(owner, name)

        def refuse(source: Path, target: Path, real=real) -> object:
            if path in (source, target):
                raise OSError(number, os.strerror(number))
            return real(source, target)

        monkeypatch.setattr(owner, name, refuse)
