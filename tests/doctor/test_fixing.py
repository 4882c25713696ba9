"""`--fix`: what can be put right from here, after a yes to each, and nothing else."""

from pathlib import Path

import pytest
from doctor.conftest import GOOD, KEY
from doctor.test_planted_faults import OWN, PRIVATE, STORED, of

from tui.cli import main
from tui.doctor.observation import Grade

CASES = {
    # what stands there, what it becomes
    "an unknown key": (GOOD + "num_tries = 1\n", GOOD),
    "a misspelt key": (GOOD.replace("num_retries", "num_retrys"), GOOD),
    "no [core]": (GOOD.replace("[core]\n\n", "# mine\n"), None),
    "a space behind the model": (GOOD.replace("opus-5", "opus-5 "), GOOD),
    "a placeholder": (GOOD + 'api_key = "your-api-key"\n', GOOD),
    "a line break behind a key": (
        of("openai", f'api_key = "sk-{KEY[14:]}\\n"\n'),
        of("openai", f'api_key = "sk-{KEY[14:]}"\n'),
    ),
    "quotes around a key": (
        of("openai", f"api_key = \"'sk-{KEY[14:]}'\"\n"),
        of("openai", f'api_key = "sk-{KEY[14:]}"\n'),
    ),
    "a misspelt key of the provider": (GOOD + f'apikey = "{KEY}"\n', GOOD + f'api_key = "{KEY}"\n'),
}


def lines(text: str) -> list[str]:
    return sorted(filter(None, text.splitlines()))


@pytest.mark.parametrize("name", CASES)
def test_what_can_be_put_right_is(name: str, home: Path, write, look) -> None:
    before, after = CASES[name]
    path = write("config.toml", before)
    fixable = [each for each in look() if each.remedy]
    assert len(fixable) == 1
    fixable[0].remedy.apply()
    if after is None:
        assert "[core]" in path.read_text()
        assert "# mine" in path.read_text()
    else:
        assert lines(path.read_text()) == lines(after)
    assert not [each for each in look() if each.code == fixable[0].code]
    backups = home / ".state/llm-setup/backups"
    assert any(file.read_text() == before for file in backups.rglob("*") if file.is_file())


def test_what_others_may_read_is_closed(home: Path, write, look) -> None:
    write("config.toml", GOOD)
    for name, text in STORED.items():
        write(name, text)
    (home / PRIVATE).chmod(0o644)
    (home / PRIVATE).parent.chmod(0o755)
    fixable = [each for each in look() if each.remedy]
    assert [each.code for each in fixable] == ["readable-by-others"] * 2
    for each in fixable:
        each.remedy.apply()
    assert [oct(path.stat().st_mode & 0o777) for path in (home / PRIVATE, (home / PRIVATE).parent)] == [
        "0o600",
        "0o700",
    ]
    assert [each for each in look() if each.grade is not Grade.OK] == []


@pytest.mark.parametrize(
    "text",
    [
        GOOD + 'api_key = "${ANTHROPIC_API_KEY}"\n',  # it may mean something to its owner
        of("ollama", f'base_url = "http://localhost:11434"\napi_keyy = "{KEY}"\n').replace("ollama/m", "nowhere/m"),
        GOOD.replace("= 8\n", '= "eight"\n'),
        GOOD.replace("anthropic/", "antropic/"),
    ],
)
def test_what_only_its_owner_can_tell_is_left_alone(text: str, write, look) -> None:
    write("config.toml", text)
    found = look()
    assert any(each.is_error for each in found)
    assert [each for each in found if each.remedy] == []


def test_each_is_asked_for_and_a_no_changes_nothing(home: Path, write, monkeypatch, capsys) -> None:
    text = GOOD.replace("opus-5", "opus-5 ") + "num_tries = 1\n"
    path = write("config.toml", text)
    write(OWN, STORED[OWN])
    write(PRIVATE, STORED[PRIVATE])
    asked: list[str] = []
    monkeypatch.setattr("tui.commands.doctor.agreed", lambda words: bool(asked.append(words)))
    assert main(["doctor", "--fix", "--offline"]) == 1
    assert len(asked) == 2
    assert path.read_text() == text
    monkeypatch.setattr("tui.commands.doctor.agreed", lambda words: True)
    assert main(["doctor", "--fix", "--offline"]) == 0
    assert path.read_text() == GOOD
    assert KEY not in "".join(capsys.readouterr())


def test_without_a_terminal_nothing_is_changed(write, capsys) -> None:
    path = write("config.toml", GOOD + "num_tries = 1\n")
    assert main(["doctor", "--fix", "--offline"]) == 1
    assert path.read_text() == GOOD + "num_tries = 1\n"
    assert "no terminal to ask on" in " ".join(capsys.readouterr().err.split())
