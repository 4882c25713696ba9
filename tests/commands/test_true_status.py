"""The status says what is true of the file, whatever keeps it from being shown."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from tui.cli import main

COMMAND = [sys.executable, "-P", "-m", "tui"]
OLD = '[core]\n[llm]\nmodel = "openai/gpt-4o"\nseed = 1\n'
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


@pytest.fixture
def path(home) -> Path:
    (home / "config.toml").write_text(OLD)
    return home / "config.toml"


@FULL
@pytest.mark.parametrize("more", [[], ["--json"]])
@pytest.mark.parametrize("words", [["set", "seed=2"], ["group", "add", "x"], ["undo"]])
def test_what_was_saved_and_cannot_be_shown_is_a_warning(path, monkeypatch, capsys, words, more):
    main(["set", "seed=1", "top_p=0.5"])
    before = path.read_text()
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        status = main([*words, *more])
    assert (status, path.read_text() != before) == (0, True)
    assert "it was saved, but cannot be shown" in " ".join(capsys.readouterr().err.split())


@FULL
def test_what_was_not_saved_and_cannot_be_shown_is_no_success(path, monkeypatch, capsys):
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main(["set", "seed=2", "--dry-run"]) == 3
    assert path.read_text() == OLD


@FULL
def test_nothing_can_be_shown_at_all(path):
    with open("/dev/full", "w") as full:
        done = subprocess.run([*COMMAND, "set", "seed=2"], check=False, stdout=full, stderr=full)
    assert (done.returncode, "seed = 2" in path.read_text()) == (0, True)


@FULL
@pytest.mark.parametrize("words", [["--help"], ["--version"], ["set", "--help"]])
def test_help_that_cannot_be_shown_is_said_in_a_sentence(words):
    with open("/dev/full", "w") as full:
        done = subprocess.run([*COMMAND, *words], check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 3
    assert done.stderr == "llm-setup: The output cannot be written: No space left on device.\n"


@pytest.mark.parametrize("module", ["hashlib", "tui.config_file.rewrite"])
def test_a_part_that_cannot_be_loaded_is_noticed_before_the_file_is_touched(path, monkeypatch, capsys, module):
    monkeypatch.setitem(sys.modules, module, None)
    for name in ("tui.commands.set", "tui.saving.assignments"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    assert main(["set", "seed=2"]) == 3
    assert path.read_text() == OLD
    assert "llm-setup: something that it needs cannot be had here" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("files", [4, 5, 6, 7])
def test_a_few_open_files_are_enough_or_said_not_to_be(path, files):
    subprocess.run([*COMMAND, "show"], check=False, capture_output=True)  # compiled: writing that takes files as well
    subprocess.run([*COMMAND, "set", "seed=1", "--dry-run"], check=False, capture_output=True)
    limited = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh"]
    if subprocess.run([*limited, sys.executable, "-P", "-c", ""], check=False, capture_output=True).returncode:
        pytest.skip("Python itself does not start: a .pth file of this environment imports a module")
    done = subprocess.run([*limited, *COMMAND, "set", "seed=2"], check=False, capture_output=True, text=True)
    assert done.returncode == (0 if "seed = 2" in path.read_text() else 3)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or "Too many open files" in done.stderr


@pytest.mark.parametrize("files", [4, 5])
@pytest.mark.parametrize("words", [["key", "status"], ["doctor", "--offline"]])
def test_what_needs_more_open_files_says_so_and_nothing_else(path, files, words):
    subprocess.run([*COMMAND, *words], check=False, capture_output=True)
    limited = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh"]
    if subprocess.run([*limited, sys.executable, "-P", "-c", ""], check=False, capture_output=True).returncode:
        pytest.skip("Python itself does not start: a .pth file of this environment imports a module")
    done = subprocess.run([*limited, *COMMAND, *words], check=False, capture_output=True, text=True)
    assert "Warning" not in done.stderr
    assert "Traceback" not in done.stderr


def test_what_we_keep_ourselves_cannot_be_saved_after_the_file_was(path, home, monkeypatch, capsys):
    monkeypatch.setattr(importlib.import_module("tui.commands.set"), "keep_beside", _refuse)
    assert main(["set", "seed=2", "LLM_EMBEDDING_MODEL=x"]) == 3
    assert "seed = 2" in path.read_text()
    assert "Saved in ~/config.toml, but not" in " ".join(capsys.readouterr().err.split())


def _refuse(*_args) -> None:
    from tui.base.errors import SetupError

    raise SetupError("No.", "Fix that.")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PYTHONPATH", ".", "PYTHONPATH names the current folder"),
        ("PYTHONPATH", "/usr:", "PYTHONPATH names the current folder"),
        ("PYTHONPATH", "/usr", ""),
        ("PYTHONINSPECT", "1", "PYTHONINSPECT is set"),
    ],
)
def test_what_python_lets_in_before_us_is_named(path, monkeypatch, name, value, said):
    monkeypatch.setenv(name, value)
    done = subprocess.run(
        [*COMMAND, "show"], check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/usr"
    )
    assert said in done.stderr
    assert said or "PYTHON" not in done.stderr
