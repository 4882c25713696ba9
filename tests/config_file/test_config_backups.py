"""What is kept of a file, what is cut out of it, and how it comes back."""

import errno
import fcntl
import os
import stat
from pathlib import Path

import pytest
from tools.refusals import refuse_to_replace

from tui.base.errors import SetupError, Status
from tui.base.folders import state_folder
from tui.base.secret import Secret
from tui.config_file import locks
from tui.config_file.backups import KEPT, backup_folder, versions
from tui.config_file.document import read_config
from tui.config_file.locks import Conflict
from tui.config_file.save import save, sweep_leftovers
from tui.config_file.undo import restore

KEY = Secret("sk-proj-0123456789abcdefghij")
OTHER = Secret("sk-proj-zyxwvutsrqponmlkjihg")


@pytest.fixture
def path(home) -> Path:
    (home / "config.toml").write_text(version(0))
    return home / "config.toml"


def version(number: int) -> str:
    return f"[llm]\nseed = {number} # ü\r\n"


def write(path: Path, text: str, **options):
    return save(read_config(path), text, **options)


def texts(path: Path) -> list[str]:
    return [(found.content() or b"").decode() for found in versions(path)]


def everything_kept(path: Path) -> str:
    return "".join(file.read_text() for file in backup_folder(path).iterdir())


class TestKeeping:
    def test_version_before_is_kept(self, path):
        after = write(path, version(1))
        assert after.backup.read_bytes() == version(0).encode()
        assert read_config(path).backup is None
        assert texts(path) == [version(0)]

    def test_ten_are_kept(self, path):
        for number in range(1, 14):
            write(path, version(number))
        assert texts(path) == [version(number) for number in range(12, 2, -1)]
        assert len(list(backup_folder(path).iterdir())) == KEPT

    def test_nobody_else_can_read_them(self, path):
        old = os.umask(0)
        try:
            backup = write(path, version(1)).backup
        finally:
            os.umask(old)
        for folder in (backup.parent, backup.parent.parent, state_folder()):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(backup.stat().st_mode) == 0o600

    def test_nothing_is_kept_without_a_change(self, path):
        assert write(path, version(0)).backup is None
        assert not backup_folder(path).exists()

    def test_nothing_is_kept_if_nothing_is_wanted(self, path):
        assert write(path, version(1), backup=False).backup is None
        assert versions(path) == []

    def test_nothing_is_kept_of_a_save_that_was_refused(self, path):
        before = read_config(path)
        path.write_text(version(5))
        with pytest.raises(Conflict):
            save(before, version(1))
        assert versions(path) == []

    def test_each_file_has_its_own(self, path, home):
        for name in ("project", "project/x"):
            (home / name).mkdir()
            (home / name / "config.toml").write_text(version(7))
            write(home / name / "config.toml", version(8))
        write(path, version(1))
        assert texts(path) == [version(0)]
        assert texts(home / "project" / "config.toml") == [version(7)]

    def test_a_link_has_those_of_its_target(self, path, home):
        (home / "link.toml").symlink_to(path)
        write(home / "link.toml", version(1))
        assert texts(path) == [version(0)]
        restore(home / "link.toml")
        assert path.read_bytes() == version(0).encode()
        assert (home / "link.toml").is_symlink()

    def test_paths_of_any_length_and_letters(self, home):
        folder = home / ("ü /$" * 3) / ("x" * 200) / ("y" * 200) / "\udcff"
        folder.mkdir(parents=True)
        write(folder / "config.toml", version(1))
        write(folder / "config.toml", version(2))
        assert texts(folder / "config.toml") == [version(1), ""]

    @pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
    def test_no_save_without_a_backup(self, path, monkeypatch, number):
        folder = backup_folder(path)
        replace = Path.replace

        def refuse(source: Path, target: Path) -> None:
            if target.parent == folder:
                raise OSError(number, os.strerror(number))
            replace(source, target)

        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(SetupError, match=r"before cannot be kept in ~/\.state/llm-setup/backups"):
            write(path, version(1))
        assert path.read_bytes() == version(0).encode()
        assert os.listdir(folder) == []


class TestForgetting:
    def test_key_is_cut_from_every_version(self, path):
        write(path, f'[llm]\napi_key = "{KEY.reveal()}"\nseed = 1\n')
        write(path, f'[llm]\nseed = 2\napi_key = "{KEY.reveal()}"\n\n[llm.a]\nm = "{KEY.reveal()}" # mine\nn = 1\n')
        write(path, "[llm]\nseed = 3\n", forget=[KEY])
        assert KEY.reveal() not in everything_kept(path)
        assert texts(path) == ["[llm]\nseed = 2\n\n[llm.a]\nn = 1\n", "[llm]\nseed = 1\n", version(0)]
        assert [found.cut for found in versions(path)] == [True, True, False]

    def test_also_without_a_change(self, path):
        write(path, f'[llm]\napi_key = "{KEY.reveal()}"\n')
        write(path, version(1))
        write(path, version(1), forget=[KEY])
        assert texts(path) == ["[llm]\n", version(0)]

    def test_also_what_was_undone(self, path):
        write(path, f'[llm]\napi_key = "{KEY.reveal()}"\n')
        restore(path)
        assert KEY.reveal() in everything_kept(path)
        write(path, version(1), forget=[KEY])
        assert KEY.reveal() not in everything_kept(path)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ('# api_key = "{key}"\n[llm]\n', '# api_key = "•••"\n[llm]\n'),
            ('a.b = "{key}"\nc = 1\n', "c = 1\n"),
            ('a = {{ b = "{key}", c = 1 }}\n', "a = {{ c = 1 }}\n"),
            ("a = '''{key}'''\n", ""),
            ('a = ["x", "{key}"]\nb = 1\n', "b = 1\n"),
            ('[[a]]\nb = "{key}"\nc = 1\n[d]\n', "[[a]]\nc = 1\n[d]\n"),
            ('a = [{{ b = "{key}", c = 1 }}]\n[d]\n', "[d]\n"),
            ('a.b = {{ c = {{ d = """{key}""" }} }}\n', "a.b = {{ c = {{}} }}\n"),
            ('a = "https://u:{key}@host/"\nb = 1\n', "b = 1\n"),
            ('a = "\\u0073{rest}"\nb = 1\n', "b = 1\n"),
            ('a = "{other}" # {key}\n', 'a = "{other}" # •••\n'),
            ("{key} = 1\n", None),
            ('"{key}" = 1\n', None),
        ],
    )
    def test_wherever_it_stands(self, path, before, after):
        words = {"key": KEY.reveal(), "rest": KEY.reveal()[1:], "other": OTHER.reveal()}
        write(path, before.format(**words))
        write(path, "[core]\n", forget=[KEY])
        assert texts(path) == ([] if after is None else [after.format(**words)]) + [version(0)]
        assert KEY.reveal() not in everything_kept(path)

    def test_word_that_is_used_as_a_key(self, path):
        write(path, '[llm]\nmodel = "ollama/x"\napi_key = "ollama"\n')
        write(path, version(1), forget=[Secret("ollama"), Secret("")])
        assert texts(path)[0] == '[llm]\nmodel = "ollama/x"\n'


class TestUndo:
    def test_last_save(self, path):
        path.chmod(0o640)
        write(path, version(1))
        done = restore(path)
        assert path.read_bytes() == version(0).encode()
        assert done.config == read_config(path)
        assert not done.cut
        assert done.config.backup.read_bytes() == version(1).encode()
        assert stat.S_IMODE(path.stat().st_mode) == 0o640

    def test_twice_goes_further_back(self, path):
        write(path, version(1))
        write(path, version(2))
        assert [restore(path).config.text for _ in range(2)] == [version(1), version(0)]
        with pytest.raises(SetupError, match=r"no earlier version of ~/config\.toml") as caught:
            restore(path)
        assert caught.value.status is Status.NO
        assert path.read_bytes() == version(0).encode()

    def test_after_an_undo_saves_go_on(self, path):
        write(path, version(1))
        restore(path)
        write(path, version(2))
        write(path, version(3))
        assert [restore(path).config.text for _ in range(2)] == [version(2), version(0)]

    def test_file_that_was_made_goes(self, home):
        path = home / ".openhands" / "config.toml"
        write(path, version(1))
        done = restore(path)
        assert not path.exists()
        assert not done.config.exists
        assert done.config.backup.read_bytes() == version(1).encode()

    def test_moved_key_does_not_come_back(self, path):
        path.write_text(f'[llm]\nseed = 0\napi_key = "{KEY.reveal()}"\n')
        write(path, f'[llm]\nseed = 1\napi_key = "{KEY.reveal()}"\n')
        write(path, "[llm]\nseed = 1\n", forget=[KEY])
        write(path, "[llm]\nseed = 2\n")
        done = [restore(path) for _ in range(2)]
        assert [one.config.text for one in done] == ["[llm]\nseed = 1\n", "[llm]\nseed = 0\n"]
        assert [one.cut for one in done] == [False, True]

    def test_private(self, path):
        path.chmod(0o644)
        write(path, version(1))
        restore(path, private=lambda config: config.table("llm") == {"seed": 0})
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    @pytest.mark.parametrize("change", ["edited", "removed"])
    def test_changed_by_somebody_else_since(self, path, change):
        backup = write(path, version(1)).backup
        if change == "removed":
            path.unlink()
        else:
            path.write_text("mine = [")
        with pytest.raises(Conflict, match="since it was saved") as caught:
            restore(path)
        assert backup.name in caught.value.hint
        assert path.exists() is (change == "edited")
        done = restore(path, anyway=True)
        assert path.read_bytes() == version(0).encode()
        assert change == "removed" or done.config.backup.read_text() == "mine = ["

    def test_save_that_was_killed_is_passed_over(self, path, monkeypatch):
        write(path, version(1))
        with monkeypatch.context() as patch:
            patch.setattr("tui.config_file.replacement.drop", lambda _path: None)
            refuse_to_replace(patch, path, errno.EIO)
            with pytest.raises(SetupError):
                write(path, version(2))
        assert texts(path) == [version(1), version(0)]
        assert restore(path).config.text == version(0)

    def test_failure_keeps_all(self, path, monkeypatch):
        write(path, version(1))
        with monkeypatch.context() as patch:
            refuse_to_replace(patch, path, errno.EIO)
            with pytest.raises(SetupError, match="cannot be written"):
                restore(path)
        assert path.read_bytes() == version(1).encode()
        assert restore(path).config.text == version(0)

    def test_waits_for_the_lock(self, path, monkeypatch):
        write(path, version(1))
        monkeypatch.setattr(locks, "LONGEST_WAIT", 0.05)
        with open(state_folder() / "save.lock", "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            with pytest.raises(SetupError, match="Another llm-setup"):
                restore(path)
        assert path.read_bytes() == version(1).encode()


class TestSweeping:
    @pytest.fixture
    def left(self, path) -> list[Path]:
        backup = write(path, version(1)).backup
        left = [path.with_name(".config.toml.01234567.tmp"), backup.with_name(f".{backup.name}.89abcdef.tmp")]
        for file in left:
            file.write_text("x")
        return left

    def test_what_was_left_goes(self, path, left):
        others = [path.with_name(name) for name in (".config.toml.tmp", ".config.toml.0123456g.tmp", ".x.01234567.tmp")]
        for other in others:
            other.write_text("x")
        sweep_leftovers(path)
        assert not any(file.exists() for file in left)
        assert all(other.exists() for other in others)
        assert texts(path) == [version(0)]

    def test_not_while_somebody_saves(self, path, left):
        with locks.save_lock():
            sweep_leftovers(path)
        assert all(file.exists() for file in left)

    def test_not_what_is_being_written(self, path, left):
        import fcntl

        with left[0].open() as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            sweep_leftovers(path)
        assert [file.exists() for file in left] == [True, False]

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can own another's file")
    def test_not_what_is_somebody_elses(self, path, left):
        os.chown(left[0], 12345, 12345)
        sweep_leftovers(path)
        assert left[0].exists()

    def test_a_save_sweeps_too(self, path, left):
        write(path, version(2))
        assert not left[0].exists()

    def test_nothing_there(self, home):
        sweep_leftovers(home / "no" / "config.toml")
        assert list(home.iterdir()) == []
