"""Whatever is answered, in whatever order: no crash, no key shown, and a file that is whole."""

import io
import os
import re
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.catalog.live_list import NoList
from tui.cli import main
from tui.config_file.document import read_config

KEY = "sk-ant-api03-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg"
WORDS = [
    "", "", "", "1", "2", "3", "7", "12", "99", "-", "=", "*", "?", "<", ":review", ":test", ":overview", ":live",
    ":quit", "yes", "no", "anthropic", "azure", "ollama", "bedrock", "openai_compatible", "openai", "opus", "=x/y",
    "http://localhost:9/v1", "gate.example", "2024-10-21", "us-east-1", "environment", "file", "config", "command",
    "keyring", "echo x", "timeout", "60", "abc", "num_retries", "0", "4", "local", "go on", "retries", "options",
    "model", "key", "provider", "review", "new group", "fast", "llm", "[llm.fast]", "remove", "rename", "copy", "open",
    "undo", "quit", "finish", "temperature", "true", "\\\\<", "\x1b[2J", "\u202e", "ü", KEY, f"x{KEY}", "\\?",
    "9" * 400,
]  # fmt: skip
FILES = [
    "",
    "# mine\n",
    '[core]\n[llm]\nmodel = "anthropic/claude-opus-5"\nnum_tries = 3\n[llm.fast]\nseed = 1\n',
    f'[llm]\nmodel = "azure/x "\nbase_url = "https://u:canary-word@h.example"\napi_key = "{KEY}"\n',
]


async def _none(*_words: object, **_more: object) -> dict[object, object]:
    return {}


async def _unreached(*_words: object, **_more: object) -> NoList:
    return NoList("no-connection", "It cannot be reached.")


@pytest.mark.slow
@settings(max_examples=int(os.environ.get("EXAMPLES", "25")), suppress_health_check=[*HealthCheck])
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40), st.sampled_from(FILES),
       st.lists(st.sampled_from(["", KEY, "nonsense key", "'quoted-key-1234567890'"]), max_size=3))  # fmt: skip
def test_any_answers(answers: list[str], before: str, keys: list[str]) -> None:
    left = list(keys)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.catalog.local_servers.answering", _none)
        patch.setattr("tui.catalog.live_list.ask", _unreached)
        patch.setattr("tui.lines.trial._stoppable", _none)  # no request is made, and no litellm loaded
        patch.setattr("tui.lines.talk.ask_hidden", lambda _prompt: left.pop(0) if left else "")
        for name in ("CONFIG", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", f"{folder}/{name}")
        out = io.StringIO()
        patch.setattr(sys, "stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", out)
        path = Path(folder, "config.toml")
        path.write_text(before)
        assert main(["--lines", "--config", str(path)]) in {0, 1}
        config = read_config(path)  # it can be read
        assert config.exists or before in ("", "# mine\n")
        said = out.getvalue()
    assert KEY not in said
    assert "canary-word" not in said
    assert "Unexpected error" not in said, said
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", said)
