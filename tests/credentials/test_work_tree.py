"""A file with a key in it that git does not ignore is warned of; a stranger's repository runs nothing."""

import asyncio
import os
import subprocess
from pathlib import Path

import pytest
from tools.programs import require_program

from tui.credentials import work_tree
from tui.credentials.work_tree import committed


def said(path: Path) -> str:
    return asyncio.run(committed(path))


@pytest.fixture
def git(home: Path):
    """Runs git in ~/project, a work tree."""
    program = require_program("git")
    project = home / "project"
    project.mkdir()

    def git(*words: str) -> None:
        subprocess.run([program, "-C", str(project), *words], check=True, capture_output=True)

    git("init", "-q")
    return git


@pytest.fixture
def config(home: Path) -> Path:
    return home / "project/sub/config.toml"


def test_no_work_tree(home: Path) -> None:
    assert said(home / "config.toml") == ""
    assert said(home / "no/such/folder/config.toml") == ""


def test_not_ignored(git, config: Path) -> None:
    config.parent.mkdir()
    expected = "git does not ignore this file: the key would go along with a commit of project."
    assert said(config) == expected
    config.write_text("x")
    assert said(config) == expected


def test_ignored(git, config: Path, home: Path) -> None:
    config.parent.mkdir()
    (home / "project/.gitignore").write_text("config.toml\n")
    assert said(config) == ""


def test_ignored_by_the_users_own_list(git, config: Path, home: Path) -> None:
    config.parent.mkdir()
    (home / ".gitconfig").write_text(f"[core]\n\texcludesFile = {home}/ignored\n")
    (home / "ignored").write_text("config.toml\n")
    assert said(config) == ""


def test_a_file_that_is_tracked_is_not_ignored(git, config: Path, home: Path) -> None:
    config.parent.mkdir()
    config.write_text("x")
    git("add", "sub/config.toml")
    (home / "project/.gitignore").write_text("config.toml\n")
    assert said(config) != ""


def test_through_a_link(git, config: Path, home: Path) -> None:
    config.parent.mkdir()
    (home / "link").symlink_to(config.parent)
    assert said(home / "link/config.toml") != ""


def test_what_a_strangers_repository_names_is_not_run(git, config: Path, home: Path) -> None:
    config.parent.mkdir()
    config.write_text("x")
    git("add", "sub/config.toml")
    evil = home / "evil"
    evil.write_text(f"#!/bin/sh\ntouch {home}/was-run\n")
    evil.chmod(0o755)
    for name in ("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "diff.external"):
        git("config", name, str(evil))
    for hook in ("post-index-change", "fsmonitor-watchman"):
        (home / "project/.git/hooks").mkdir(exist_ok=True)
        (home / "project/.git/hooks" / hook).write_text(evil.read_text())
        (home / "project/.git/hooks" / hook).chmod(0o755)
    assert said(config) != ""
    assert not (home / "was-run").exists()
    subprocess.run(["git", "-C", str(home / "project"), "status"], check=True, capture_output=True)
    assert (home / "was-run").exists(), "the trap works"


def test_no_git_of_the_current_folder(git, config: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.parent.mkdir()
    (home / "git").write_text(f"#!/bin/sh\ntouch {home}/was-run\n")
    (home / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f".:{os.pathsep}")
    assert said(config) != "", "without git it cannot be told"
    assert not (home / "was-run").exists()


def test_one_that_does_not_answer(git, config: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.parent.mkdir()
    (home / "bin").mkdir()
    (home / "bin/git").write_text("#!/bin/sh\nexec sleep 600\n")
    (home / "bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{home}/bin{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(work_tree, "LIMIT", 0.2)
    assert said(config) != ""
