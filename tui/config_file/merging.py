"""Bringing one's own changes together with those that somebody else made to the same file meanwhile."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tui.config_file.places import Names
from tui.config_file.reading import ConfigText
from tui.config_file.rewriting import Edits, Value, rewrite, same

Key = tuple[Names, str]
"""The path of a table, and the name of a key in it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A key that both changed, each to something else; None stands for a key that is not there."""

    table: Names
    key: str
    base: Any = field(repr=False)
    mine: Any = field(repr=False)
    theirs: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Merge:
    """Both changes in one."""

    text: str = field(repr=False)
    """Their file with my changes, and with theirs where we clash."""
    merged: tuple[Key, ...]
    """What they changed and I did not, and is in the text now: their keys in the order of the file, then those gone."""
    conflicts: tuple[Clash, ...]


def merge(
    base: ConfigText,
    edits: Edits,
    theirs: ConfigText,
    *,
    mine: Collection[Key] = (),
    ensure: Sequence[Names] = (),
    together: Sequence[Sequence[str]] = (),
) -> Merge:
    """My `edits` to the file as I read it, `base`, made to the file as it is now, `theirs`.

    The same change by both is no conflict, nor is an edit that changes nothing. `mine` are the keys for which I win;
    `ensure` and `together` are those of `rewrite`. Raises SetupError as that does.
    """
    job = _Merging(mine)
    for path, values in edits.items():
        for name, value in values.items():
            job.take(path, name, value, _table(base.data, path), _table(theirs.data, path))
    text = rewrite(theirs.text, job.edits, ensure=ensure, together=together) if job.edits else theirs.text
    changed = _differences(base.data, theirs.data)
    merged = tuple((path, name) for path, name in changed if not job.settled(path, name))
    return Merge(text, merged, tuple(job.clashes))


class _Merging:
    """Decides key by key."""

    def __init__(self, mine: Collection[Key]) -> None:
        self.edits: dict[Names, dict[str, Value | None]] = {}
        self.clashes: list[Clash] = []
        self._mine = mine
        self._own: set[Names] = set()

    def take(
        self, path: Names, name: str, value: Any, base: dict[str, Any] | None, theirs: dict[str, Any] | None
    ) -> None:
        """Take the edit that gives `value` to `name` of the table at `path`, which was `base` and is `theirs`."""
        was, now = (None if table is None else table.get(name) for table in (base, theirs))
        removed = base is not None and theirs is None
        if same(was, value):
            return
        if isinstance(value, dict) and isinstance(was, dict) and isinstance(now, dict) and not same(was, now):
            for key in {**was, **value}:
                self.take((*path, name), key, value.get(key), was, now)
            return
        self._own.add((*path, name))
        if same(now, value):
            return
        if (path, name) in self._mine or (same(was, now) and not removed):
            self.edits.setdefault(path, {})[name] = value
        else:
            self.clashes.append(Clash(path, name, was, value, now))

    def settled(self, path: Names, name: str) -> bool:
        """Whether I changed the key at `path` too."""
        names = (*path, name)
        return any(names[:depth] in self._own for depth in range(1, len(names) + 1))


def _table(data: dict[str, Any], path: Names) -> dict[str, Any] | None:
    found: Any = data
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else None


def _differences(base: dict[str, Any], theirs: dict[str, Any], path: Names = ()) -> Iterator[Key]:
    for name, now in theirs.items():
        was = base.get(name)
        if isinstance(was, dict) and isinstance(now, dict):
            yield from _differences(was, now, (*path, name))
        elif not same(was, now):
            yield path, name
    for name in base:
        if name not in theirs:
            yield path, name
