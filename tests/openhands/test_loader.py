"""Of some hundred texts, what we say that OpenHands does is what it did (recorded from the real release)."""

import json
import tomllib
from pathlib import Path

from tools.loader_texts import texts

from tui.openhands.loader import verdicts
from tui.openhands.tables import Effect, Trouble, Verdict, recorded_tables

RECORD = json.loads(Path(__file__).with_name("loader_outcomes.json").read_text())
KEPT = ("llm", "fast")
"""The groups of the texts that OpenHands keeps."""


def event(verdict: Verdict, data: dict) -> str | None:
    """What OpenHands logs then."""
    match verdict.outcome, verdict.trouble:
        case Effect.DROPS, _:
            return f"drops {'.'.join(verdict.lost)}"
        case Effect.IGNORES, _:
            return f"ignores {'.'.join(verdict.path)}"
        case _, Trouble.NO_GROUP:
            table = data
            for name in verdict.path:
                table = table[name]
            return f"no group {verdict.path[0]} {table}"
    return None


def test_the_record_is_of_these_texts() -> None:
    assert [text for text, _error, _events in RECORD["files"]] == texts()
    assert RECORD["version"] == recorded_tables().versions[0]


def test_what_openhands_does_with_each_text_is_known() -> None:
    wrong = []
    for text, error, events in RECORD["files"]:
        data = tomllib.loads(text)
        found = list(verdicts(data, KEPT))
        ends = any(verdict.outcome is Effect.ENDS for verdict in found)
        said = {event(verdict, data) for verdict in found} - {None}
        theirs = {name for name in events if not name.startswith("drops llm")}
        later = "enable_stuck_detection" in text
        if not later and (ends != bool(error) or (not error and said != theirs)):
            wrong.append((text, error, theirs, found))
    assert not wrong
