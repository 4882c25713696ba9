"""Hostile files, environments and words in combinations: no key is shown or sent astray, nothing crashes or is cut."""

import contextlib
import io
import os
import sys
import tomllib
from pathlib import Path

import pytest
from tools.combinations import KEYS, Combination, combination, shown
from tools.llm_server import LlmServer
from tools.memory_store import MemoryStore
from tools.pictures import StillApp, draft_of
from tools.prompt_pilot import make_prompt

from tui.base.errors import SetupError
from tui.cli import main
from tui.screens.messages import Move
from tui.widgets.steps import Step

ENDS = {0, 1, 2, 3, 4}
NOWHERE = "http://127.0.0.1:9/v1"


def laid_out(tried: Combination, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files and the environment of a combination."""
    path = folder / "config.toml"
    path.write_bytes(tried.toml)
    path.chmod(0o600)
    for name, value in tried.environ.items():
        monkeypatch.setenv(name, value)
    settings = folder / ".openhands/agent_settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.unlink(missing_ok=True)
    if tried.settings:
        settings.write_bytes(tried.settings)
    return path


def outcome(tried: Combination, monkeypatch: pytest.MonkeyPatch) -> tuple[object, str]:
    """The status of the command, or what it raised; and what it said."""
    said = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(tried.stdin.encode())))
    monkeypatch.setattr("os.execvpe", lambda *_words: sys.exit(0))
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            status: object = main(tried.words)
        except SystemExit as end:
            status = end.code
        except Exception as error:  # noqa: BLE001 - a crash is what is looked for
            status = error
    return status, said.getvalue()


def keys_in(said: str, words: list[str]) -> list[str]:
    """The names of those that are shown. `env` gives names of models, be they keys or not."""
    lines = [line for line in said.split("\n") if not ("env" in words and "LLM_MODEL" in line)]
    return [name for name, key in KEYS.items() if any(shown(key, line) for line in lines)]


def is_odd(text: str) -> bool:
    return any((ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 for c in text)


def is_whole(path: Path, before: bytes) -> bool:
    """Whether the file is as before, or TOML; and nothing is left beside it."""
    after = path.read_bytes() if path.exists() else b""
    if [*path.parent.rglob("*.tmp")]:
        return False
    with contextlib.suppress(ValueError):
        return after == before or tomllib.loads(after.decode()) is not None
    return False


def uses_network(words: list[str]) -> bool:
    return "--live" in words or (words[0] == "test" and "--rehearse" not in words)


def test_commands(home, tries, attack, monkeypatch):
    tally = attack("combinations of files, environments and commands")
    for number in range(tries(1200)):
        tried = combination(number, NOWHERE)
        if uses_network(tried.words):
            continue
        with monkeypatch.context() as patch:
            path = laid_out(tried, home, patch)
            status, said = outcome(tried, patch)
        found = keys_in(said, tried.words)
        held = status in ENDS and not found and not is_odd(said) and is_whole(path, tried.toml)
        tally.hold(held, f"{tried.case}: {status!r}, shown: {found}, {said[-300:]!r}")
    tally.close()


def test_servers_of_strangers_get_no_key(home, tries, attack, monkeypatch):
    """The file in the current folder is a stranger's; whose key it is that it holds itself, it may say."""
    tally = attack("combinations that ask a stranger's server")
    with LlmServer() as server:
        for number in range(tries(20)):
            tried = combination(number, server.base_url)
            words = ["test", "--json"] if number % 2 else ["models", "--live"]
            lines = f'[core]\n[llm]\nmodel = "openai/x"\nbase_url = "{server.base_url}"\nnum_retries = 1\n'.encode()
            theirs = {
                name: value for name, value in tried.environ.items() if name not in ("LLM_BASE_URL", "LLM_SETUP_CONFIG")
            }
            variable = ("LLM_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY")[number % 3]
            tried = tried._replace(
                words=words, environ=theirs | {variable: KEYS["of the environment"]},
                toml=lines + tried.toml.partition(b"[llm]\n")[2] if number % 4 else lines,
            )  # fmt: skip
            with monkeypatch.context() as patch:
                laid_out(tried, home, patch)
                status, said = outcome(tried, patch)
            sent = [request for request in server.requests() if shown(KEYS["of the environment"], str(request))]
            held = status in ENDS and not sent and not keys_in(said, words)
            tally.hold(held, f"{tried.case}: {status!r}, sent {len(sent)}, {said[-300:]!r}")
    tally.close()


class Drawer(MemoryStore):
    """A keyring that keeps, and has no process."""

    pid = None

    async def close(self) -> None:
        pass


async def test_pages(home, tries, attack, monkeypatch):
    """What stands in the field that is edited is the user's own; all else shows no key."""
    make_prompt(monkeypatch)
    tally = attack("combinations of files, environments and pages")
    for number in range(tries(40)):
        tried = combination(number, NOWHERE)
        with monkeypatch.context() as patch:
            path = laid_out(tried, home, patch)
            try:
                app = StillApp(draft_of(path, {**os.environ}))
            except SetupError as refusal:
                tally.hold(not keys_in(str(refusal), []), f"{tried.case}: {refusal}")
                continue
            app.desk.keyring = Drawer()
            seen, broken = [], None
            try:
                async with app.run_test(size=(120, 36)) as pilot:
                    for step in (
                        Step.OVERVIEW,
                        Step.KEY,
                        Step.MODEL,
                        Step.OPTIONS,
                        Step.RETRIES,
                        Step.REVIEW,
                        Step.TEST,
                    ):
                        app.journey.passed |= set(Step)
                        app.on_move(Move(step))
                        await pilot.pause()
                        typed = [str(each.value) for each in app.screen.query("Input, Choice")]
                        lines = [strip.text for strip in app.screen._compositor.render_strips()]
                        seen += [
                            f"{step.name}: {line}"
                            for line in lines
                            if not any(text and text[:12] in line for text in typed)
                        ]
            except Exception as error:  # noqa: BLE001 - a crash is what is looked for
                broken = error
            found = keys_in("\n".join(seen), [])
            where = [line.strip()[:100] for line in seen if keys_in(line, [])]
            tally.hold(not broken and not found and is_whole(path, tried.toml), f"{tried.case}: {broken!r} {where[:3]}")
    tally.close()
