"""The JSON files inside litellm's package, read without importing it: that takes seconds and 180 MB.

They are its internals and move between releases; every reader here raises OSError or ValueError then.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TextIO

_PRICES: Final = "model_prices_and_context_window_backup.json"
_FORMS: Final = "proxy/public_endpoints/provider_create_fields.json"
_SUPPORT: Final = "provider_endpoints_support_backup.json"
_OPENAI_LIKE: Final = "llms/openai_like/providers.json"
RELEASED: Final = {
    (1, 106, 2): date(2026, 10, 21), (1, 106, 3): date(2026, 10, 24), (1, 106, 4): date(2026, 10, 25),
    (1, 106, 5): date(2026, 10, 27), (1, 106, 6): date(2026, 10, 28), (1, 106, 7): date(2026, 11, 4),
    (1, 106, 8): date(2026, 11, 11), (1, 106, 9): date(2026, 11, 12), (1, 106, 10): date(2026, 11, 14),
    (1, 106, 11): date(2026, 11, 19), (1, 106, 12): date(2026, 11, 20),
}  # fmt: skip
"""The days on which the releases of litellm were made that we ask for: their prices are those of that day."""
_CHUNK: Final = 64 * 1024
_KEY: Final = re.compile(r'[\s,]*("(?:[^"\\]|\\.)*")\s*:\s*')
_NEXT: Final = re.compile(r"\s*[,}]")
_END: Final = re.compile(r"[\s,]*\}")
_decoder: Final = json.JSONDecoder()


def litellm_folder() -> Path:
    """Where litellm is installed. Raises FileNotFoundError."""
    try:
        spec = find_spec("litellm")
    except (ImportError, ValueError):
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("litellm")
    return Path(next(iter(spec.submodule_search_locations)))


def litellm_version(folder: Path) -> str:
    """The release in `folder`, by the name of the dist-info beside it. "" if unknown.

    importlib.metadata would cost 1.5 MB.
    """
    names = sorted(path.name for path in folder.parent.glob("litellm-*.dist-info"))
    return names[-1].removeprefix("litellm-").removesuffix(".dist-info") if names else ""


def released(version: str) -> tuple[date, bool] | None:
    """The day of a release, and whether it is exact: of one newer than all we know, it is the day of our newest.

    None for one that we do not know and that is not newer.
    """
    parts = tuple(int(part) for part in version.split(".") if part.isdecimal())
    if parts in RELEASED:
        return RELEASED[parts], True
    newest = max(RELEASED)
    return (RELEASED[newest], False) if parts > newest else None


def price_rows(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Key and fields of each row of the price list, one at a time: as a whole it would be 15 MB of dictionaries."""
    with (folder / _PRICES).open(encoding="utf-8") as file:
        for key, row in _members(file):
            if isinstance(row, dict):
                yield key, row


def provider_forms(folder: Path) -> dict[str, dict[str, Any]]:
    """What each provider asks for, by litellm's id; of several forms of one provider the first counts."""
    forms: dict[str, dict[str, Any]] = {}
    for form in _whole(folder / _FORMS, list):
        forms.setdefault(form["litellm_provider"], form)
    return forms


def provider_support(folder: Path) -> dict[str, dict[str, Any]]:
    """Display name, page and endpoints of each provider, by id."""
    return dict(_whole(folder / _SUPPORT, dict)["providers"])


def openai_like(folder: Path) -> dict[str, dict[str, Any]]:
    """Base URL and key variable of the providers that litellm knows by this file alone."""
    return dict(_whole(folder / _OPENAI_LIKE, dict))


def _whole(path: Path, kind: type) -> Any:
    value = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(value, kind):
        raise ValueError(f"{path.name} is not a {kind.__name__}")  # noqa: TRY004 - to the caller both are a garbled file
    return value


def _members(file: TextIO) -> Iterator[tuple[str, Any]]:
    """The members of the JSON object in `file`. Raises ValueError where it is not one, or is cut off."""
    buffer = file.read(_CHUNK).lstrip()
    if not buffer.startswith("{"):
        raise ValueError("not a JSON object")
    position = 1
    while True:
        try:
            member, position = _member(buffer, position)
        except ValueError:
            if _END.match(buffer, position):
                return
            more = file.read(_CHUNK)
            if not more:
                raise
            buffer, position = buffer[position:] + more, 0
        else:
            yield member


def _member(buffer: str, start: int) -> tuple[tuple[str, Any], int]:
    """One `"key": value` and where it ends. Raises ValueError as long as it is not all there."""
    match = _KEY.match(buffer, start)
    if match is None:
        raise ValueError("no key")
    value, end = _decoder.raw_decode(buffer, match.end())
    if not _NEXT.match(buffer, end):
        raise ValueError("the value may go on")  # 12 of 123, 0 of 0.5
    key = match.group(1)
    return (json.loads(key) if "\\" in key else key[1:-1], value), end
