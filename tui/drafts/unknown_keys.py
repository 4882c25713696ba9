"""Taking what is no setting out of a group, since for one such key OpenHands drops all of it."""

import contextlib
from collections.abc import Sequence

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.drafts.draft import Draft
from tui.openhands.coercion import text_as_taken
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY
from tui.openhands.names import near_name


def take_out(draft: Draft, only: Sequence[str] | None = None) -> None:
    """Drop the group's strangers; the value of a misspelt one goes to the setting that was meant and is not set.

    All of them, or `only` some.
    """
    table = draft.table()
    for key in draft.unknown_keys if only is None else only:
        meant = near_name(key)
        if meant and meant not in table and not isinstance(table[key], list | dict):
            _move(draft, meant, table[key])
        draft.dropped.add(key)


def _move(draft: Draft, meant: str, value: object) -> None:
    field = BY_KEY[meant]
    if field.kind is Kind.SECRET:
        draft.edit_secret(meant, Secret(str(value)))
        return
    text = text_as_taken(field, value) or str(value)
    with contextlib.suppress(SetupError):  # what the setting cannot be stays out
        field.parse(text)
        draft.edit(meant, text)
