"""What happens during a test, one object at a time, and how `test --json` prints it."""

from dataclasses import asdict, dataclass
from typing import Any

from tui.trial.diagnosis import Diagnosis
from tui.trial.reply import Reply


@dataclass(frozen=True, slots=True)
class AttemptStarted:
    """Attempt `number` (from 1) was sent `at` seconds after the start, and is broken off after `limit` more."""

    number: int
    at: float
    limit: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """Attempt `number`, sent `at` seconds after the start, is over. `retryable`: OpenHands would try again."""

    number: int
    at: float
    reply: Reply
    retryable: bool

    @property
    def status(self) -> int | None:
        """The HTTP status; None when there was no response."""
        return self.reply.status

    @property
    def error(self) -> str | None:
        """The name of litellm's exception class; None for an answer."""
        return self.reply.error

    @property
    def message(self) -> str:
        """What the server or the network said; empty for an answer."""
        return self.reply.message

    @property
    def seconds(self) -> float:
        """How long the request took."""
        return self.reply.seconds

    @property
    def retry_after(self) -> float | None:
        """Seconds that the provider asks to wait; OpenHands does not heed it."""
        return self.reply.retry_after


@dataclass(frozen=True, slots=True)
class Waiting:
    """After failed attempt `after`, a wait of `seconds` begins."""

    after: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a test: an answer (`ok`) or a `diagnosis`. `seconds` from start to end, waits included."""

    ok: bool
    attempts: int
    text: str
    prompt_tokens: int | None
    completion_tokens: int | None
    cost_usd: float | None
    seconds: float
    diagnosis: Diagnosis | None = None
    last: Attempt | None = None
    """The attempt that decided; None when none was made."""
    out_of_time: bool = False
    """The time limit ended it, and not the policy."""
    unknown_up_to: str = ""
    """The newest release of openhands-ai that cannot call this provider; "" when all can."""


Event = AttemptStarted | Attempt | Waiting | Outcome


def as_json(event: Event) -> dict[str, Any] | None:
    """The object that `test --json` prints for `event`, seconds to a thousandth; None for one that is not printed."""
    match event:
        case Attempt():
            return _told(
                "attempt", event, "number", "status", "error", "message", "seconds", "retry_after", "retryable"
            )
        case Waiting():
            return _told("wait", event, "after", "seconds")
        case Outcome(ok=True):
            names = ("ok", "attempts", "text", "prompt_tokens", "completion_tokens", "cost_usd", "seconds")
            return _told("result", event, *names)
        case Outcome(diagnosis=diagnosis):
            why = asdict(diagnosis) if diagnosis else None
            told = _told("result", event, "ok", "attempts", "seconds")
            return {**told, "diagnosis": why}
    return None


def _told(kind: str, event: Event, *names: str) -> dict[str, Any]:
    told = {name: getattr(event, name) for name in names}
    return {"event": kind, **told, "seconds": round(told["seconds"], 3)}
