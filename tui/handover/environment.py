"""Everything that OpenHands needs, as environment variables, and what these do not reach."""

import os
import shlex
from ast import literal_eval
from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean, why
from tui.base.memory import restore_core_limit
from tui.base.secret import Secret
from tui.base.translation import _
from tui.checks.variables import led_elsewhere
from tui.credentials.identity import Credential, origin_of
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.handover.provider_variables import is_given_already, variables_for
from tui.openhands.field import Field, Kind
from tui.openhands.fields import BY_KEY, FIELDS, SECRET_KEYS
from tui.openhands.groups import DEFAULT, group_ids, header, own_keys, own_values, table_path
from tui.openhands.targets.target import TOML
from tui.saving.consent import in_the_clear
from tui.saving.transaction import KeyStore, secrets_for


def settings_environment(draft: Draft) -> dict[str, str]:
    """The settings as `LLM_*`, in the words that OpenHands takes there; of a group, those that it inherits as well.

    They are those of the files, or in their place what the environment says already, which wins. Values for which
    OpenHands drops the section are left out, and the others are not lost with them; so are empty ones, which it skips.
    """
    if draft.config.kind != TOML:  # it takes none: they stand in its file
        return {}
    values: dict[str, object] = {**_values(draft), **draft.own.beside(draft.config.path)}
    environ = draft.environ if draft.is_default else {}
    plain = [field for field in FIELDS if field.kind is not Kind.SECRET]
    texts = {field.variable: environ.get(field.variable) or _text(field, values.get(field.key)) for field in plain}
    return {name: text for name, text in texts.items() if text}


def tables_left_out(draft: Draft) -> list[str]:
    """The settings, by field, that hold what no variable can."""
    if draft.config.kind != TOML:
        return []
    tables = {key: value for key, value in _values(draft).items() if BY_KEY[key].kind is Kind.TABLES}
    return [key for key, value in tables.items() if value and not _text(BY_KEY[key], value)]


def secret_variables(draft: Draft) -> list[str]:
    """Under which names OpenHands takes the keys of the provider, and those that stand in the file beyond that."""
    if draft.config.kind != TOML:
        return variables_for(draft)
    return [BY_KEY[key].variable for key in dict.fromkeys([*draft.secret_keys(), *_in_file(draft)])]


async def secret_environment(draft: Draft, keyring: KeyStore) -> dict[str, Secret]:
    """The keys as `LLM_*`: from the environment as OpenHands would, else from where they are kept.

    No place is asked when all stand in the environment. Raises SetupError when the place cannot be asked.
    """
    beyond = {key: secret for key, secret in _in_file(draft).items() if key not in draft.secret_keys()}
    found = {**beyond, **await secrets_for(draft, keyring)}
    return {BY_KEY[key].variable: secret for key, secret in found.items()}


def whole_environment(draft: Draft, secrets: Mapping[str, Secret]) -> dict[str, str]:
    """The environment for a program: ours, with settings and keys.

    What ours says already wins, as it does in OpenHands, which skips empty values; for a group nothing of ours is left
    that is meant for `[llm]`.
    """
    given = settings_environment(draft) | {name: secret.reveal() for name, secret in secrets.items()}
    if draft.is_default:
        return given | {name: value for name, value in draft.environ.items() if value or name not in given}
    ours = {field.variable for field in FIELDS}
    return {**{name: value for name, value in draft.environ.items() if name not in ours}, **given}


def missing_key(draft: Draft, secrets: Mapping[str, Secret]) -> Credential | None:
    """The credential that the provider demands and that is nowhere."""
    for need in draft.provider.needs if draft.provider else ():
        field = BY_KEY[need.key]
        own = draft.config.kind != TOML and (need.key in draft.config.encrypted or is_given_already(draft, need.key))
        here = field.variable in secrets or own
        if need.required and field.kind is Kind.SECRET and not here:
            return draft.credential(need.key)
    return None


def _text(field: Field, value: object) -> str:
    """The text of a variable. OpenHands reads tables with Python's `literal_eval`, which knows no dates and no inf."""
    if field.kind is not Kind.TABLES:
        return field.text(value)
    text = repr(value) if value else ""
    try:
        return text if text and literal_eval(text) == value else ""
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return ""


def _values(draft: Draft) -> dict[str, object]:
    return {**own_values(draft.config, DEFAULT), **own_values(draft.config, draft.group)}


def _in_file(draft: Draft) -> dict[str, Secret]:
    """The keys of the file, by field: of a provider that we know little of, they are all there is to know."""
    values = _values(draft)
    return {key: Secret(str(values[key])) for key in SECRET_KEYS if values.get(key)}


# -- becoming another program, with settings and key in its environment only


def become(command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Replace this process by `command`. Raises CommandNotFound, or SetupError for one that cannot be started."""
    restore_core_limit()
    try:
        os.execvpe(command[0], [*command], environment)  # noqa: S606 - no shell: that is the point
    except FileNotFoundError:
        raise CommandNotFound(command[0]) from None
    except (OSError, ValueError) as error:
        reason = why(error)
        raise SetupError(
            _("{command} cannot be started: {reason}.").format(command=clean(command[0]), reason=reason)
        ) from None


class CommandNotFound(SetupError):
    """There is no such command; the status is the shell's 127."""

    def __init__(self, command: str) -> None:
        super().__init__(_("{command}: command not found.").format(command=clean(command)), status=Status.UNUSABLE)


def limits(draft: Draft) -> list[str]:
    """One sentence for each."""
    others = [led_elsewhere(draft), in_the_clear(draft), _tables(draft)]
    return [*_shadows(draft), *_groups_left_out(draft), *filter(None, others)]


def _tables(draft: Draft) -> str:
    """What is not handed over, since no variable can hold it."""
    names = ", ".join(tables_left_out(draft))
    words = _("{names} is not handed over: it holds a value that no environment variable can, such as a date.")
    return words.format(names=names) if names else ""


def _shadows(draft: Draft) -> Iterator[str]:
    """Keys that are kept, and not used because the environment has others."""
    if draft.remembered_store in (None, Store.ENVIRONMENT):
        return
    for key in draft.secret_keys():
        if draft.secret_in_environment(key):
            words = _("{name} is set in this environment and wins over the key that is kept for {where}.")
            where = clean(origin_of(draft.base_url) or draft.provider.name if draft.provider else "", limit=120)
            yield words.format(name=BY_KEY[key].variable, where=where)


def _groups_left_out(draft: Draft) -> Iterator[str]:
    """The environment reaches `[llm]` alone: groups have their keys from the file, or none."""
    kept = draft.is_default and draft.secret_keys() and not own_keys(draft.config, DEFAULT).get("api_key")
    groups = group_ids(draft.config)[1:] if kept else ()
    left_out = [group for group in groups if not own_keys(draft.config, group).get("api_key")]
    if left_out:
        names = ", ".join(header(group) for group in left_out)
        words = _("The key reaches [llm] only: OpenHands takes keys of {groups} from config.toml.")
        hint = _("To start with such a group in the place of [llm]: llm-setup exec --group {name} -- COMMAND")
        yield (
            words.format(groups=names)
            + " "
            + hint.format(name=shlex.quote(clean(table_path(left_out[0])[-1], limit=60)))
        )
