"""The editor that a broken file is opened in."""

import json
import sys
from pathlib import Path

import pytest

from tui.base.errors import SetupError
from tui.wizard.unreadable_file import edit, editor


def test_it_is_given_the_line_and_no_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, editor = home / "seen.json", home / "vim"
    code = f"import json, os, sys; json.dump([sys.argv[1:], dict(os.environ)], open({str(seen)!r}, 'w'))"
    editor.write_text(f"#!{sys.executable} -I\n{code}\n")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    for name in ("LLM_API_KEY", "ANTHROPIC_API_KEY", "AWS_ACCESS_KEY_ID"):
        monkeypatch.setenv(name, "sk-canary-0123456789")
    edit(home / "config.toml", 3)
    words, environment = json.loads(seen.read_text())
    assert words == ["+3", str(home / "config.toml")]
    assert "canary" not in str(environment)
    assert environment["HOME"] == str(home)


@pytest.mark.parametrize("words", ["vim 'x", '"', "no-such-editor -x", "'' x", "   "])
def test_an_editor_that_cannot_be_started_is_named(home: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setenv("EDITOR", words)
    monkeypatch.setenv("PATH", str(home))
    assert editor()[0] or words == "'' x"
    with pytest.raises(SetupError, match="cannot be started") as caught:
        edit(home / "config.toml", 3)
    assert "EDITOR" in caught.value.hint
