"""The line that starts OpenHands: what a shell finds when it is pasted."""

import os
import shlex
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.pictures import draft_of

from tui.handover.start import Launcher, Release, _parts, broken, start_line

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


WORDS = st.sampled_from(
    ["llm-setup", "exec", "--", "docker", "run", "-it", "-e", "LLM_API_KEY", "IMAGE", "'a b c'", "-x"]
)


@settings(deadline=None)
@given(words=st.lists(WORDS, min_size=1, max_size=14), cells=st.integers(10, 90))
def test_a_line_that_is_broken_is_the_same_to_a_shell_and_fits_where_it_can(words: list[str], cells: int) -> None:
    line = " ".join(words)
    rows = broken(line, cells)
    assert shlex.split("\n".join(rows).replace("\\\n", "")) == shlex.split(line)
    assert all(len(row) <= cells or len(_parts(row.removesuffix(" \\"))) == 1 for row in rows)


def test_an_option_stays_with_its_value_and_a_program_begins_anew() -> None:
    line = "llm-setup exec -- docker run -it -e LLM_API_KEY -e LLM_MODEL IMAGE"
    assert broken(line, 24) == [
        "llm-setup exec -- \\", "    docker run -it \\", "    -e LLM_API_KEY \\", "    -e LLM_MODEL IMAGE",
    ]  # fmt: skip
    assert broken(line, 90) == [line]
