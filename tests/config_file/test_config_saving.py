"""Saving real files: whole or not at all, private where needed, and never over somebody else's change."""

import errno
import fcntl
import os
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tools.patience import LIMIT
from tools.refusals import refuse_to_replace

from tui.base.errors import SetupError, Status
from tui.base.folders import state_folder
from tui.config_file import locks
from tui.config_file.backups import versions
from tui.config_file.content import Broken
from tui.config_file.document import read_config
from tui.config_file.locks import Conflict
from tui.config_file.save import save

OLD, NEW = '[llm]\r\nmodel = "ü"\n', '[llm]\r\nmodel = "y"\n'


@pytest.fixture
def path(home) -> Path:
    folder = home / "project"
    folder.mkdir()
    (folder / "config.toml").write_bytes(OLD.encode())
    return folder / "config.toml"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def untouched(path: Path) -> bool:
    return path.read_bytes() == OLD.encode() and [entry.name for entry in path.parent.iterdir()] == [path.name]


def refuse(monkeypatch, path: Path, number: int, call: str = "replace") -> None:
    """Let the system say no when `path` is written, but not when its backup is."""
    if call == "replace":
        refuse_to_replace(monkeypatch, path, number)
        return

    def refused(*_args: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refused)


class TestContent:
    def test_new_state_is_returned(self, path):
        after = save(read_config(path), NEW)
        assert path.read_bytes() == NEW.encode()
        assert after == read_config(path)
        assert os.listdir(path.parent) == ["config.toml"]
        assert save(after, OLD).text == OLD

    def test_unchanged_text_is_not_written(self, path):
        os.utime(path, ns=(1, 1))
        before = read_config(path)
        inode = path.stat().st_ino
        assert save(before, OLD) is before
        assert (path.stat().st_mtime_ns, path.stat().st_ino) == (1, inode)

    def test_nothing_makes_no_file(self, home):
        save(read_config(home / "no" / "config.toml"), "")
        assert not (home / "no").exists()

    def test_missing_folder_is_made_private(self, home):
        path = home / ".openhands" / "config.toml"
        after = save(read_config(path), NEW)
        assert path.read_bytes() == NEW.encode()
        assert after.exists
        assert mode(path.parent) == 0o700

    def test_broken_text_is_not_written(self, path):
        with pytest.raises(Broken):
            save(read_config(path), "[llm")
        assert untouched(path)


class TestModes:
    @pytest.mark.parametrize(
        ("mask", "private", "expected"),
        [(0o022, False, 0o644), (0o077, False, 0o600), (0o002, True, 0o600), (0o002, False, 0o644)],
    )
    def test_new_file(self, home, mask, private, expected):
        old = os.umask(mask)
        try:
            save(read_config(home / "config.toml"), NEW, private=private)
            assert os.umask(mask) == mask
        finally:
            os.umask(old)
        assert mode(home / "config.toml") == expected

    @pytest.mark.parametrize(
        ("before", "private", "after"),
        [(0o664, False, 0o664), (0o664, True, 0o600), (0o640, True, 0o600), (0o600, False, 0o600)],
    )
    def test_existing_file(self, path, before, private, after):
        path.chmod(before)
        save(read_config(path), NEW, private=private)
        assert mode(path) == after

    def test_tightened_without_a_change(self, path):
        path.chmod(0o644)
        os.utime(path, ns=(1, 1))
        save(read_config(path), OLD, private=True)
        assert (mode(path), path.stat().st_mtime_ns) == (0o600, 1)

    def test_private_from_the_first_byte(self, path, monkeypatch):
        seen = []
        fsync = os.fsync
        monkeypatch.setattr(
            os, "fsync", lambda descriptor: (seen.append(os.fstat(descriptor).st_mode), fsync(descriptor))
        )
        path.chmod(0o644)
        save(read_config(path), NEW, private=True)
        assert {stat.S_IMODE(mode) for mode in seen if stat.S_ISREG(mode)} == {0o600}

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can own another's file")
    def test_owner_is_kept(self, path):
        os.chown(path, 12345, 12346)
        save(read_config(path), NEW)
        assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12346)


class TestLinks:
    def test_target_is_replaced(self, path, home):
        link = home / "config.toml"
        link.symlink_to("project/config.toml")
        after = save(read_config(link), NEW)
        assert after.path == link
        assert link.readlink() == Path("project/config.toml")
        assert path.read_bytes() == NEW.encode()

    def test_dangling_link(self, home):
        link = home / "config.toml"
        link.symlink_to("dotfiles/openhands.toml")
        save(read_config(link), NEW)
        assert link.is_symlink()
        assert (home / "dotfiles" / "openhands.toml").read_bytes() == NEW.encode()

    def test_linked_folder(self, path, home):
        (home / ".openhands").symlink_to("project")
        save(read_config(home / ".openhands" / "config.toml"), NEW)
        assert path.read_bytes() == NEW.encode()


class TestConflict:
    def conflict(self, before, words: str) -> None:
        with pytest.raises(Conflict, match=words) as caught:
            save(before, NEW)
        assert caught.value.status is Status.CONFLICT
        assert "Nothing was written" in caught.value.hint

    def test_changed(self, path):
        before = read_config(path)
        path.write_bytes(OLD.encode() + b"# mine\n")
        os.utime(path, ns=(1, 1))
        self.conflict(before, "was changed")
        assert path.read_bytes() == OLD.encode() + b"# mine\n"

    def test_changed_to_something_broken(self, path):
        before = read_config(path)
        path.write_bytes(b"\xff\xfe[")
        self.conflict(before, "was changed")

    def test_removed(self, path):
        before = read_config(path)
        path.unlink()
        self.conflict(before, "was removed")
        assert not path.exists()

    def test_folder_is_lost(self, path):
        before = read_config(path)
        path.unlink()
        path.parent.rmdir()
        self.conflict(before, "was removed")
        assert not path.parent.exists()

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it cannot be removed")
    def test_current_folder_is_lost(self, home):
        (home / "gone").mkdir()
        os.chdir(home / "gone")
        (home / "gone").rmdir()
        with pytest.raises(SetupError, match=r"config\.toml cannot be written"):
            save(read_config(Path("config.toml")), NEW)
        os.chdir(home)

    @pytest.mark.parametrize("content", ["", NEW])
    def test_made_meanwhile(self, home, content):
        before = read_config(home / "config.toml")
        (home / "config.toml").write_text(content, newline="")
        self.conflict(before, "was created meanwhile")

    def test_touched_is_not_changed(self, path):
        before = read_config(path)
        path.write_bytes(OLD.encode())
        os.utime(path)
        assert save(before, NEW).text == NEW


class TestRefusal:
    def refused(self, before, words: str) -> None:
        with pytest.raises(SetupError, match=words) as caught:
            save(before, NEW)
        assert caught.value.status is Status.UNUSABLE
        assert caught.value.hint
        assert untouched(before.path)

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (errno.EACCES, "You may not write to ~/project/config.toml"),
            (errno.EPERM, "You may not write"),
            (errno.EROFS, "a disk that can only be read"),
            (errno.ENOSPC, "no space left"),
            (errno.EDQUOT, "no space left"),
            (errno.EIO, "cannot be written: Input/output error"),
        ],
    )
    @pytest.mark.parametrize("call", ["fsync", "replace"])
    def test_system_says_no(self, path, monkeypatch, number, words, call):
        refuse(monkeypatch, path, number, call)
        self.refused(read_config(path), words)
        assert versions(path) == []

    def test_write_protected_file(self, path):
        path.chmod(0o444)
        self.refused(read_config(path), "write-protected")

    @pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="needs Linux' /proc")
    def test_folder_that_nobody_can_write_in(self):
        with pytest.raises(SetupError, match=r"/proc/config\.toml"):
            save(read_config(Path("/proc/config.toml")), NEW)  # refused to root as well

    def test_unusable_state_folder(self, path, home, monkeypatch):
        monkeypatch.setenv("XDG_STATE_HOME", str(path / "no"))
        self.refused(read_config(path), "config.toml/no/llm-setup cannot be used")


class TestLock:
    def test_stuck_holder(self, path, monkeypatch):
        monkeypatch.setattr(locks, "LONGEST_WAIT", 0.05)
        before = read_config(path)
        with locks.save_lock():
            pass
        with open(state_folder() / "save.lock", "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            with pytest.raises(SetupError, match="Another llm-setup"):
                save(before, NEW)
        assert untouched(path)
        save(before, NEW)

    @pytest.mark.parametrize(("turns", "waits"), [(100, True), (400, False)])
    def test_those_who_take_turns_are_waited_for(self, path, monkeypatch, turns, waits):
        """By a clock of the test's own somebody else has it every 10 ms; 0.05 s are the limit for one, 3 s for all."""
        monkeypatch.setattr(locks, "LONGEST_WAIT", 0.05)
        monkeypatch.setattr(locks, "LONGEST_QUEUE", 3.0)
        with locks.save_lock():
            pass
        lock, pauses = state_folder() / "save.lock", []

        def pause(seconds):
            pauses.append(seconds)
            os.utime(lock, ns=(len(pauses), len(pauses)))
            if len(pauses) == turns:
                fcntl.flock(file, fcntl.LOCK_UN)

        monkeypatch.setattr(locks, "time", SimpleNamespace(monotonic=lambda: sum(pauses), sleep=pause))
        with open(lock, "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if waits:
                save(read_config(path), NEW)
                assert len(pauses) == turns
            else:
                with pytest.raises(SetupError, match="Another llm-setup"):
                    save(read_config(path), NEW)
                assert untouched(path)

    def test_nobody_else_can_read_the_lock(self, path):
        save(read_config(path), NEW)
        assert mode(state_folder()) == 0o700
        assert mode(state_folder() / "save.lock") == 0o600

    def test_lock_is_released_after_a_conflict(self, path):
        before = read_config(path)
        path.write_bytes(b"")
        with pytest.raises(Conflict):
            save(before, NEW)
        with open(state_folder() / "save.lock", "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def test_two_processes_lose_nothing(self, home):
        program = """
import sys
from pathlib import Path
from tui.config_file.document import read_config
from tui.config_file.rewrite import rewrite
from tui.config_file.locks import Conflict
from tui.config_file.save import save
path = Path("config.toml")
sys.stdin.readline()
done = 0
while done < 15:
    before = read_config(path)
    count = before.table("llm").get("count", 0)
    try:
        save(before, rewrite(before.text, {("llm",): {"count": count + 1}}))
    except Conflict:
        continue
    done += 1
"""
        saving = [
            subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        for process in saving:
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in saving:
            _, errors = process.communicate(timeout=LIMIT)
            assert (process.returncode, errors) == (0, "")
        assert read_config(home / "config.toml").data == {"llm": {"count": 30}}
        assert [entry.name for entry in home.iterdir() if entry.is_file()] == ["config.toml"]
