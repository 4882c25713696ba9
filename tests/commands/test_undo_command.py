"""`undo`, and the backups that other commands name."""

import os
from pathlib import Path

from tui.base.secret import Secret
from tui.config_file.document import read_config
from tui.config_file.save import save

CANARY = "sk-canary-0123456789abcdef"


def test_back_and_back_again(run, config) -> None:
    path = config("[core]\n[llm]\n")
    assert run("set", "seed=1").status == 0
    once = path.read_text()
    assert run("group", "add", "b").status == 0
    assert run("undo", "--json").json == {"restored": str(path)}
    assert path.read_text() == once
    assert run("undo").out == "~/config.toml is as it was before the last save.\n"
    assert path.read_text() == "[core]\n[llm]\n"
    done = run("undo", "--json")
    assert (done.status, done.json) == (1, {"restored": None})
    assert "no earlier version" in done.err


def test_a_backup_is_named(run, config) -> None:
    path = config("[core]\n[llm]\n")
    before = path.read_text()
    for words in (("set", "seed=1"), ("group", "add", "b")):
        backup = Path(run(*words, "--json").json["backup"])
        assert backup.read_text() == before
        assert backup.stat().st_mode & 0o777 == 0o600
        before = path.read_text()
    assert run("set", "seed=2", "--dry-run", "--json").json["backup"] is None


def test_a_file_that_was_not_there_goes(run, home: Path) -> None:
    assert run("set", "seed=1", "--config", "new.toml").status == 0
    said = run("undo", "--config", "new.toml").out
    assert "was removed" in said
    kept = Path(said.strip().rpartition("kept in ")[2].removesuffix(".")).expanduser()
    assert "seed = 1" in kept.read_text()
    assert not (home / "new.toml").exists()


def test_somebody_elses_change_is_not_undone(run, config) -> None:
    path = config("[core]\n[llm]\n")
    run("set", "seed=1")
    path.write_text("[core]\n[llm]\nseed = 9\n")
    done = run("undo")
    assert (done.status, done.out) == (4, "")
    assert path.read_text() == "[core]\n[llm]\nseed = 9\n"


def test_a_file_that_somebody_broke_is_not_overwritten(run, config) -> None:
    path = config("[core]\n[llm]\n")
    run("set", "seed=1")
    path.write_text("[llm\n")
    assert run("undo").status == 4
    assert path.read_text() == "[llm\n"


def test_keys_that_were_moved_stay_where_they_are(run, config) -> None:
    path = config(f'[core]\n[llm]\napi_key = "{CANARY}"\n')
    save(read_config(path), "[core]\n[llm]\ntop_k = 3\n", forget=[Secret(CANARY)])
    run("set", "seed=1")
    assert run("undo").err == ""
    done = run("undo")
    assert done.status == 0
    assert "moved out of it since" in done.err
    assert path.read_text() == "[core]\n[llm]\n"


def test_a_file_with_two_names_is_written_in_place_when_that_is_asked_for(run, config, home: Path) -> None:
    path = config("[core]\n[llm]\n")
    os.link(path, home / "other.toml")
    for words in (("set", "seed=1"), ("group", "add", "b")):
        done = run(*words)
        assert (done.status, done.out) == (3, "")
        assert "--in-place" in done.err
    assert run("set", "seed=1", "--in-place").status == 0
    assert (home / "other.toml").read_text() == path.read_text() == "[core]\n[llm]\nseed = 1\n"
    assert run("undo").status == 3
    assert run("undo", "--in-place").status == 0
    assert (home / "other.toml").read_text() == path.read_text() == "[core]\n[llm]\n"
