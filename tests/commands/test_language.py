"""A command speaks the user's language to a person, and English to a program."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools import pseudo

from tui.commands.language import chosen

RUNNER = Path(pseudo.__file__)
CONFIG = '[core]\n[llm]\nmodel = "gpt-4o"\nfoo = 1\n'


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pseudo.make(tmp_path_factory.mktemp("locale"))


@pytest.fixture
def said(catalogues: Path, home: Path):
    (home / "config.toml").write_text(CONFIG)

    def run(*words: str, language: str = "xa", **environ: str) -> subprocess.CompletedProcess[str]:
        own = {**os.environ, "LANGUAGE": language, "LANG": "C.UTF-8", "PYTHONPATH": str(RUNNER.parents[1]), **environ}
        return subprocess.run(
            [sys.executable, RUNNER, catalogues, *words],
            check=False,
            env=own,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )

    return run


def test_help_is_translated_with_the_words_of_argparse(said) -> None:
    done = said("--help")
    for words in ("usage:", "options", "show this help message and exit", "the wizard", "exit status:"):
        assert pseudo.accented(words).strip(pseudo.OPEN)[:12] in done.stdout.replace("\n", " ")
    assert not done.stderr


@pytest.mark.parametrize(
    ("words", "english"),
    [
        (("check", "--config"), "expected one argument"),
        (("group", "rename", "a"), "the following arguments are required: %s"),
        (("doctor", "--offline", "--live"), "not allowed with argument %s"),
        (("check", "--json=3", "--language", "xa"), "ignored explicit argument %r"),
    ],
)
def test_complaints_of_argparse_are_translated(said, words: tuple[str, ...], english: str) -> None:
    done = said(*words)
    assert done.returncode == 2
    assert pseudo.accented(english).partition("%")[0].rstrip(pseudo.SHUT + "·") in done.stderr


def test_what_a_program_reads_is_the_same_in_every_language(said) -> None:
    for words in (("check", "--json"), ("env",), ("completion", "bash"), ("shell-init", "zsh"), ("show", "--json"),
                  ("doctor", "--offline", "--json"), ("schedule", "--json"), ("providers", "--json")):  # fmt: skip
        english, other = said(*words, language="en"), said(*words)
        assert (english.stdout, english.stderr, english.returncode) == (other.stdout, other.stderr, other.returncode)
    assert json.loads(said("check", "--json").stdout)["problems"]
    assert said("check").stdout != said("check", language="en").stdout


def test_an_unknown_language_is_refused_and_the_known_ones_are_named(said) -> None:
    done = said("check", "--language", "xy", language="en")
    assert done.returncode == 2
    assert "choose from en, xa, xw" in done.stderr
    assert not said("--language", "en", "check").stdout.startswith(pseudo.OPEN)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("--language zh_CN", "zh_CN"), ("--language=zh check", "zh_CN"), ("check --language zh_CN.UTF-8", "zh_CN"),
        ("--language en --language zh", "zh_CN"), ("exec --language zh_CN", "en"), ("exec -- x --language zh_CN", "en"),
        ("--language zh exec -- x --json", "zh_CN"), ("--language zh check --json", "en"), ("--language zh env", "en"),
        ("--language zh group add env", "zh_CN"), ("--language zh --config env show", "zh_CN"),
        ("--language zh --ascii", "en"), ("--language zh --no-ascii", "zh_CN"),
        ("--language zh exec x --ascii", "zh_CN"),
        ("--language", "en"),
        ("check", "en"),
    ],
)  # fmt: skip
def test_the_option_is_obeyed_wherever_it_is_ours(words: str, meant: str) -> None:
    assert chosen(words.split()) == meant


def test_what_the_wizard_remembers_is_obeyed_but_not_on_a_console(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / ".config/llm-setup/settings.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[preferences]\nlanguage = "zh_CN"\n')
    assert chosen([]) == chosen(["check"]) == "zh_CN"
    assert chosen(["--language", "en"]) == "en"
    monkeypatch.setenv("TERM", "linux")
    assert chosen([]) == "en"
    path.write_text("[preferences\nlanguage")
    monkeypatch.setenv("TERM", "xterm")
    assert chosen([]) == "en"


def test_nothing_is_translated_before_the_language_is_known(home: Path) -> None:
    """What is evaluated at import would stay in the language before."""
    path = home / ".config/llm-setup/settings.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[preferences]\nlanguage = "en"\n')
    code = (
        "from tui.base import translation; import tui.cli; from tui.commands.language import chosen\n"
        "chosen([]); assert not translation._language, translation._language"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
