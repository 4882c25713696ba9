"""The folder of a helper process is gone with it, or with the next start after a kill."""

import os
import subprocess
import sys
import tempfile

import pytest

from tui.base.held_files import HeldFolder


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left(place, name: str = "llm-setup-left"):
    (place / name).mkdir()
    (place / name / "core").write_text("x")
    return place / name


def test_it_is_private_and_goes(place):
    folder = HeldFolder()
    assert folder.path.stat().st_mode & 0o777 == 0o700
    (folder.path / "core").write_text("x")
    folder.remove()
    assert not folder.path.exists()


def test_what_a_killed_one_left_goes_with_the_next(place):
    gone, other = left(place), left(place, "somebody-elses")
    HeldFolder().remove()
    assert (gone.exists(), other.exists()) == (False, True)


def test_that_of_one_that_lives_stays(place):
    folder = HeldFolder()
    os.utime(folder.path, (1, 1))
    HeldFolder().remove()
    assert folder.path.exists()
    folder.remove()


def test_one_that_was_made_just_now_and_may_be_locked_in_a_moment_stays_for_a_minute(place):
    fresh = left(place, ".llm-setup-new")
    HeldFolder().remove()
    assert fresh.exists()
    os.utime(fresh, (1, 1))
    HeldFolder().remove()
    assert not fresh.exists()


KILLED = """
import asyncio, os, signal
from tui.base.child import Child

async def main():
    for module in ("tui.credentials.keyring_child", "tui.catalog.list_child", "tui.trial.probe"):
        await Child(module).start()
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def test_what_a_kill_leaves_of_each_helper_goes_with_the_next_start_at_once(place):
    environment = {**os.environ, "TMPDIR": str(place)}
    subprocess.run([sys.executable, "-c", KILLED], env=environment, check=False)
    assert len(list(place.glob("*llm-setup-*"))) == 3
    HeldFolder().remove()
    assert list(place.glob("*llm-setup-*")) == []


def test_a_link_is_not_followed(place):
    (place / "mine").mkdir()
    (place / "llm-setup-link").symlink_to(place / "mine")
    HeldFolder().remove()
    assert (place / "mine").exists()
