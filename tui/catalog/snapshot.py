"""The catalogue that is bundled with the program, and the one that a refresh puts into the cache: one file format.

A gzipped JSON object, made by tests/tools/make_catalogue.py from an installed litellm:

    litellm     its release, "1.110.2"; "" in a refreshed one
    source      where a refreshed one came from, an address or a path; "" in the bundled one
    day         the day on which its prices were true, ISO
    models      {family: [[name, context, max_output, input, output, cached, abilities, retired_on], …]}, newest first;
                prices in US dollars a million tokens, None is unknown, trailing Nones are left out
    providers   [[id, name, docs, base_url, key_variable, on_aws, [other needs]], …], the less common ones
    known       every id that litellm routes by
    bare        the names of models that litellm knows without a provider
    etag        what the source called this version; left out in the bundled one
    releases    {release of litellm: [ids that it routes by]}, for the releases that OpenHands' releases carry

In `abilities` a digit to base three stands for each of vision, tools, caching and reasoning: 0 unknown, 1 no, 2 yes.
"""

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from tui.base.folders import cache_folder
from tui.catalog.model import Model

BUNDLED: Final = Path(__file__).with_name("snapshot.json.gz")
LARGEST: Final = 20 * 1024 * 1024
"""Bytes of the JSON text: what is larger is not read."""
_ABLE: Final = (None, False, True)


class Described(NamedTuple):
    """A less common provider, as litellm's files describe it."""

    id: str
    name: str
    docs: str
    base_url: str
    key_variable: str
    on_aws: bool
    beyond: Sequence[str]
    """What it also requires, and `[llm]` has no key for."""


class Snapshot(NamedTuple):
    """What the file holds; models and providers are made when they are asked for."""

    litellm: str
    source: str
    day: date
    rows: Mapping[str, list[list[Any]]]
    described: list[list[Any]]
    known: frozenset[str]
    bare: frozenset[str]
    releases: Mapping[str, frozenset[str]]
    etag: str = ""

    @property
    def name(self) -> str:
        """What it is called in a sentence: the release of litellm that it was made from, or where it came from."""
        return f"litellm {self.litellm}" if self.litellm else urlsplit(self.source).hostname or self.source

    def models(self) -> Iterator[Model]:
        """Its rows, family by family, in each the newest first."""
        for family, rows in self.rows.items():
            name_of_family, prefix = sys.intern(family), f"{family}/"
            for row in rows:
                yield _model(name_of_family, prefix, row)

    def providers(self) -> Iterator[Described]:
        """The less common providers, by id."""
        return (Described(*row) for row in self.described)


def read_snapshot(path: Path) -> Snapshot:
    """The snapshot in `path`. Raises OSError, or ValueError for what is none."""
    try:
        with gzip.open(path) as file:
            text = file.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise ValueError("too large")
        told = json.loads(text)
        return Snapshot(
            str(told["litellm"]), str(told["source"]), date.fromisoformat(told["day"]),
            told["models"], told["providers"],
            frozenset(told["known"]), frozenset(told["bare"]),
            {release: frozenset(ids) for release, ids in told["releases"].items()},
            str(told.get("etag", "")),
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError, EOFError, zlib.error, RecursionError) as error:
        raise ValueError(f"{path.name} is not a catalogue") from error


def current() -> Snapshot:
    """The one in use: the models of a refresh unless the bundled ones are newer, and the providers of the bundled one.

    Raises OSError or ValueError where the installation is broken.
    """
    path = refreshed_path()
    try:
        status = path.stat()
    except OSError:
        return bundled()
    return _refreshed(path, status.st_mtime_ns, status.st_size)


def refreshed_path() -> Path:
    """Where a refresh keeps what it fetched."""
    return cache_folder() / "catalogue.json.gz"


@lru_cache(maxsize=2)
def _refreshed(path: Path, _changed: int, _size: int) -> Snapshot:
    """The one in `path` on the ground of the bundled one; one that cannot be read counts as none."""
    ground = bundled()
    try:
        own = read_snapshot(path)
    except (OSError, ValueError):
        return ground
    if own.day < ground.day:
        return ground
    return ground._replace(litellm="", source=own.source, day=own.day, etag=own.etag, rows=own.rows)


@cache
def bundled() -> Snapshot:
    """The one that came with the program. Raises OSError or ValueError where the installation is broken."""
    return read_snapshot(BUNDLED)


def snapshot_bytes(told: Mapping[str, Any]) -> bytes:
    """The file for these members, the same for the same members."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def rows_of(models: Iterable[Model]) -> list[list[Any]]:
    """The rows of the models of one family."""
    return [_row(model) for model in models]


def _model(family: str, prefix: str, row: list[Any]) -> Model:
    full: list[Any] = row + _NONE[len(row) :]
    name, context, max_output, into, out, cached, abilities, retired = full
    vision, tools, caching, reasoning = _ABILITIES[abilities or 0]
    return Model(
        prefix + name, family, name, context, max_output, into, out, cached, vision, tools, caching, reasoning,
        date.fromisoformat(retired) if retired else None,
    )  # fmt: skip


def _row(model: Model) -> list[Any]:
    able = (model.vision, model.tools, model.caching, model.reasoning)
    row = [
        model.name, model.context, model.max_output,
        model.input_per_million, model.output_per_million, model.cached_per_million,
        _ABILITIES.index(able) or None, model.retired_on and model.retired_on.isoformat(),
    ]  # fmt: skip
    while row[-1] is None:
        row.pop()
    return row


_NONE: Final[list[Any]] = [None] * 8
_ABILITIES: Final = [(a, b, c, d) for a in _ABLE for b in _ABLE for c in _ABLE for d in _ABLE]
