"""What came of one call."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any, Final

from tui.base.redaction import presentable
from tui.base.secret import Secret

LONGEST_TEXT: Final = 2000
LONGEST_WORDS: Final = 8000

_NUMBER: Final = (int, float, NoneType)
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "status": (int, NoneType), "error": (str, NoneType), "message": (str,), "seconds": (int, float),
    "retry_after": _NUMBER, "text": (str,), "prompt_tokens": (int, NoneType), "completion_tokens": (int, NoneType),
    "cost_usd": _NUMBER, "requests": (int,), "cause": (str, NoneType), "words": (str,), "inner_status": (int, NoneType),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reply:
    """One call's result: texts are one line each, without keys and control characters.

    `status`: of the HTTP response, None when there was none (litellm invents 500 then). `error`: the name of litellm's
    exception class, or `LLMNoResponseError` for an answer without choices. `retry_after` and `seconds` in seconds.
    `requests`: HTTP requests really sent. `cause`: what the status cannot tell, one of refused, reset, unreachable,
    dns, tls, proxy, timeout, redirected, foreign-origin, web-page, page-of-refusal, not-http, not-an-llm, too-large,
    empty-answer, no-provider, no-project, no-key, unsendable-key, login, missing-package, no-litellm, probe-crashed
    (another one is started), probe-failed (none is). `words`: all that the body of a failure says, for the diagnosis
    and not to be shown. `inner_status`: the status of an error within an answer of status 200.
    """

    status: int | None = None
    error: str | None = None
    message: str = ""
    seconds: float = 0.0
    retry_after: float | None = None
    text: str = ""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cost_usd: float | None = None
    requests: int = 0
    cause: str | None = None
    words: str = ""
    inner_status: int | None = None

    @property
    def ok(self) -> bool:
        """There was an answer, with text in it."""
        return self.error is None and self.cause is None

    @classmethod
    def of(cls, answer: Mapping[str, Any], hidden: Iterable[Secret]) -> "Reply":
        """The probe's answer, redacted once more on this side of the pipe. Raises TypeError for what is no answer."""
        for name, value in answer.items():
            if not isinstance(value, _TYPES.get(name, ())):
                raise TypeError(name)
        secrets = list(hidden)
        texts = {
            "message": presentable(answer.get("message", ""), secrets),
            "text": presentable(answer.get("text", ""), secrets, limit=LONGEST_TEXT),
            "words": presentable(answer.get("words", ""), secrets, limit=LONGEST_WORDS),
        }
        return cls(**{**answer, **texts})
