"""Many commands at once, each a process of its own: nobody's change is lost."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tui.config_file.content import Broken
from tui.config_file.document import ConfigText, read_config
from tui.config_file.locks import Conflict
from tui.saving import file_update
from tui.saving.assignments import changed_text, requested
from tui.saving.file_update import update

COMMAND = [sys.executable, "-P", "-m", "tui"]
PLAIN = {
    "num_retries": 3, "retry_min_wait": 1, "retry_max_wait": 9, "retry_multiplier": 3, "timeout": 60, "seed": 7,
    "temperature": 0.5, "top_p": 0.9, "top_k": 20, "max_message_chars": 1000,
}  # fmt: skip
GROUPS = ("", "a")
SETTINGS = len(PLAIN) if os.environ.get("CI") else 5
"""For each group: twenty processes where nobody waits for the tests, ten otherwise."""


def test_many_at_once(home: Path) -> None:
    path = home / "config.toml"
    path.write_text('# mine\n[llm]\nmodel = "anthropic/x"  # best\n')
    asked = [(group, key, value) for group in GROUPS for key, value in [*PLAIN.items()][:SETTINGS]]
    running = [
        subprocess.Popen(
            [*COMMAND, "set", f"{key}={value}", *(["--group", group] if group else [])],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=os.environ,
            text=True,
        )
        for group, key, value in asked
    ]
    ends = [(process.communicate()[1], process.returncode) for process in running]
    assert [end for end in ends if end[1]] == []
    text = path.read_text()
    table = tomllib.loads(text)["llm"]
    assert [(g, k) for g, k, value in asked if (table[g] if g else table)[k] != value] == []
    assert text.startswith('# mine\n[llm]\nmodel = "anthropic/x"  # best\n')
    assert [name for name in os.listdir(home) if "tmp" in name] == []


def between(path: Path, monkeypatch: pytest.MonkeyPatch, *texts: str | None) -> None:
    """Somebody else writes `texts`, one before each save; None removes the file."""
    waiting = list(texts)
    save = file_update.save

    def late(before: ConfigText, text: str, **options: bool) -> ConfigText:
        theirs = waiting.pop(0) if waiting else before.text
        if theirs is None:
            path.unlink()
        else:
            path.write_text(theirs)
        return save(before, text, **options)

    monkeypatch.setattr(file_update, "save", late)
    monkeypatch.setattr(file_update, "PATIENCE", 0.2)


def change(path: Path, *words: str, group: str = "llm") -> str:
    request = requested(words, (), group)
    return update(path, lambda first, present: changed_text(first, present, request)).text


def test_another_key_changed_meanwhile_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "config.toml"
    path.write_text("[core]\n[llm]\nseed = 1\n")
    between(
        path, monkeypatch, "[core]\n[llm]\nseed = 1\ntop_p = 0.5\n", "# hers\n[core]\n[llm]\nseed = 1\ntop_p = 0.6\n"
    )
    assert change(path, "seed=2") == path.read_text() == "# hers\n[core]\n[llm]\nseed = 2\ntop_p = 0.6\n"


def test_the_same_key_changed_meanwhile_is_a_conflict(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "config.toml"
    path.write_text("[core]\n[llm]\nseed = 1\n")
    between(path, monkeypatch, "[core]\n[llm]\nseed = 3\n")
    with pytest.raises(Conflict, match="changed seed meanwhile"):
        change(path, "seed=2")
    assert path.read_text() == "[core]\n[llm]\nseed = 3\n"


@pytest.mark.parametrize("value", ["nan", "-nan", "inf", "-0.0", "1e400", "2024-01-01", "[nan]"])
def test_a_value_that_equals_nothing_was_not_changed_by_anybody(home: Path, value: str) -> None:
    path = home / "config.toml"
    path.write_text(f"[core]\n[llm]\nseed = {value}\n")
    assert change(path, "seed=2") == path.read_text() == "[core]\n[llm]\nseed = 2\n"


def test_a_zero_that_somebody_set_meanwhile_is_a_conflict(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "config.toml"
    path.write_text("[core]\n[llm]\n")
    between(path, monkeypatch, "[core]\n[llm]\nseed = 0\n")
    with pytest.raises(Conflict, match="changed seed meanwhile"):
        change(path, "seed=2")
    assert path.read_text() == "[core]\n[llm]\nseed = 0\n"


def test_the_same_key_changed_the_same_way_is_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "config.toml"
    path.write_text("[core]\n[llm]\nseed = 1\n")
    between(path, monkeypatch, "# hers\n[core]\n[llm]\nseed = 2\n")
    change(path, "seed=2")
    assert path.read_text() == "# hers\n[core]\n[llm]\nseed = 2\n"


def test_retry_keys_added_along_with_another_are_no_conflict(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "config.toml"
    path.write_text("[core]\n[llm]\n")
    theirs = "[core]\n[llm]\nnum_retries = 8\nretry_min_wait = 1\nretry_max_wait = 120\nretry_multiplier = 2\n"
    between(path, monkeypatch, theirs)
    change(path, "num_retries=3")
    assert path.read_text() == theirs.replace("= 8", "= 3")


@pytest.mark.parametrize("emptied", ["", "\n", None])
def test_a_file_emptied_meanwhile_is_not_made_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch, emptied: str | None
) -> None:
    path = home / "config.toml"
    path.write_text("[core]\n[llm]\nseed = 1\n")
    between(path, monkeypatch, emptied)
    with pytest.raises(Conflict, match="emptied or removed"):
        change(path, "seed=2")


def test_a_group_removed_meanwhile_is_not_made_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "config.toml"
    path.write_text("[core]\n[llm]\n[llm.a]\nseed = 1\n")
    between(path, monkeypatch, "[core]\n[llm]\n")
    with pytest.raises(Conflict, match="removed meanwhile"):
        change(path, "top_k=2", group="llm.a")
    assert read_config(path).groups() == ()


def test_a_half_written_file_is_waited_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "config.toml"
    path.write_text("[core]\n[llm]\nseed = 1\n")
    between(path, monkeypatch, "[core]\n[llm]\nseed = ")
    whole = "[core]\n[llm]\nseed = 1\ntop_k = 3\n"
    monkeypatch.setattr(file_update.time, "sleep", lambda _seconds: path.write_text(whole))
    change(path, "seed=2")
    assert path.read_text() == whole.replace("seed = 1", "seed = 2")


def test_a_file_that_stays_half_written_is_left_as_it_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "config.toml"
    path.write_text("[core]\n[llm]\nseed = 1\n")
    between(path, monkeypatch, "[core]\n[llm]\nseed = ")
    with pytest.raises(Broken, match="not TOML"):
        change(path, "seed=2")
    assert path.read_text() == "[core]\n[llm]\nseed = "
