"""What is said of words that no command understands: the usage of the command meant, what was meant, and no key."""

import os
import sys
from pathlib import Path

import pytest
from tools.terminal import Terminal

KEY = "sk-proj-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1"

MISTYPED = [
    ("shwo", "usage: llm-setup [-h]", "invalid choice: 'shwo'; did you mean show?"),
    ("key mvoe", "usage: llm-setup key [-h]", "invalid choice: 'mvoe'; did you mean move?"),
    ("env --format dotnev", "usage: llm-setup env", "invalid choice: 'dotnev'; did you mean dotenv?"),
    ("group split a", "usage: llm-setup group [-h]", "invalid choice: 'split'; choose from add, copy, rename, remove"),
    ("show --jsn", "usage: llm-setup show", "not understood: --jsn; did you mean --json?"),
    ("--jsn show", "usage: llm-setup show", "not understood: --jsn; did you mean --json?"),
    ("key status --jsn", "usage: llm-setup key status", "not understood: --jsn; did you mean --json?"),
    ("exec --grup x -- true", "usage: llm-setup exec", "not understood: --grup; did you mean --group?"),
    ("show extra words", "usage: llm-setup show", "not understood: extra words\n"),
    ("group add a b", "usage: llm-setup group add", "not understood: b\n"),
    ("test --promt hello", "usage: llm-setup test", "not understood: --promt hello; did you mean --prompt?"),
    ("set seed=1 --blub top_k=hunter2", "usage: llm-setup set", "not understood: --blub\n"),
    (f"show {KEY}", "usage: llm-setup show", "not understood: 1 word that may be a key\n"),
    (f"show more {KEY} {KEY}", "usage: llm-setup show", "not understood: more, 2 words that may be keys\n"),
    (f"show --{KEY}=1", "usage: llm-setup show", "not understood: 1 word that may be a key\n"),
    ("show --api-key hunter2", "usage: llm-setup show", "not understood: --api-key, 1 word that may be a key\n"),
    ("show sk-1234", "usage: llm-setup show", "not understood: 1 word that may be a key\n"),
    ("key set hunter2", "usage: llm-setup key set", "1 word that may be a key; the key itself comes on stdin\n"),
    (f"key move --store {KEY}", "usage: llm-setup key move", "invalid choice, not shown here; choose from keyring,"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "usage", "said"), MISTYPED)
def test_the_usage_of_that_command_and_what_was_meant(run, words: str, usage: str, said: str) -> None:
    done = run(*words.split())
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(usage)
    assert said in done.err
    for hidden in (KEY, "hunter2", "sk-1234", "…"):
        assert hidden not in done.err


def test_a_name_that_may_be_a_key_is_not_shown_as_dots(run, config) -> None:
    config("[llm]\n")
    done = run("set", f"{KEY}=1")
    assert done.status == 2
    assert "One name, which may be a key and is not shown, is not a setting" in done.err
    assert KEY not in done.err


def test_sentences_are_wrapped_at_words_on_a_terminal_and_nowhere_else(run, home: Path) -> None:
    whole = run("test").err
    assert whole.count("\n") == 1
    command = [sys.executable, "-P", "-m", "tui", "test"]
    with Terminal(command, {**os.environ, "TERM": "xterm"}, folder=home, columns=40) as terminal:
        lines = terminal.wait_for("--rehearse busy-minute").strip().splitlines()
    assert len(lines) > 3
    assert all(line.startswith("    ") for line in lines[1:])
    assert " ".join(" ".join(lines).split()) == whole.strip()
