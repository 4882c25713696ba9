"""The last tests, kept in our state folder for a report: numbers and codes alone, nothing that a server said."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from tui.base.files import write_atomically
from tui.base.folders import private_folder, state_folder
from tui.trial.plan import TrialResult

MOST: Final = 5
_LARGEST: Final = 256 * 1024


def remember(result: TrialResult) -> None:
    """Keep a real test with those before it. It is for a report alone: what cannot be kept is let go."""
    if result.plan.is_rehearsal:
        return
    with suppress(OSError):
        text = json.dumps([*remembered(), _told(result)][-MOST:], indent=1)
        folder = private_folder(state_folder())
        write_atomically(folder / _path().name, text.encode(), mode=0o600)


def remembered() -> list[dict[str, Any]]:
    """The tests that are kept, the last one at the end; none where the file is not ours."""
    with suppress(OSError, ValueError, RecursionError):
        with _path().open("rb") as file:
            said = json.loads(file.read(_LARGEST))
        if isinstance(said, list):
            return [each for each in said if isinstance(each, dict)]
    return []


def _path() -> Path:
    return state_folder() / "tests.json"


def _told(result: TrialResult) -> dict[str, Any]:
    outcome, order = result.outcome, result.plan.order
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "provider": order.owner or order.family,
        "litellm": _litellm(),
        "ok": outcome.ok,
        "diagnosis": outcome.diagnosis.code if outcome.diagnosis else None,
        "attempts": [
            {"status": each.status, "error": each.error, "cause": each.reply.cause, "seconds": round(each.seconds, 3)}
            for each in result.attempts
        ],
        "seconds": round(outcome.seconds, 3),
        "prompt_tokens": outcome.prompt_tokens,
        "completion_tokens": outcome.completion_tokens,
        "cost_usd": outcome.cost_usd,
    }


def _litellm() -> str:
    try:
        return version("litellm")
    except PackageNotFoundError:
        return ""
