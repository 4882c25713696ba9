"""What is wrong with a draft, field by field, and between fields."""

from collections.abc import Sequence
from dataclasses import dataclass

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.catalog.providers import Need
from tui.checks.finding import Fault
from tui.checks.keys import unusable
from tui.checks.rules import NEEDED, faults
from tui.credentials.pasted_key import PAIR
from tui.drafts.draft import Draft
from tui.drafts.key_place import missing_half
from tui.openhands.field import Field, Kind, Place, Value
from tui.openhands.fields import BY_KEY, FIELDS
from tui.openhands.misplaced_keys import misplaced_key
from tui.openhands.releases import is_past


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about one field; `blocks` when nothing can be saved until it is fixed."""

    field: Field
    message: str
    blocks: bool = True


def problems(draft: Draft) -> list[Problem]:
    """All problems of a draft, those that block saving first; of one rule at most one a field."""
    found = [*_unreadable(draft), *_broken_rules(draft), *_half_a_key(draft), *_unusable_keys(draft)]
    return sorted(found, key=lambda problem: not problem.blocks)


def unfinished(draft: Draft) -> set[Place]:
    """The steps that need something yet: a setting that blocks saving, or a key that is nowhere."""
    places = {problem.field.place for problem in problems(draft) if problem.blocks}
    return places | {Place.KEY} if lacks_key(draft) or missing_half(draft) else places


def lacks_key(draft: Draft) -> bool:
    """Whether the provider needs a key, and none was typed, found or promised."""
    needed = any(need.required and need.key in draft.secret_keys() for need in _needs(draft))
    there = draft.typed_secrets() or draft.secret_in_environment() or draft.store or draft.remembered_store
    return needed and not there


def _needs(draft: Draft) -> Sequence[Need]:
    return draft.provider.needs if draft.provider else ()


def problem_of(draft: Draft, key: str) -> Problem | None:
    """The problem of one field."""
    return next((problem for problem in problems(draft) if problem.field.key == key), None)


def _unreadable(draft: Draft) -> list[Problem]:
    found = []
    for field in FIELDS:
        try:
            if field.key in draft.texts and field.kind is not Kind.TABLES:
                if message := misplaced_key(field, draft.texts[field.key]):
                    found.append(Problem(field, message, blocks=draft.texts[field.key] != draft.loaded[field.key]))
                draft.value(field.key)
        except SetupError as error:
            found.append(Problem(field, error.message))
    return found


def _broken_rules(draft: Draft) -> list[Problem]:
    """The rules between fields that `check` has for files as well."""
    if draft.provider is None and not draft.effective_text("model"):
        return [Problem(BY_KEY["model"], _("Choose a provider first."))]
    release = draft.own.preference("release")
    broken = [fault for fault in faults(_values(draft), draft.provider) if not is_past(fault.until, release)]
    return [Problem(BY_KEY[f.key], f.message, blocks=f.severe) for f in broken if not _is_set_elsewhere(draft, f)]


def _half_a_key(draft: Draft) -> list[Problem]:
    """Half of an AWS key. What stands in the file blocks nothing: it was there before."""
    lacking = missing_half(draft)
    if not lacking:
        return []
    other = next(key for key in PAIR if key != lacking)
    message = _("{label} is missing: it belongs to the {other}. Both are needed, or none.").format(
        label=BY_KEY[lacking].label, other=BY_KEY[other].label
    )
    return [Problem(BY_KEY[lacking], message, blocks=draft.typed_secret(other) is not None)]


def _values(draft: Draft) -> dict[str, Value]:
    values = {}
    for field in FIELDS:
        if field.key in draft.texts and field.kind is not Kind.TABLES and not field.ours:
            try:
                value = draft.effective_value(field.key)
            except SetupError:  # said of the field itself
                continue
            if value is not None:
                values[field.key] = value
    return values


def _is_set_elsewhere(draft: Draft, fault: Fault) -> bool:
    """Whether the environment has what the file lacks."""
    lacks = fault.code in NEEDED.values() and not draft.effective_text(fault.key)
    return lacks and draft.is_default and bool(draft.environ.get(BY_KEY[fault.key].variable))


def _unusable_keys(draft: Draft) -> list[Problem]:
    """What is wrong with a key of the environment or of the file as it stands; one that is typed was looked at."""
    found = []
    for key in draft.secret_keys():
        field, given = BY_KEY[key], draft.secret_in_environment(key)
        secret = None if draft.typed_secret(key) else given or draft.secret_in_file(key)
        fault = unusable(secret.reveal(), draft.provider, field) if secret else None
        if fault:
            words = _("{variable}: {sentence}").format(variable=field.variable, sentence=fault.sentence)
            found.append(Problem(field, words if given else fault.sentence, blocks=False))
    return found
