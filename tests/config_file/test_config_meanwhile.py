"""Another program saves the file in the very moment in which it is replaced: its save is there, or in a backup."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.config_file import backups, file_exchange
from tui.config_file.document import read_config
from tui.config_file.locks import Conflict, save_lock
from tui.config_file.save import save, sweep_leftovers
from tui.config_file.undo import restore

OLD, NEW, THEIRS, LATER = (f"[llm]\nseed = {number}\n" for number in range(4))


@pytest.fixture
def path(home) -> Path:
    (home / "project").mkdir()
    (home / "project" / "config.toml").write_text(OLD)
    return home / "project" / "config.toml"


def renamed(path: Path, text: str) -> None:
    path.with_name("editor").write_text(text)
    path.with_name("editor").rename(path)


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


STYLES = pytest.mark.parametrize("style", [renamed, in_place])


def around(monkeypatch, name: str, *before: Callable[[], object], after: Callable[[], object] = lambda: None) -> None:
    """Let something happen right before the first calls of a step, each in its turn, and after them."""
    real, turns = getattr(file_exchange, name), iter(before)

    def step(*args: Path) -> None:
        next(turns, lambda: None)()
        real(*args)
        after()

    monkeypatch.setattr(file_exchange, name, step)


def without_exchange(monkeypatch) -> None:
    def exchange(_one: Path, _other: Path) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(file_exchange, "exchange", exchange)
    monkeypatch.setattr(file_exchange, "move_to_free", exchange)


def kept(path: Path) -> list[str]:
    return [version.content().decode() for version in backups.versions(path) if not version.absent]


def alone(path: Path) -> bool:
    return os.listdir(path.parent) == ["config.toml"]


class TestSavedRightBeforeTheExchange:
    @STYLES
    def test_it_stays_and_the_status_says_so(self, path, monkeypatch, style):
        around(monkeypatch, "exchange", lambda: style(path, THEIRS))
        with pytest.raises(Conflict, match="was changed since it was read"):
            save(read_config(path), NEW)
        assert (path.read_text(), kept(path), alone(path)) == (THEIRS, [], True)

    @STYLES
    def test_a_second_one_stays_and_the_first_is_kept(self, path, monkeypatch, style):
        around(monkeypatch, "exchange", lambda: style(path, THEIRS), lambda: renamed(path, LATER))
        with pytest.raises(Conflict):
            save(read_config(path), NEW)
        assert (path.read_text(), kept(path), alone(path)) == (LATER, [THEIRS], True)

    def test_removed(self, path, monkeypatch):
        around(monkeypatch, "exchange", path.unlink)
        with pytest.raises(Conflict, match="was removed"):
            save(read_config(path), NEW)
        assert (os.listdir(path.parent), kept(path)) == ([], [])

    def test_removed_again_once_it_was_saved(self, path, monkeypatch):
        around(monkeypatch, "exchange", lambda: renamed(path, THEIRS), path.unlink)
        with pytest.raises(Conflict):
            save(read_config(path), NEW)
        assert (path.read_text(), alone(path)) == (THEIRS, True)

    def test_made(self, home, monkeypatch):
        around(monkeypatch, "move_to_free", lambda: (home / "new.toml").write_text(THEIRS))
        with pytest.raises(Conflict, match="was created meanwhile"):
            save(read_config(home / "new.toml"), NEW)
        assert ((home / "new.toml").read_text(), kept(home / "new.toml")) == (THEIRS, [])

    @STYLES
    def test_undone(self, path, monkeypatch, style):
        save(read_config(path), NEW)
        around(monkeypatch, "exchange", lambda: style(path, THEIRS))
        with pytest.raises(Conflict):
            restore(path)
        assert (path.read_text(), kept(path), alone(path)) == (THEIRS, [OLD], True)

    @STYLES
    def test_undone_to_no_file(self, home, monkeypatch, style):
        path = home / "a" / "config.toml"
        save(read_config(path), NEW)
        rename = Path.rename

        def slow(source: Path, target: Path) -> Path:
            if source == path:
                monkeypatch.setattr(Path, "rename", rename)
                style(path, THEIRS)
            return rename(source, target)

        monkeypatch.setattr(Path, "rename", slow)
        with pytest.raises(Conflict):
            restore(path)
        assert (path.read_text(), alone(path)) == (THEIRS, True)


class TestWrittenThroughAnOpenFile:
    def test_it_is_found_in_the_backup(self, path):
        with path.open("r+") as theirs:
            backup = save(read_config(path), NEW).backup
            theirs.write(THEIRS)
        assert (path.read_text(), backup.read_text()) == (NEW, THEIRS)
        assert alone(path)

    def test_that_of_an_undo_too(self, path):
        save(read_config(path), NEW)
        with path.open("r+") as theirs:
            backup = restore(path).config.backup
            theirs.write(THEIRS)
        assert (path.read_text(), backup.read_text()) == (OLD, THEIRS)

    def test_backup_is_private_all_the_same(self, path):
        path.chmod(0o644)
        assert save(read_config(path), NEW).backup.stat().st_mode & 0o777 == 0o600

    def test_backups_on_another_disk(self, path, monkeypatch):
        rename = Path.rename

        def refuse(source: Path, target: Path) -> Path:
            if target.parent.parent.name == "backups" and source.parent == path.parent:
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
            return rename(source, target)

        monkeypatch.setattr(Path, "rename", refuse)
        with path.open("r+") as theirs:
            around(monkeypatch, "exchange", after=lambda: (theirs.write(THEIRS), theirs.flush()))
            monkeypatch.setattr(file_exchange, "is_file_with", lambda *_: True)
            backup = save(read_config(path), NEW).backup
        assert (backup.read_text(), alone(path)) == (THEIRS, True)


class TestWithoutAnExchange:
    def test_saved(self, path, monkeypatch):
        without_exchange(monkeypatch)
        assert save(read_config(path), NEW).backup.read_text() == OLD
        assert (path.read_text(), alone(path)) == (NEW, True)

    def test_saved_in_place_meanwhile(self, path, monkeypatch):
        without_exchange(monkeypatch)
        link = os.link
        monkeypatch.setattr(os, "link", lambda *args, **more: (link(*args, **more), in_place(path, THEIRS)))
        with pytest.raises(Conflict):
            save(read_config(path), NEW)
        assert (path.read_text(), kept(path), alone(path)) == (THEIRS, [], True)

    def test_nor_second_names(self, path, monkeypatch):
        without_exchange(monkeypatch)

        def link(*_args, **_more) -> None:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(os, "link", link)
        assert save(read_config(path), NEW).backup.read_text() == OLD
        assert (path.read_text(), alone(path)) == (NEW, True)

    def test_made_meanwhile(self, home, monkeypatch):
        without_exchange(monkeypatch)
        save(read_config(home / "new.toml"), NEW)
        assert (home / "new.toml").read_text() == NEW

    def test_written_in_place_only(self, path, monkeypatch):
        os.link(path, path.with_name("other"))
        keep = backups.keep
        monkeypatch.setattr(backups, "keep", lambda *args, **more: (in_place(path, THEIRS), keep(*args, **more))[1])
        with pytest.raises(Conflict):
            save(read_config(path), NEW, in_place=True)
        assert (path.read_text(), kept(path)) == (THEIRS, [])


class TestKilledInBetween:
    """The file and the old one have changed places, and nobody has looked yet what came out."""

    def test_save_of_another_is_kept(self, path):
        save(read_config(path), NEW)
        path.with_name(".config.toml.01234567.old").write_text(THEIRS)
        sweep_leftovers(path)
        assert (kept(path), alone(path)) == ([THEIRS, OLD], True)
        assert restore(path).config.text == THEIRS

    @pytest.mark.parametrize("text", [OLD, NEW])
    def test_what_is_known_goes(self, path, text):
        save(read_config(path), NEW)
        path.with_name(".config.toml.01234567.old").write_text(text)
        with save_lock():
            sweep_leftovers(path)
        assert not alone(path)
        sweep_leftovers(path)
        assert (kept(path), alone(path)) == ([OLD], True)
