"""The line that starts OpenHands: what a shell finds when it is pasted."""

import os
import shlex
import sys
from pathlib import Path

import pytest
from tools.pictures import draft_of

from tui.handover.start import Launcher, Release, start_line

CONFIG = '[core]\n[llm]\nmodel = "anthropic/x"\n'


@pytest.fixture
def program(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed llm-setup, in a folder that is not on PATH."""
    path = home / "its venv" / "bin" / "llm-setup"
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(path)])
    monkeypatch.setenv("PATH", os.defpath)
    return path


def first_word(home: Path) -> str:
    path = home / "config.toml"
    path.write_text(CONFIG)
    return shlex.split(start_line(draft_of(path), Launcher.COMMAND_LINE, Release.FROM_1_7))[0]


def test_a_program_that_is_not_on_the_path_is_named_whole(home: Path, program: Path) -> None:
    assert first_word(home) == str(program)


def test_a_home_that_needs_no_quotes_is_a_tilde(home: Path, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = program.parents[2] / "bin" / "llm-setup"
    plain.parent.mkdir()
    plain.symlink_to(program)
    monkeypatch.setattr(sys, "argv", [str(plain)])
    assert first_word(home) == "~/bin/llm-setup"


def test_one_that_is_on_the_path_is_named_by_its_name(
    home: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked = home / "bin"
    linked.mkdir()
    (linked / "llm-setup").symlink_to(program)
    monkeypatch.setenv("PATH", f"{linked}{os.pathsep}{os.defpath}")
    assert first_word(home) == "llm-setup"


def test_another_one_on_the_path_is_not_meant(home: Path, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = home / "bin" / "llm-setup"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", f"{other.parent}{os.pathsep}{os.defpath}")
    assert first_word(home) == str(program)


def test_run_as_a_module_it_goes_by_its_name(home: Path, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(program.parent / "tui" / "__main__.py")])
    assert first_word(home) == "llm-setup"
