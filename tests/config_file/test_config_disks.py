"""Real file systems that say no: full, read-only, mounted as one file, not ours. The old file stays as it was."""

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.patience import LIMIT
from tools.refusals import refuse_to_replace

from tui.base.errors import SetupError
from tui.config_file.backups import versions
from tui.config_file.document import read_config
from tui.config_file.replacement import NeedsInPlace
from tui.config_file.save import save
from tui.config_file.undo import restore

OLD, NEW = '[llm]\nmodel = "ü"\n', '[llm]\nmodel = "y"\nseed = 1\n'
AS_ROOT = os.geteuid() == 0
NOBODY = 65534
ROOT = pytest.mark.skipif(not AS_ROOT, reason="only root can own another's file")


@pytest.fixture
def path(home) -> Path:
    folder = home / "project"
    folder.mkdir()
    (folder / "config.toml").write_bytes(OLD.encode())
    return folder / "config.toml"


def can_mount() -> bool:
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    tried = subprocess.run([*APART, "mount -t tmpfs none /mnt"], check=False, capture_output=True)
    return tried.returncode == 0


APART = ["unshare", "--mount", *([] if AS_ROOT else ["--user", "--map-root-user"]), "sh", "-ec"]
MOUNTS = pytest.mark.skipif(not can_mount(), reason="no mount namespaces here")
SAVE = f"""
import os, sys
from pathlib import Path
from tui.base.errors import SetupError
from tui.config_file.document import read_config
from tui.config_file.save import save
from tui.config_file.undo import restore
path, size, in_place = Path(sys.argv[1]), int(sys.argv[2]), "in_place" in sys.argv
try:
    before = read_config(path)
except SetupError as error:
    print(error)
    sys.exit()
there = path.exists()
names = sorted(os.listdir(path.parent)) if there else None
try:
    after = save(before, {NEW!r} + "# x\\n" * (size // 4), in_place=in_place, private="private" in sys.argv)
except SetupError as error:
    print(type(error).__name__, error)
    assert path.exists() == there and read_config(path).text == before.text
else:
    print("saved", after.backup.read_bytes().decode() == before.text, read_config(path).text == after.text)
    if "undo" in sys.argv:
        print(restore(path, in_place=in_place).config.text == before.text == path.read_bytes().decode())
assert not there or sorted(os.listdir(path.parent)) == names
"""


def apart(path: Path, commands: str, *options: str, size: int = 0) -> str:
    """What saving `path` says where `commands` have mounted something nobody else sees."""
    command = f'{commands}\nexec "$1" -c "$2" "$3" {size} {" ".join(options)}'
    arguments = [*APART, command, "sh", sys.executable, SAVE, str(path)]
    done = subprocess.run(arguments, check=False, capture_output=True, text=True, timeout=LIMIT)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


FULL = 'mount -t tmpfs -o size=32k none project; printf "[llm]\\n" > project/config.toml'


@MOUNTS
class TestMounts:
    def test_full(self, path):
        assert "no space left to write" in apart(path, FULL, size=40_000)

    def test_full_in_place(self, path):
        assert "no space left to write" in apart(path, FULL, "in_place", size=40_000)

    def test_room_enough(self, path):
        assert apart(path, FULL, size=8000) == "saved True True\n"

    def test_full_state_folder(self, path):
        commands = "mkdir .state; mount -t tmpfs -o size=8k none .state"
        commands += "; mkdir .state/llm-setup; yes | head -c 8k > .state/llm-setup/save.lock || true"
        said = apart(path, commands)
        assert "The version before cannot be kept in" in said
        assert "No space left" in said

    def test_read_only(self, path):
        commands = "mount --bind project project; mount -o remount,bind,ro project"
        assert "on a disk that can only be read" in apart(path, commands)

    def test_read_only_state_folder(self, path):
        commands = "mkdir .state; mount -t tmpfs -o ro none .state"
        assert "/.state/llm-setup cannot be used" in apart(path, commands)

    def test_mounted_as_a_single_file(self, path):
        commands = "printf 'a = 1\\n' > outside; touch outside; mount --bind outside project/config.toml"
        said = apart(path, commands)
        assert said.startswith("NeedsInPlace")
        assert "it is mounted as a single file" in said
        assert versions(path) == []
        assert apart(path, commands, "in_place", "undo") == "saved True True\nTrue\n"
        assert (path.parent.parent / "outside").read_text() == "a = 1\n"
        apart(path, commands, "in_place")
        assert (path.parent.parent / "outside").read_text() == NEW
        assert path.read_bytes() == OLD.encode()

    def test_link_to_another_disk(self, path):
        commands = (
            "mkdir other; mount -t tmpfs none other; mv project/config.toml other; ln -s ../other/config.toml project"
        )
        assert apart(path, commands, "undo") == "saved True True\nTrue\n"


@pytest.mark.skipif(AS_ROOT and not shutil.which("setpriv"), reason="needs setpriv")
class TestRights:
    """Without root's rights."""

    @pytest.fixture
    def path(self, monkeypatch) -> Iterator[Path]:
        """In a place where everybody may come."""
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place, "project")
            (folder / "state").mkdir(parents=True)
            (folder / "config.toml").write_bytes(OLD.encode())
            for each in (Path(place), folder, folder / "state", folder / "config.toml"):
                self.give(each)
            monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
            monkeypatch.chdir(place)
            yield folder / "config.toml"
            folder.chmod(0o700)

    def give(self, path: Path) -> None:
        if AS_ROOT:
            os.chown(path, NOBODY, NOBODY)

    def saved(self, path: Path, *options: str) -> str:
        who = ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"] if AS_ROOT else []
        arguments = [*who, sys.executable, "-c", SAVE, str(path), "0", *options]
        done = subprocess.run(arguments, check=False, capture_output=True, text=True, timeout=LIMIT)
        if "No module named" in done.stderr:
            pytest.skip("nobody may not read this installation")
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def test_file_that_may_not_be_written(self, path):
        path.chmod(0o444)
        assert "write-protected" in self.saved(path)
        assert "write-protected" in self.saved(path, "in_place")

    def test_file_that_may_not_be_read(self, path):
        path.chmod(0o200)
        assert "You may not read" in self.saved(path)

    def test_folder_that_may_not_be_written(self, path):
        (path.parent / "state" / "llm-setup").mkdir()
        self.give(path.parent / "state" / "llm-setup")
        path.parent.chmod(0o555)
        said = self.saved(path)
        assert "You may not write to" in said
        assert "Its folder must be yours" in said

    def test_folder_that_may_not_be_made(self, path):
        path.parent.chmod(0o555)
        assert "You may not write to" in self.saved(path.parent / "new" / "config.toml")

    @ROOT
    def test_file_of_somebody_else(self, path):
        os.chown(path, 0, 0)
        path.chmod(0o666)
        said = self.saved(path)
        assert said.startswith("NeedsInPlace")
        assert "belongs to somebody else" in said
        assert self.saved(path, "in_place") == "saved True True\n"
        assert (path.read_text(), path.stat().st_uid) == (NEW, 0)

    @ROOT
    def test_key_in_a_file_of_somebody_else(self, path):
        os.chown(path, 0, 0)
        path.chmod(0o666)
        assert "Others can read" in self.saved(path, "in_place", "private")

    @ROOT
    def test_group_that_they_are_not_in(self, path):
        os.chown(path, NOBODY, 0)
        assert self.saved(path) == "saved True True\n"


class TestFixed:
    """The file cannot be replaced, but written in place."""

    def test_hard_links(self, path):
        os.link(path, path.with_name("other.toml"))
        os.link(path, path.with_name("third.toml"))
        before = read_config(path)
        with pytest.raises(NeedsInPlace, match=r"2 other names \(hard links\)"):
            save(before, NEW)
        assert versions(path) == []
        assert path.read_bytes() == OLD.encode()
        after = save(before, NEW, in_place=True)
        assert path.with_name("other.toml").read_text() == NEW
        assert after.backup.read_bytes() == OLD.encode()
        with pytest.raises(NeedsInPlace):
            restore(path)
        restore(path, in_place=True)
        assert path.with_name("other.toml").read_bytes() == OLD.encode()

    @pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV])
    def test_rename_is_refused(self, path, monkeypatch, number):
        refuse_to_replace(monkeypatch, path, number)
        with pytest.raises(NeedsInPlace, match="cannot be replaced"):
            save(read_config(path), NEW)
        assert versions(path) == []
        assert os.listdir(path.parent) == ["config.toml"]
        save(read_config(path), NEW, in_place=True)
        assert path.read_text() == NEW

    def test_private_before_the_first_byte(self, path, monkeypatch):
        path.chmod(0o644)
        modes = []
        write = os.pwrite
        monkeypatch.setattr(
            os, "pwrite", lambda *args: (modes.append(stat.S_IMODE(path.stat().st_mode)), write(*args))[1]
        )
        save(read_config(path), NEW, in_place=True, private=True)
        assert set(modes) == {0o600}

    @pytest.mark.parametrize("call", ["pwrite", "ftruncate", "fsync"])
    def test_failure_in_the_middle(self, path, monkeypatch, call):
        real = getattr(os, call)
        calls = []

        def fail_once(descriptor: int, *args: object) -> object:
            if os.fstat(descriptor).st_ino == path.stat().st_ino:
                calls.append(args)
                if len(calls) == 2 or call != "pwrite":
                    monkeypatch.setattr(os, call, real)
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return real(descriptor, args[0][:5], args[1])
            return real(descriptor, *args)

        monkeypatch.setattr(os, call, fail_once)
        with pytest.raises(SetupError, match="no space left"):
            save(read_config(path), NEW, in_place=True)
        assert calls
        assert path.read_bytes() == OLD.encode()
        assert versions(path) == []

    def test_file_that_was_not_there(self, home):
        save(read_config(home / "new.toml"), NEW, in_place=True)
        assert (home / "new.toml").read_text() == NEW


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="needs Linux' extended attributes")
class TestAttributes:
    @pytest.fixture(autouse=True)
    def supported(self, path):
        try:
            os.setxattr(path, "user.origin", b"here")
        except OSError:
            pytest.skip("the file system has no extended attributes")

    def test_kept(self, path):
        save(read_config(path), NEW)
        assert path.read_text() == NEW
        assert os.getxattr(path, "user.origin") == b"here"

    # for user 1: read and write
    ACL = bytes.fromhex("02000000 01000600ffffffff 0200060001000000 04000400ffffffff 10000600ffffffff 20000000ffffffff")

    def test_access_list_is_kept(self, path):
        os.setxattr(path, "system.posix_acl_access", self.ACL)
        mode = path.stat().st_mode
        save(read_config(path), NEW)
        assert os.getxattr(path, "system.posix_acl_access") == self.ACL
        assert path.stat().st_mode == mode

    def test_access_list_gives_nothing_for_a_key(self, path):
        os.setxattr(path, "system.posix_acl_access", self.ACL)
        save(read_config(path), NEW, private=True)
        assert os.getxattr(path, "system.posix_acl_access")[4 * 8 + 6 :][:2] == b"\0\0"  # the mask
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_access_list_of_the_folder_is_not_taken(self, path):
        os.setxattr(path.parent, "system.posix_acl_default", self.ACL)
        save(read_config(path), NEW)
        assert "system.posix_acl_access" not in os.listxattr(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o644


class TestProtected:
    """The hint is one that helps."""

    @pytest.fixture
    def forbid(self, path, monkeypatch) -> None:
        access = os.access
        monkeypatch.setattr(os, "access", lambda file, *args, **more: file != path and access(file, *args, **more))

    def refused(self, path: Path) -> str:
        with pytest.raises(SetupError, match="is write-protected") as caught:
            save(read_config(path), NEW)
        assert path.read_bytes() == OLD.encode()
        return caught.value.hint

    @pytest.mark.skipif(sys.platform != "linux", reason="Linux' own attributes")
    @pytest.mark.parametrize(("bit", "command"), [(0x10, "chattr -i"), (0x20, "chattr -a")])
    def test_attribute(self, path, forbid, monkeypatch, bit, command):
        monkeypatch.setattr("fcntl.ioctl", lambda *_: bit.to_bytes(4, sys.byteorder))
        assert f"{command} {path}" in self.refused(path)

    @pytest.mark.skipif(not AS_ROOT or not shutil.which("chattr"), reason="needs root and chattr")
    def test_immutable_file(self, path):
        if subprocess.run(["chattr", "+i", path], check=False, capture_output=True).returncode:
            pytest.skip("no attributes here")
        try:
            assert f"chattr -i {path}" in self.refused(path)
        finally:
            subprocess.run(["chattr", "-i", path], check=True)

    @pytest.mark.skipif(not AS_ROOT or not shutil.which("chattr"), reason="needs root and chattr")
    @pytest.mark.parametrize(("bit", "of_folder"), [("a", False), ("i", True)])
    def test_append_only_file_and_immutable_folder(self, path, bit, of_folder):
        kept = path.parent if of_folder else path
        if subprocess.run(["chattr", f"+{bit}", kept], check=False, capture_output=True).returncode:
            pytest.skip("no attributes here")
        try:
            with pytest.raises(SetupError, match="You may not write") as caught:
                save(read_config(path), NEW)
            assert caught.value.hint.endswith(f"chattr -{bit} {kept}")
        finally:
            subprocess.run(["chattr", f"-{bit}", kept], check=True)
        assert path.read_bytes() == OLD.encode()

    def test_owner_or_access_list(self, path, forbid):
        assert f"ls -l {path}" in self.refused(path)

    def test_mode(self, path):
        path.chmod(0o444)
        assert f"chmod u+w {path}" in self.refused(path)


class TestNewFolders:
    @pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
    def test_they_are_on_the_disk_before_the_file_is(self, home, monkeypatch):
        synced, fsync = [], os.fsync
        monkeypatch.setattr(os, "fsync", lambda d: (synced.append(os.readlink(f"/proc/self/fd/{d}")), fsync(d)))
        save(read_config(home / "a" / "b" / "config.toml"), NEW)
        expected = [str(home), str(home / "a"), str(home / ".state"), str(home / ".state" / "llm-setup")]
        assert set(expected) <= set(synced)
        assert synced[-1] == str(home / "a" / "b")
        assert stat.S_IMODE((home / "a" / "b").stat().st_mode) == 0o700
