"""What `set` is asked to do: settings checked one by one, and put into the text of the file all together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.document import ConfigText
from tui.config_file.locks import Conflict
from tui.config_file.rewrite import rewrite, same
from tui.openhands.base_url import no_address
from tui.openhands.effective import for_new_table, left_out, with_edits
from tui.openhands.field import Field, Kind, Value
from tui.openhands.fields import BY_KEY, RETRY_KEYS
from tui.openhands.groups import DEFAULT, header, table_path
from tui.openhands.misplaced_keys import require_its_place
from tui.openhands.names import check_new_name, field_called, unknown_group, unknown_setting
from tui.openhands.targets.further import FURTHER, may_hold_key, wrong_object


@dataclass(frozen=True, slots=True)
class Request:
    """The changes that were asked for; a value of None takes the setting out."""

    group: str
    table: dict[str, Value | None] = field(default_factory=dict)
    """For the group's table in config.toml."""
    ours: dict[str, str | None] = field(default_factory=dict)
    """For our own settings."""


FROM_STDIN: Final = "-"
"""The value of an object that is to be read."""


def requested(
    assignments: Sequence[str], unset: Sequence[str], group: str, read: Callable[[str], str] | None = None
) -> Request:
    """What `KEY=VALUE`s and names to take out ask for. Raises SetupError that names all that is wrong, but no value.

    `read` gives what comes on stdin for the setting of a name: an object, in which there may be keys.
    """
    request = Request(group)
    wrong: list[SetupError] = []
    for number, word in enumerate(assignments, start=1):
        try:
            _take(request, *_assigned(word, number, read))
        except SetupError as error:
            wrong.append(error)
    for name in unset:
        try:
            _take(request, *_unset(name))
        except SetupError as error:
            wrong.append(error)
    if not wrong and not (assignments or unset):
        wrong = [SetupError(_("No settings given."), _("Write num_retries=8, or --unset num_retries."))]
    if wrong:
        raise SetupError("\n  ".join(map(_said, wrong)), status=Status.USAGE, field=wrong[0].field)
    return request


def _said(error: SetupError) -> str:
    """A form names its fields by their labels; here the name is needed that was typed."""
    return f"{error.field}: {error}" if error.field and not error.message.startswith(error.field) else str(error)


def _assigned(word: str, number: int, read: Callable[[str], str] | None) -> tuple[str, Value | None, bool]:
    """Key, value, and whether it is ours."""
    name, equals, text = word.partition("=")
    if not equals:
        message = _("Argument {number} is not of the form KEY=VALUE.").format(number=number)
        raise SetupError(message, status=Status.USAGE)
    setting = field_called(name.strip()) or FURTHER.get(name.strip())
    if setting is None:
        raise unknown_setting(name.strip())
    _refuse_what_is_not_set_here(setting, _("llm-setup key set keeps it, and never in an argument."))
    if setting.kind is Kind.OBJECT:
        return setting.key, _object(setting, text, read), False
    require_its_place(setting, text)
    value = setting.parse(text)
    if value is None:
        message = _("{name} has no value.").format(name=setting.key)
        raise SetupError(message, _("To remove it: --unset {name}").format(name=setting.key), field=setting.key)
    if setting.key == "base_url" and (message := no_address(str(value))):
        raise SetupError(
            message, _("Write it in full, such as https://example.com/v1."), status=Status.USAGE, field=setting.key
        )
    if not _can_be_written(str(value)):
        message = _("{name} has characters that cannot be in it.").format(name=setting.key)
        raise SetupError(message, _("Type it again instead of pasting it."), field=setting.key)
    return setting.key, value, setting.ours


def _object(setting: Field, text: str, read: Callable[[str], str] | None) -> Value | None:
    """The object that was typed, or that comes on stdin: there alone it may hold keys."""
    is_read = text.strip() == FROM_STDIN and read is not None
    value = setting.parse(read(setting.key) if is_read and read else text)
    if not value:
        message = _("{name} has no value.").format(name=setting.key)
        raise SetupError(message, _("To remove it: --unset {name}").format(name=setting.key), field=setting.key)
    if not is_read and may_hold_key(setting.key, value):
        message = _("{name} may hold a key, and others can read arguments.").format(name=setting.key)
        hint = _("Send the object on stdin, and write {name}=-").format(name=setting.key)
        raise SetupError(message, hint, status=Status.USAGE, field=setting.key)
    if wanted := wrong_object(setting.key, value):
        raise SetupError(f"{setting.key}: {wanted}", status=Status.USAGE, field=setting.key)
    return value


def _unset(name: str) -> tuple[str, None, bool]:
    setting = field_called(name.strip()) or FURTHER.get(name.strip())
    if setting is None:
        return name.strip(), None, False  # what OpenHands does not know may well stand in the file, and should go
    if setting.kind is Kind.SECRET:
        _refuse_what_is_not_set_here(setting, _("llm-setup key delete removes it."))
    return setting.key, None, setting.ours


def _refuse_what_is_not_set_here(setting: Field, hint: str) -> None:
    if setting.kind is Kind.SECRET:
        raise SetupError(_("{name} is a secret.").format(name=setting.key), hint, field=setting.key)
    if setting.kind is Kind.TABLES:
        raise SetupError(
            _("{name} holds tables.").format(name=setting.key), _("Edit it in the file."), field=setting.key
        )


def _can_be_written(text: str) -> bool:
    """Control characters and halves of characters are slips of pasting, never part of a name or an address."""
    return text.isprintable()


def _take(request: Request, key: str, value: Value | None, ours: bool) -> None:  # noqa: FBT001 - one of three that come together
    if key in request.table or key in request.ours:
        message = _("{name} is named twice.").format(name=clean(key, limit=30))
        raise SetupError(message, status=Status.USAGE, field=key)
    if not ours:
        request.table[key] = value
    elif request.group == DEFAULT:
        request.ours[key] = None if value is None else str(value)
    else:
        message = _("{name} is the same for all groups.").format(name=key)
        raise SetupError(message, _("Set it without --group."), status=Status.USAGE, field=key)


def changed_text(first: ConfigText, present: ConfigText, request: Request) -> str:
    """The text of `present` with the changes in it; the same text when there is nothing to change.

    A change brings along `[core]`, and with one of the retry settings, or where the table is new, those of the four
    that are missing. `first` is the file as it was when the command began. Raises Conflict when somebody else changed
    the same settings since, and SetupError when they are not to be changed at all.
    """
    path = table_path(request.group)
    table = present.table(*path)
    _require_group(first, present, request)
    _require_no_conflict(first, present, request)
    edits = {key: value for key, value in request.table.items() if differs(table, key, value)}
    if not edits:
        return present.text
    edits |= retries_along(present, request.group, edits, is_new=not present.has(*path))
    return rewrite(present.text, {path: edits}, ensure=[("core",)], together=[RETRY_KEYS])


def differs(table: Mapping[str, Any], key: str, value: Value | None) -> bool:
    """Whether setting the key to `value`, None for none, changes the table."""
    return key in table if value is None else key not in table or not equal(table[key], value)


def equal(one: Any, other: Any) -> bool:
    """Whether two values are the same. To OpenHands 2 and 2.0 are, so the file stays as it is; nan is only nan."""
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    if numbers and not isinstance(one, bool) and not isinstance(other, bool) and one == other:
        return True
    return same(one, other)


def retries_along(
    config: ConfigText, group: str, edits: Mapping[str, Value | None], *, is_new: bool
) -> dict[str, Value | None]:  # fmt: skip
    """The retry settings that are written with the others: all four in a table that is made here, and with one of them
    those that stand nowhere, as OpenHands had them."""
    if is_new:
        return {key: value for key, value in for_new_table(config).items() if key not in edits}
    if all(edits.get(key) is None for key in RETRY_KEYS):
        return {}
    found = left_out(with_edits(config, group, edits), group)
    return {key: value for key, value in found.items() if key not in edits}


def _require_group(first: ConfigText, present: ConfigText, request: Request) -> None:
    path = table_path(request.group)
    _require_names(present, request)
    if present.has(*path) or request.group == DEFAULT:
        return
    if first.has(*path):
        raise Conflict(
            _("{group} was removed meanwhile.").format(group=header(request.group)), _("Nothing was written.")
        )
    if all(value is None for value in request.table.values()):
        raise unknown_group(present, path[-1])
    check_new_name(path[-1])


def _require_names(config: ConfigText, request: Request) -> None:
    """What OpenHands does not know may only be taken out of where it stands, and tables have a command of their own."""
    table = config.table(*table_path(request.group))
    for key in request.table:
        if request.group == DEFAULT and isinstance(table.get(key), dict):
            name = clean(key, limit=60)
            raise SetupError(
                _("“{name}” is a group in this file.").format(name=name),
                _("Use llm-setup group rename {name} NEW, or group remove {name}.").format(name=name),
                status=Status.USAGE,
            )
        if key not in BY_KEY and key not in table:
            raise unknown_setting(key)


def _require_no_conflict(first: ConfigText, present: ConfigText, request: Request) -> None:
    path = table_path(request.group)
    for key, wanted in request.table.items():
        before, now = (config.table(*path).get(key) for config in (first, present))
        if equal(before, now) or equal(now, wanted) or came_along(first, key, before, now):
            continue
        raise Conflict(
            _("Somebody else changed {name} meanwhile.").format(name=clean(key, limit=60)),
            _("Nothing was written. Look at the file, then repeat your change."),
        )


def came_along(first: ConfigText, key: str, before: Any, now: Any) -> bool:
    """Whether a retry setting was only written along with another: it has not been changed by anybody."""
    along = (for_new_table(first).get(key), _default(key))
    return None in (before, now) and (before if now is None else now) in along


def _default(key: str) -> Value | None:
    return BY_KEY[key].default if key in RETRY_KEYS else None
