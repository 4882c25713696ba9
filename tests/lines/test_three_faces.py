"""Forty set-ups made by the draft that the screens edit, by `set`, and in lines: the same bytes each time."""

import asyncio
from pathlib import Path

import pytest
from checks.test_forty_setups import SETUPS, set_up
from tools.memory_store import MemoryStore

from tui.catalog.providers import first_class
from tui.cli import main
from tui.config_file.document import read_config
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.drafts.policy import texts_of
from tui.openhands.fields import RETRY_KEYS
from tui.retry.policy import PRESETS
from tui.saving.transaction import save

PROVIDERS = {provider.id: provider for provider in first_class()}
OPTIONS = [
    {}, {"temperature": "0.5"}, {"drop_params": "false", "timeout": "60"}, {"reasoning_effort": "high"},
    {"top_p": "0.9", "max_output_tokens": "4096", "log_completions": "true"}, {"seed": "7"},
]  # fmt: skip
NEEDED = {"api_version": "2024-10-21", "aws_region_name": "us-east-1"}

BEFORE = [
    "", "# mine\n", "[core]\nworkspace_base = './w'\n\n[sandbox]\ntimeout = 120  # seconds\n",
    '[core]\n\n[llm]\nmodel = "anthropic/claude-opus-5" # the big one\nnum_retries = 3\ntop_k = 4\n\n[agent]\n',
    "[core]\r\n\r\n[llm.fast]\r\nmodel = 'openai/gpt-5.5'\r\n",
]  # fmt: skip


def takes_url(id_: str) -> bool:
    return any(need.key == "base_url" for need in PROVIDERS[id_].needs)


CASES = [
    (number, row) for number, row in enumerate(SETUPS) if takes_url(row[0]) or not row[2].strip()
]  # fmt: skip
CASES += [(number + 100, row) for number, row in CASES[:12]]


def needed(id_: str) -> dict[str, str]:
    return {need.key: NEEDED[need.key] for need in PROVIDERS[id_].needs if need.key in NEEDED}


def by_draft(home: Path, row: tuple, options: dict[str, str], preset) -> bytes:
    """As the screens write through to the draft, and Review saves it."""
    draft = set_up(home, *row[:3])
    for key, text in {**needed(row[0]), **options}.items():
        draft.edit(key, text)
    for key, text in texts_of(draft, preset.policy).items():
        draft.edit(key, text)
    draft.retries_accepted = True
    asyncio.run(save(draft, MemoryStore()))
    return (home / "config.toml").read_bytes()


def by_set(home: Path, row: tuple, options: dict[str, str], preset) -> bytes:
    fields = {"base_url": row[4], **needed(row[0]), "model": row[3]}
    fields |= {key: f"{getattr(preset.policy, key):g}" for key in RETRY_KEYS} | options
    words = [f"{key}={value}" for key, value in fields.items() if value]
    present = Draft(read_config(home / "config.toml"), OwnSettings(), {})
    gone = [key for key in ("base_url",) if present.texts[key] and not row[4]]
    assert main(["set", "--config", "config.toml", *words, *(f"--unset={key}" for key in gone)]) == 0
    return (home / "config.toml").read_bytes()


def answers(row: tuple, options: dict[str, str], preset, *, first_run: bool) -> list[str]:
    id_, model, url = row[:3]
    said = [] if first_run else ["provider"]
    said.append(id_)
    for need in PROVIDERS[id_].needs:
        if need.key == "base_url":
            said.append(url.strip())
        elif need.key in NEEDED:
            said.append(NEEDED[need.key])
    if any(need.required and need.key == "api_key" for need in PROVIDERS[id_].needs):
        said.append("environment")
    said.append(f"={model}")
    for key, text in options.items():
        said += [key, text]
    return [*said, "", preset.key, "go on", "yes", "finish", "1", "1"]


def begin(home: Path, text: str) -> None:
    (home / "config.toml").unlink(missing_ok=True)
    if text:
        (home / "config.toml").write_bytes(text.encode())


def test_there_are_forty() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize(("number", "row"), CASES, ids=[f"{number}-{row[0]}" for number, row in CASES])
def test_three_faces_write_the_same_bytes(number: int, row: tuple, home: Path, converse) -> None:
    options, preset, before = OPTIONS[number % 6], PRESETS[number % 5], BEFORE[number % 5 if number >= 100 else 0]
    if '"anthropic' in before and row[0] == "anthropic":
        before = ""
    begin(home, before)
    drafted = by_draft(home, row, options, preset)
    begin(home, before)
    said = converse(*answers(row, options, preset, first_run="[llm" not in before))
    assert said.status == 0, said
    assert (home / "config.toml").read_bytes() == drafted, said.out
    begin(home, before)
    assert by_set(home, row, options, preset) == drafted
