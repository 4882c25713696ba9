"""The files of further programs that are set up alike: what a draft of one file is saved to beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.openhands.field import Field, Kind, Value
from tui.openhands.fields import FIELDS
from tui.openhands.groups import DEFAULT
from tui.openhands.targets.target import Target
from tui.saving.assignments import Request
from tui.saving.file_update import Update
from tui.saving.target_update import left_out_of, update_target


@dataclass(frozen=True, slots=True)
class OtherFile:
    """What a save does to the file of another program."""

    target: Target
    update: Update
    left_out: list[str]
    """Settings that the program does not have."""

    @property
    def updates(self) -> list[Update]:
        """All files that change."""
        return [update for update in (self.update, *self.update.along) if update.changed]


FilePlan = list[tuple[Target, Request]]


def plan_for(draft: Draft, others: Sequence[Target]) -> FilePlan:
    """What each of them is asked for: to say what the draft says, and no longer what it says no longer.

    To be made before the draft is saved: it knows no typed key afterwards. Raises SetupError.
    """
    return [(target, Request(DEFAULT, dict(_settings(draft, target)))) for target in others]


def carry_out(plan: FilePlan, *, write: bool) -> list[OtherFile]:
    """Save it, or without `write` only tell. Raises SetupError: those before it are saved then."""
    return [
        OtherFile(target, update_target(target, target.locate(), request, write=write), left_out_of(target, request))
        for target, request in plan
    ]


def _settings(draft: Draft, target: Target) -> Iterator[tuple[str, Value | None]]:
    theirs = Draft(target.read(target.locate()), draft.own, target.environment(draft.environ))
    for field in FIELDS:
        if field.ours or field.kind is Kind.TABLES:
            continue
        if field.kind is Kind.SECRET:
            yield from _key(draft, field.key, theirs)
        elif draft.effective_text(field.key):
            yield field.key, _value(draft, field)
        elif draft.loaded[field.key]:
            yield field.key, None


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
