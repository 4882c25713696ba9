"""The files of further programs that are set up alike: what a draft of one file is saved to beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tui.config_file.document import ConfigText
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.openhands.effective import retries_of
from tui.openhands.field import Field, Kind, Value
from tui.openhands.fields import FIELDS
from tui.openhands.groups import DEFAULT, table_path
from tui.openhands.targets.further import FURTHER
from tui.openhands.targets.llm_file import LlmFile
from tui.openhands.targets.target import Target, targets
from tui.saving.assignments import Request
from tui.saving.file_update import Update
from tui.saving.target_update import left_out_of, update_target


@dataclass(frozen=True, slots=True)
class OtherFile:
    """What a save does to the file of another program."""

    target: Target
    update: Update
    left_out: Mapping[str, str]
    """Settings that the program does not take, as `left_out_of` tells them."""

    @property
    def updates(self) -> list[Update]:
        """All files that change."""
        return [update for update in (self.update, *self.update.along) if update.changed]


class Planned(NamedTuple):
    """What a program's file is asked for."""

    target: Target
    path: Path
    request: Request


FilePlan = list[Planned]


def plan_for(draft: Draft, others: Sequence[Target], *, alike: bool = False, config: Path | None = None) -> FilePlan:
    """What each of them is asked for: to say what the draft says, and no longer what it says no longer.

    `alike`: they also lose what the draft does not say, and get the retry settings that its program takes by default.
    `config` is a config.toml that was named. Of a group it is the profile of that name that is asked.

    To be made before the draft is saved: it knows no typed key afterwards.
    Raises SetupError.
    """
    plan = []
    group = None if draft.is_default else table_path(draft.group)[-1]
    for target in others:
        path = target.locate(config, group)
        theirs = target.read(path)
        settings = dict(_settings(draft, Draft(theirs, draft.own, target.environment(draft.environ))))
        plan.append(Planned(target, path, Request(DEFAULT, (_alike(draft, theirs) if alike else {}) | settings)))
    return plan


def carry_out(plan: FilePlan, *, write: bool) -> list[OtherFile]:
    """Save it, or without `write` only tell. Raises SetupError: those before it are saved then."""
    return [
        OtherFile(target, update_target(target, path, request, write=write), left_out_of(target, request))
        for target, path, request in plan
    ]


def preview(draft: Draft, others: Sequence[Target], *, alike: bool) -> list[OtherFile]:
    """What saving the draft does to them. Raises SetupError."""
    return carry_out(plan_for(draft, others, alike=alike), write=False)


def _alike(draft: Draft, theirs: ConfigText) -> dict[str, Value | None]:
    """What takes from a file what the draft's does not say, though its program could take it."""
    own = targets()[draft.config.kind]
    plain = {field.key for field in FIELDS if not field.ours and field.kind not in (Kind.SECRET, Kind.TABLES)}
    stands = [*theirs.table(DEFAULT), *theirs.further]
    gone = {key: None for key in stands if (key in plain or key in FURTHER) and own.has(key)}
    return gone | retries_of(draft.config, DEFAULT)


def _settings(draft: Draft, theirs: Draft) -> Iterator[tuple[str, Value | None]]:
    for field in FIELDS:
        if field.ours or field.kind is Kind.TABLES:
            continue
        if field.kind is Kind.SECRET:
            yield from _key(draft, field.key, theirs)
        elif draft.effective_text(field.key):
            yield field.key, _value(draft, field)
        elif draft.loaded[field.key]:
            yield field.key, None
    if isinstance(draft.config, LlmFile):
        stands = {key: draft.config.llm[key] for key in draft.config.further}
        yield from (stands | draft.further.edits()).items()


def _value(draft: Draft, field: Field) -> Value | None:
    """What stands in the file counts as it is: another program may take words that are not in our table."""
    table = draft.table()
    stands = draft.texts[field.key] == draft.loaded[field.key] and field.key in table
    return table[field.key] if stands else draft.effective_value(field.key)


def _key(draft: Draft, key: str, theirs: Draft) -> Iterator[tuple[str, Value | None]]:
    """A key stands in that file where files are the place for keys; one that leaves its place leaves there, too.

    So does one that was given for another provider or address than that which the file names from now on.
    """
    there = theirs.table().get(key)
    present = draft.secret_in_file(key)
    is_in_files = (draft.store or draft.remembered_store) is Store.CONFIG
    if key in draft.secret_keys() and is_in_files and (secret := draft.typed_secret(key) or present):
        yield key, secret.reveal()
    elif there and (
        theirs.credential(key) != draft.credential(key) or (draft.store and present and there == present.reveal())
    ):
        yield key, None
