"""A newer list of models and prices: fetched when the user asks for it, judged, and kept in the cache folder.

The list is litellm's own published one, or one of the same form. What it lacks (providers and their needs) stays that
of the bundled snapshot, and rows of providers that the bundled litellm does not know are left out: nothing could call
them.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from tui.base.errors import SetupError
from tui.base.files import write_atomically
from tui.base.folders import private_folder, tilde
from tui.base.foreign import clean, why
from tui.base.translation import _
from tui.catalog.download import download
from tui.catalog.model import Model
from tui.catalog.price_list import models_of
from tui.catalog.search import newest_first
from tui.catalog.snapshot import LARGEST, Snapshot, current, refreshed_path, rows_of, snapshot_bytes

PUBLISHED: Final = "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json"
"""litellm's price list, as its project publishes it."""
VARIABLE: Final = "LLM_SETUP_CATALOGUE"
"""Names another source, an address or a path."""
FEWEST: Final = 50
NAMED: Final = 8
"""Models that are named of each kind of change."""
SHARE: Final = 0.5
"""A list with fewer models than this share of the present ones is a broken one."""


class Changes(NamedTuple):
    """What a refresh came to; models by id."""

    source: str
    day: date
    rows: int
    new: list[str]
    gone: list[str]
    dearer: list[str]
    cheaper: list[str]
    unchanged: bool
    """Whether the source says that nothing is new since the last refresh."""


def source_of(environ: Mapping[str, str], preference: str) -> str:
    """Where the list comes from when nobody says: the variable, our own settings, litellm's project."""
    return environ.get(VARIABLE, "").strip() or preference or PUBLISHED


def refresh(source: str, sha256: str = "", *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Changes:
    """Fetch the list from an https address or a path, and put it into the cache.

    Raises SetupError, and nothing has changed then. With `sha256` only the list with that digest, in hex, is taken.
    """
    before = current()
    etag = before.etag if before.source == source and not sha256 else ""
    if "://" in source:
        answer = download(source, etag=etag, most=LARGEST)
        data, etag = answer.data, answer.etag
    else:
        data, etag = _read(Path(source).expanduser()), ""
    day = now().date()
    if data is None:
        _keep(before.rows, source, day, etag)
        return Changes(source, day, sum(map(len, before.rows.values())), [], [], [], [], unchanged=True)
    if sha256 and hashlib.sha256(data).hexdigest() != sha256.strip().lower():
        raise SetupError(
            _("The list at {source} has another SHA-256 than the one that was named.").format(source=_shown(source)),
            _("Nothing was changed. Compare the digest with that of who gave it to you."),
        )
    families = _families(_prices(data, source), before.known)
    _require_enough(families, before, source)
    rows = {family: rows_of(newest_first(models)) for family, models in sorted(families.items())}
    _keep(rows, source, day, etag)
    return _changes(before, families, source, day)


def told(changes: Changes) -> list[str]:
    """What came, in a few lines."""
    source = _shown(changes.source)
    if changes.unchanged:
        return [_("Nothing new at {source}: {rows:,} models, as of today.").format(source=source, rows=changes.rows)]
    lines = [_("{rows:,} models from {source}.").format(rows=changes.rows, source=source)]
    kinds = (
        (_("new"), changes.new), (_("gone"), changes.gone), (_("dearer"), changes.dearer),
        (_("cheaper"), changes.cheaper),
    )  # fmt: skip
    for kind, ids in kinds:
        if ids:
            more = f", … ({len(ids):,})" if len(ids) > NAMED else ""
            lines.append(f"{kind}: {', '.join(clean(id_, limit=80) for id_ in ids[:NAMED])}{more}")
    return lines if len(lines) > 1 else [*lines, _("No model came or went, and no price changed.")]


def forget() -> bool:
    """Go back to the bundled snapshot; whether there was a refreshed one. Raises SetupError."""
    try:
        refreshed_path().unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unusable(refreshed_path(), error) from None
    return True


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise _unusable(path, error) from None
    if len(data) > LARGEST:
        raise SetupError(
            _("{path} is larger than {most} MB.").format(path=clean(tilde(path)), most=LARGEST // 2**20),
            _("Name litellm's list of models and prices."),
        )
    return data


def _prices(data: bytes, source: str) -> dict[str, Any]:
    try:
        prices = json.loads(data)
    except (ValueError, RecursionError):
        prices = None
    if isinstance(prices, dict):
        return prices
    raise SetupError(
        _("{source} is not a list of models.").format(source=_shown(source)),
        _("Nothing was changed. The list is a JSON object with a member for each model, as litellm publishes it."),
    )


def _families(prices: Mapping[str, Any], known: frozenset[str]) -> dict[str, list[Model]]:
    families: dict[str, list[Model]] = {}
    for model in models_of(prices):
        if model.family in known:
            families.setdefault(model.family, []).append(model)
    return families


def _require_enough(families: Mapping[str, list[Model]], before: Snapshot, source: str) -> None:
    found, had = sum(map(len, families.values())), sum(map(len, before.rows.values()))
    if found >= max(FEWEST, SHARE * had):
        return
    message = _("The list at {source} has {found} models, and there were {had}.")
    raise SetupError(
        message.format(source=_shown(source), found=found, had=had),
        _("Nothing was changed: so short a list is probably a broken one."),
    )


def _keep(rows: Mapping[str, Any], source: str, day: date, etag: str) -> None:
    path = refreshed_path()
    told = {
        "litellm": "", "source": source, "day": day.isoformat(), "etag": etag, "models": dict(rows), "providers": [],
        "known": [], "bare": [], "releases": {},
    }  # fmt: skip
    try:
        write_atomically(private_folder(path.parent) / path.name, snapshot_bytes(told), mode=0o600)
    except OSError as error:
        raise _unusable(path, error) from None


def _changes(before: Snapshot, families: Mapping[str, list[Model]], source: str, day: date) -> Changes:
    olds = {model.id: model for model in before.models()}
    news = {model.id: model for models in families.values() for model in models}
    both = [(id_, _cost(olds[id_]), _cost(news[id_])) for id_ in sorted(olds.keys() & news.keys())]
    return Changes(
        source, day, len(news),
        new=sorted(news.keys() - olds.keys()), gone=sorted(olds.keys() - news.keys()),
        dearer=[id_ for id_, old, new in both if old is not None and new is not None and new > old],
        cheaper=[id_ for id_, old, new in both if old is not None and new is not None and new < old],
        unchanged=False,
    )  # fmt: skip


def _cost(model: Model) -> float | None:
    prices = (model.input_per_million, model.output_per_million)
    return None if None in prices else sum(price for price in prices if price is not None)


def _shown(source: str) -> str:
    return clean(source, limit=80)


def _unusable(path: Path, error: OSError) -> SetupError:
    return SetupError(
        _("{path} cannot be used: {reason}.").format(path=clean(tilde(path)), reason=why(error)),
        _("Nothing was changed."),
    )
