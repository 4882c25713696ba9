"""The editor that a broken file is opened in."""

import json
import sys
from pathlib import Path

import pytest

from tui.trouble import edit


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
