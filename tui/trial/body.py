"""What the body of an answer says: its message, every word in it, and how long it asks to wait.

Providers put what matters into different places: OpenAI into `error.code`, Google into `error.details`, FastAPI into
`detail`, OpenRouter into `error.metadata.raw`, Azure into `error.innererror`, Groq into its sentence.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

_TAGS: Final = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_DEEPEST: Final = 12
"""Levels of a body that are looked at: Azure's content filter has five."""
_LONGEST: Final = 8_000
"""Characters of a body's words that are handed on."""
_PAGE: Final = 16_000
"""Characters of a web page that are looked at: taking out its tags is quadratic for a hostile one."""
_AGAIN: Final = re.compile(
    r"(?:try|retry)\s(?:again\s)?(?:in|after)\s(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)\s?(ms|s|seconds?)\b)?",
    re.IGNORECASE,
)
_DELAY: Final = re.compile(r"(\d+(?:\.\d+)?)s")


def parsed(text: str) -> Any:
    """`text` as JSON; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def message_in(text: str) -> str:
    """What a body says to people, with its code in parentheses; "" for nothing. A web page says its text."""
    body = parsed(text)
    if body is None:
        return _TAGS.sub(" ", text[:_PAGE]).strip()
    body = body[0] if isinstance(body, list) and body else body
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return error if isinstance(error, str) else text
    message = _sentence(error.get("message") or error.get("detail"))
    code = error.get("code") or error.get("type") or ""
    if not message:
        return text
    told = f"{message} ({code})" if isinstance(code, str) and code and code not in message else message
    return f"{told}: {upstream}" if (upstream := _upstream(error)) and upstream not in told else told


def _sentence(said: Any) -> str:
    """A message that is text, or FastAPI's list of what is wrong with which field, which Mistral wraps once more."""
    if isinstance(said, dict):
        said = said.get("detail") or said.get("message")
    if isinstance(said, list):
        return "; ".join(filter(None, map(_complaint, said[:5])))
    return said if isinstance(said, str) else ""


def _complaint(item: Any) -> str:
    said = item.get("msg") if isinstance(item, dict) else item
    if not isinstance(said, str):
        return ""
    where = item.get("loc") if isinstance(item, dict) else None
    parts = where if isinstance(where, list) else []
    name = ".".join(str(part) for part in parts if isinstance(part, str | int) and part != "body")
    return f"{name}: {said}" if name else said


def _upstream(error: dict[str, Any]) -> str:
    """What the provider behind OpenRouter said."""
    metadata = error.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, dict) else None
    return message_in(raw)[:300] if isinstance(raw, str) and raw else ""


def words_in(text: str) -> str:
    """All values of a body, `parent.name: value` a line, for patterns to be looked for; never shown whole."""
    body = parsed(text)
    if body is None:
        return _TAGS.sub(" ", text[:_PAGE])[:_LONGEST]
    lines, length = [], 0
    for line in _lines(body, "", _DEEPEST):
        lines.append(line)
        length += len(line)
        if length > _LONGEST:
            break
    return "\n".join(lines)[:_LONGEST]


def _lines(value: Any, name: str, levels: int) -> Iterator[str]:
    if isinstance(value, dict | list) and not levels:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lines(inner, f"{name.rpartition('.')[2]}.{key}", levels - 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _lines(inner, name, levels - 1)
    else:
        yield f"{name}: {value}"


def status_in(text: str) -> int | None:
    """The HTTP status that a body names as an error's: OpenRouter answers 200, and says within that it is a 502."""
    body = parsed(text)
    error = body.get("error") if isinstance(body, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    if re.fullmatch(r"[45]\d\d", str(code)[:4]):
        return int(str(code))
    return 500 if error else None


def wait_in(text: str) -> float | None:
    """Seconds that a body asks to wait: Google's RetryInfo, or "try again in 1m3.5s"; None when it does not ask."""
    words = words_in(text)
    delay = re.search(r"\.retryDelay: (.*)$", words, re.MULTILINE)
    if delay and (seconds := _DELAY.fullmatch(delay[1])):
        return float(seconds[1])
    found = _AGAIN.search(words)
    if not found or not any(found.groups()[:3]):
        return None
    hours, minutes, last, unit = found.groups()
    return float(hours or 0) * 3600 + float(minutes or 0) * 60 + float(last or 0) * (0.001 if unit == "ms" else 1)
