"""What is wrong with a draft, field by field, and between fields."""

from dataclasses import dataclass
from typing import Final

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.settings.draft import Draft
from tui.settings.field import Field, Kind
from tui.settings.fields import BY_KEY, FIELDS

SCHEMES: Final = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about one field; `blocks` when nothing can be saved until it is mended."""

    field: Field
    message: str
    blocks: bool = True


def problems(draft: Draft) -> list[Problem]:
    """All problems of a draft, those that block saving first, at most one a field and kind."""
    found = [*_unreadable(draft), *_missing(draft), *_odd_url(draft), *_crossed_waits(draft)]
    return sorted(found, key=lambda problem: not problem.blocks)


def problem_of(draft: Draft, key: str) -> Problem | None:
    """The problem of one field."""
    return next((problem for problem in problems(draft) if problem.field.key == key), None)


def _unreadable(draft: Draft) -> list[Problem]:
    found = []
    for field in FIELDS:
        try:
            if field.key in draft.texts and field.kind is not Kind.TABLES:
                draft.value(field.key)
        except SetupError as error:
            found.append(Problem(field, error.message))
    return found


def _missing(draft: Draft) -> list[Problem]:
    if draft.provider is None:
        return [Problem(BY_KEY["model"], _("Choose a provider first."))] if not draft.texts["model"].strip() else []
    needed = [need.key for need in draft.provider.needs if need.required and BY_KEY[need.key].kind is not Kind.SECRET]
    return [
        Problem(BY_KEY[key], _("{name} needs {label}.").format(name=draft.provider.name, label=BY_KEY[key].label))
        for key in (*needed, "model")
        if not draft.texts[key].strip()
    ]


def _odd_url(draft: Draft) -> list[Problem]:
    url = draft.texts["base_url"].strip()
    if url and not url.startswith(SCHEMES):
        return [Problem(BY_KEY["base_url"], _("A base URL begins with http:// or https://."))]
    return []


def _crossed_waits(draft: Draft) -> list[Problem]:
    try:
        least, most = draft.value("retry_min_wait"), draft.value("retry_max_wait")
    except SetupError:
        return []
    if isinstance(least, int) and isinstance(most, int) and least > most:
        message = _("The shortest wait is above the longest, and wins: every wait is {least} s.").format(least=least)
        return [Problem(BY_KEY["retry_min_wait"], message, blocks=False)]
    return []
