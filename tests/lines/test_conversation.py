"""What can be answered, what is said, and that nothing is lost."""

import asyncio
import os
import re
from pathlib import Path

import pytest
from tools.leaks import leaking_files

from tui.base.secret import Secret
from tui.cli import main
from tui.credentials.keyring_state import KeyringState, KeyringStatus
from tui.lines.talk import SHOWN, Back, InputEnded, Jump, Leave, Option, Talk
from tui.widgets.steps import Step

KEY = "sk-ant-api03-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg"
FIRST = ["anthropic", "environment", "=claude-opus-5", "", "", "yes", "finish", "1", "1"]
RETRIES = "num_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\nretry_multiplier = 2\n"
FILE = f'[core]\n\n[llm]\nmodel = "anthropic/claude-opus-5"\n{RETRIES}'


EMACS = re.compile(
    r"(^ *|(Enter( the| same)?|Repeat|New|Old) +.*)(password|passphrase|pin)( \(again\))?( [a-z]+ .+)?\s*:\s*$",
    re.IGNORECASE,
)
"""What of `comint-password-prompt-regexp` matters here: Emacs' shell hides what is typed behind such a prompt."""


def left_by_another_process(home: Path) -> None:
    """What was left unfinished is held by a process's number, and in a test all are one process."""
    (path,) = (home / ".state/llm-setup/drafts").glob("*.json")
    path.rename(path.with_name(path.name.replace(str(os.getpid()), "1")))


def test_a_first_run(converse, home: Path) -> None:
    said = converse(*FIRST)
    assert said.status == 0, said
    assert (home / "config.toml").read_text() == FILE
    for words in (
        "  1  Anthropic: API key", "attempt 8      2 min  4 min 37 s", '+ model = "anthropic/claude-opus-5"',
        "Save? yes/no [yes]: ", "Saved [llm] in ~/config.toml", "exec -- docker run",
    ):  # fmt: skip
        assert words in said.out, words


def test_enter_alone_goes_through(converse, home: Path) -> None:
    said = converse("", "", "", "", "", "", "finish", "", "")
    assert said.status == 0
    assert 'model = "anthropic/' in (home / "config.toml").read_text()


def test_a_key_is_typed_unseen_cleaned_and_nowhere_shown(converse, typed_unseen, home: Path) -> None:
    prompts = typed_unseen(f'  export ANTHROPIC_API_KEY="{KEY}"\n')
    said = converse("anthropic", "file", *FIRST[2:])
    assert said.status == 0, said
    assert prompts == ["Enter the API key, unseen like a password: "]
    assert EMACS.search(prompts[0])
    assert "Left out: " in said.out
    assert "begins like a key of Anthropic" in said.out
    assert KEY not in said.out + said.err
    assert [path.name for path in leaking_files(home, KEY)] == ["anthropic.env"]


def test_a_place_without_a_key_keeps_none_and_the_place_is_asked_for_again(converse, home: Path) -> None:
    said = converse("anthropic", "file", "environment", *FIRST[2:])
    assert said.status == 0, said
    assert "API key is missing." in said.out
    assert "key in a private file" not in said.out
    assert (home / "config.toml").read_text() == FILE


def test_what_is_no_key_is_asked_for_again(converse, typed_unseen) -> None:
    prompts = typed_unseen("${ANTHROPIC_API_KEY}", KEY)
    said = converse("anthropic", "environment", *FIRST[2:])
    assert len(prompts) == 2
    assert "That is the name of a variable. Paste its value." in said.out


def test_a_key_of_another_provider_changes_provider_after_a_yes(converse, typed_unseen, home: Path) -> None:
    typed_unseen("gsk_" + KEY[14:] * 2)
    said = converse("anthropic", "yes", "file", "=llama-3.3-70b-versatile", *FIRST[3:])
    assert "This looks like a key of Groq." in said.out
    assert 'model = "groq/' in (home / "config.toml").read_text()
    assert (home / ".config/llm-setup/groq.env").exists()


def test_both_halves_of_an_aws_key_in_one(converse, typed_unseen, home: Path) -> None:
    pair = "AWS_ACCESS_KEY_ID=AKIAZQ7LM2XW9KA4RT8V\nAWS_SECRET_ACCESS_KEY=" + "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzQ9TwXy4aB"
    prompts = typed_unseen(pair)
    converse("bedrock", "us-east-1", "file", "=anthropic.claude-x", "yes", *FIRST[3:])
    assert len(prompts) == 1
    assert (home / ".config/llm-setup/bedrock.env").read_text().count("=") == 2


def test_a_key_in_the_wrong_place_is_not_taken(converse, home: Path) -> None:
    said = converse("litellm_proxy", KEY, "http://localhost:4000", "environment", "=team", *FIRST[3:])
    assert said.status == 0
    assert "looks like an API key" in said.out
    assert KEY not in said.out + (home / "config.toml").read_text()


def test_a_command_that_gives_no_key_is_not_taken(converse, home: Path) -> None:
    said = converse("anthropic", "command", "false", "command", "echo " + KEY, *FIRST[2:])
    assert "gave no key" in said.out
    assert "echo" in (home / ".config/llm-setup/settings.toml").read_text()
    assert KEY not in said.out


def test_the_keyring_is_unlocked_here(converse, typed_unseen, monkeypatch) -> None:
    state = [KeyringState.LOCKED]

    async def look(_self: object) -> KeyringStatus:
        return KeyringStatus(state[0], "GNOME Keyring")

    async def unlock(_self: object, password: Secret) -> None:
        assert password.reveal() == "open sesame"
        state[0] = KeyringState.OPEN

    kept = {}

    async def store(_self: object, keys: dict) -> None:
        kept.update(keys)

    async def fetch(_self: object, credential: object) -> Secret | None:
        return kept.get(credential)

    for name, double in (("look", look), ("unlock", unlock), ("store", store), ("fetch", fetch)):
        monkeypatch.setattr(f"tui.credentials.keyring_client.Keyring.{name}", double)
    prompts = typed_unseen(KEY, "open sesame")
    said = converse("anthropic", "keyring", *FIRST[2:])
    assert said.status == 0, said
    assert "Unlock GNOME Keyring" in said.out
    assert [secret.reveal() for secret in kept.values()] == [KEY]
    assert "open sesame" not in said.out
    assert all(map(EMACS.search, prompts))


async def test_a_first_keyring_is_made_with_a_password_typed_twice(typed_unseen, home: Path) -> None:
    from tui.lines.host import LineHost
    from tui.screens.unlock import CreateDialog

    prompts = typed_unseen("open sesame", "open says me", "open sesame", "open sesame")
    secret = await LineHost(None, Talk()).ask(CreateDialog("GNOME Keyring"))
    assert secret.reveal() == "open sesame"
    assert len(prompts) == 4
    assert all(map(EMACS.search, prompts))
    assert await LineHost(None, Talk()).ask(CreateDialog("GNOME Keyring")) is None


def test_back_explain_empty_and_jump(converse, home: Path) -> None:
    said = converse(
        "openai", "?", "environment", "<", "environment", "=gpt-5.5", "temperature", "0.5", "temperature", "-", "",
        "per-minute", "go on", "<", "1", ":review", "yes", "finish", "2", "1",
    )  # fmt: skip
    assert said.status == 0, said
    text = (home / "config.toml").read_text()
    assert "temperature" not in text
    assert "retry_max_wait = 60" in text
    assert "< goes back" in said.out


def test_what_is_wrong_is_said_and_asked_again(converse, home: Path) -> None:
    said = converse(
        "nosuchprovider", "openai", "environment", "=gpt-5.5", "timeout", "soon", "60", "", "num_retries", "0", "4",
        "go on", "yes", "finish", "1", "1",
    )  # fmt: skip
    assert said.status == 0, said
    assert "No provider of that name" in said.out
    assert "Time limit must be a whole number." in said.out
    assert "Total attempts must be 1 or more." in said.out
    assert "timeout = 60" in (home / "config.toml").read_text()


def test_a_model_that_nobody_knows_is_asked_about(converse, home: Path) -> None:
    said = converse("anthropic", "environment", "claude-9-ultra", "no", "claude-9-ultra", "yes", *FIRST[3:])
    assert said.status == 0, said
    assert "anthropic/claude-9-ultra is unknown to litellm." in said.out
    assert "claude-9-ultra" in (home / "config.toml").read_text()


def test_a_change_of_a_file(converse, home: Path) -> None:
    text = "# mine\n" + FILE.replace("num_retries = 8", "num_retries = 3  # few")
    (home / "config.toml").write_text(text)
    said = converse("retries", "num_retries", "6", "limit", "x", "limit", "2", "go on", "yes", "finish", "1", "1")
    assert said.status == 0
    assert "With 2 requests a minute: " in said.out
    assert (home / "config.toml").read_text() == text.replace("= 3", "= 6")


def test_unknown_keys_are_taken_out_after_a_yes(converse, home: Path) -> None:
    (home / "config.toml").write_text(FILE + "num_tries = 3\n")
    said = converse("review", "yes", "yes", "finish", "1", "1")
    assert said.status == 0, said
    assert (home / "config.toml").read_text() == FILE


def test_a_group_is_made_and_removed(converse, home: Path) -> None:
    (home / "config.toml").write_text(FILE)
    said = converse("new group", "fast", "anthropic", "environment", "=claude-haiku-5-5", "", "go on", "yes", ":quit")
    assert said.status == 0, said
    assert '[llm.fast]\nmodel = "anthropic/claude-haiku-5-5"' in (home / "config.toml").read_text()
    said = converse("[llm.fast]", "remove", "yes", "quit")
    assert "llm.fast" not in (home / "config.toml").read_text()


def test_undo(converse, home: Path) -> None:
    (home / "config.toml").write_text(FILE)
    assert main(["set", "--config", "config.toml", "num_retries=5"]) == 0
    converse("undo", "yes", "quit")
    assert (home / "config.toml").read_text() == FILE


def test_leaving_with_something_unsaved_asks_and_goes_on_the_next_time(converse, home: Path) -> None:
    said = converse(*FIRST[:4], ":quit", "no", ":quit", "yes")
    assert said.status == 0
    assert "not saved" in said.out
    assert not (home / "config.toml").exists()
    left_by_another_process(home)
    said = converse("yes", "", "go on", "yes", "finish", "1", "1")
    assert "Continue where you stopped? That was on Retries, just now." in said.out
    assert "anthropic/claude-opus-5" in said.out
    assert (home / "config.toml").read_text() == FILE


@pytest.mark.parametrize("answer", [":quit", "<", ":review"])
def test_what_was_left_is_decided_another_time(converse, home: Path, answer: str) -> None:
    converse(*FIRST[:4])
    left_by_another_process(home)
    assert converse(answer).status == 0
    assert "Continue where you stopped?" in converse("no", ":quit", "yes").out
    assert "Continue where you stopped?" not in converse(":quit").out


def test_answers_that_end_early_save_nothing_and_are_kept(converse, home: Path) -> None:
    said = converse(*FIRST[:4])
    assert (said.status, (home / "config.toml").exists()) == (1, False)
    assert "ended before all was saved" in said.err
    left_by_another_process(home)
    assert "Continue where you stopped? That was on Retries" in converse().out


def test_without_an_answer_the_commands_are_named(converse) -> None:
    said = converse()
    assert said.status == 2
    assert "stdin is at its end" in said.err
    assert "exec, env" in " ".join(said.err.split())


def test_somebody_else_saves_meanwhile(converse, home: Path, monkeypatch) -> None:
    (home / "config.toml").write_text(FILE)
    from tui.saving import transaction

    save, done = transaction.save, []

    async def late(*words: object, **more: object) -> object:
        if not done:
            done.append(True)
            (home / "config.toml").write_text(FILE.replace("= 120", "= 90"))
        return await save(*words, **more)

    monkeypatch.setattr(transaction, "save", late)
    said = converse("retries", "num_retries", "6", "go on", "yes", "yes", "finish", "1", "1")
    assert said.status == 0, said
    assert "Somebody else saved the file meanwhile" in said.out
    text = (home / "config.toml").read_text()
    assert "num_retries = 6" in text
    assert "retry_max_wait = 90" in text


def test_a_rehearsal_says_a_line_an_attempt(converse, home: Path, monkeypatch) -> None:
    from tui.trial.probe_client import Probe
    from tui.trial.reply import Reply

    replies = [Reply(status=429, error="RateLimitError", message="slow down"), Reply(status=200, text="ready")]

    async def call(_self: object, _order: object, _limit: float) -> Reply:
        return replies.pop(0)

    async def ready(_self: object) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr(Probe, "call", call)
    monkeypatch.setattr(Probe, "ready", ready)
    (home / "config.toml").write_text(FILE.replace("= 15\n", "= 0\n").replace("= 120", "= 0"))
    said = converse("test", "rehearse", "busy-minute", "finish", "1", "1")
    assert "attempt 1  429  rate limited" in said.out
    assert "attempt 2  200  answered" in said.out


# -- asking


def talk(monkeypatch, *answers: str) -> Talk:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))
    return Talk()


@pytest.mark.parametrize(("answer", "raised"), [("<", Back), (":quit", Leave), (":test", Jump)])
def test_ways_out_of_a_question(monkeypatch, answer: str, raised: type[Exception]) -> None:
    with pytest.raises(raised):
        talk(monkeypatch, answer).ask("Name")
    with pytest.raises(InputEnded):
        talk(monkeypatch).ask("Name")
    assert talk(monkeypatch, "\\" + answer).ask("Name") == answer


def test_many_are_narrowed_and_few_are_numbered(monkeypatch, capsys) -> None:
    names = [f"model-{number}" for number in range(100)]

    def find(text: str) -> list[Option[str]]:
        return [Option(name, name) for name in names if text in name]

    chosen, query = talk(monkeypatch, "9", "99").search("Model", find, nothing=str)
    assert (chosen, query) == ("model-8", "")
    assert f"{SHOWN} of 100" in capsys.readouterr().out
    assert talk(monkeypatch, "-9", "2").search("Model", find, nothing=str)[0] == "model-90"
    assert talk(monkeypatch, "-9", "").search("Model", find, nothing=str)[0] == "model-9"
    assert talk(monkeypatch, "model-7").search("Model", find, nothing=str)[0] == "model-7"
    assert talk(monkeypatch, "zzz", "-55").search("Model", find, nothing=str)[0] == "model-55"


def test_what_cannot_be_chosen_says_why(monkeypatch, capsys) -> None:
    options = [Option("a", "System keyring", "none answers here", possible=False), Option("b", "File")]
    assert talk(monkeypatch, "1", "9", "file").choose("Keep it in", options) == "b"
    assert "none answers here" in capsys.readouterr().out


def test_it_is_the_way_where_nothing_can_be_drawn(converse, monkeypatch) -> None:
    for name, value in (("TERM", ""), ("TERM", "unknown"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
        assert "Provider" in converse(":quit", words=()).out
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("ACCESSIBLE", "1")
    assert "Provider" in converse(":quit", words=()).out
    assert Step.PROVIDER
    assert os.environ["TERM"] == "xterm"


def test_a_key_goes_over_http_only_after_a_yes(converse, home: Path, monkeypatch) -> None:
    monkeypatch.setenv("LLM_API_KEY", "sk-1234567890abcdef")
    url = "http://gate.example:4000"
    (home / "config.toml").write_text(FILE.replace("anthropic/", "litellm_proxy/") + f'base_url = "{url}"\n')
    sent: list[object] = []

    async def try_out(_probe: object, plan: object, *_words: object, **_more: object) -> None:
        sent.append(plan)

    monkeypatch.setattr("tui.lines.trial.try_out", try_out)
    said = converse("test", "send", "", "no", ":quit")
    assert "whoever is on the way can read it" in said.out
    assert sent == []
    converse("test", "send", "", "yes", ":quit")
    assert len(sent) == 1
    assert "Send" not in converse("test", "send", "", ":quit").out.partition("Prompt")[2]
    assert len(sent) == 2
