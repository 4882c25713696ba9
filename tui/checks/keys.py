"""The keys of a group, one by one: unknown ones, wrong types, values out of range, keys in readable text."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.checks.finding import Code, Finding, Severity, Subject
from tui.credentials.key_faults import KeyFault, key_fault
from tui.drafts.draft import Draft
from tui.drafts.offers import owner_beside
from tui.openhands.field import Field, Kind
from tui.openhands.fields import BY_KEY
from tui.openhands.groups import DEFAULT, KNOWN, header, own_keys, own_values
from tui.openhands.misplaced_keys import misplaced_key
from tui.openhands.names import hint_for
from tui.openhands.routes import route_of
from tui.openhands.types import WrongType, coerced, found_words

# -- whether a key can be used with its provider as it stands, wherever it comes from

_OWN_SERVERS: Final = ("openai_compatible", "lm_studio", "ollama", "litellm_proxy")
"""A server there may take any text for a key."""


def unusable(key: str, provider: Provider | None, field: Field) -> KeyFault | None:
    """What is wrong with `key` for the provider, None for nothing: where no key is checked, a dummy is none."""
    fault = key_fault(key)
    if fault and fault.is_text and not fault.refers and field.key == "api_key" and _takes_any_text(provider):
        return None
    return fault


def keep_right_one() -> str:
    """What is to be done about the key of another provider, wherever it is kept."""
    return _("Keep the right one: llm-setup key set")


def is_no_key(key: str) -> bool:
    """Whether it is a reference or another text, so that nothing is lost when it is seen."""
    fault = key_fault(key)
    return bool(fault and fault.is_text)


def require_usable(draft: Draft, secrets: Mapping[str, Secret]) -> None:
    """Raise SetupError for a key, by its variable, that its provider cannot take: it is none, or more than the key.

    A server behind an address of one's own may take any text, or leave the key unread.
    """
    fields = {field.variable: field for field in BY_KEY.values()}
    for name, secret in secrets.items():
        fault = unusable(secret.reveal(), draft.provider, fields[name])
        if fault and (fault.is_text or not draft.base_url) and not _takes_any_text(draft.provider):
            raise SetupError(_("{variable}: {sentence}").format(variable=name, sentence=fault.sentence), fault.hint)


def of_another(key: str, provider: Provider | None, base_url: str) -> str:
    """That `key` looks like another provider's than the one that gets it, as a sentence; "" for nothing."""
    other = owner_beside(provider, base_url, key)
    words = _("The key for {name} looks like a key of {other}.")
    return words.format(name=provider.name, other=other.name) if provider and other else ""


def _takes_any_text(provider: Provider | None) -> bool:
    if provider is None or provider.id in _OWN_SERVERS:
        return True
    return not any(need.key == "api_key" and need.required for need in provider.needs)


_GUESSED: Final = 100
"""Unknown keys of a group for which it is looked what was meant; with more than that, the file is of another kind."""
_TEXTS: Final = (Kind.TEXT, Kind.SECRET, Kind.CHOICE)


def check_keys(subject: Subject) -> Iterator[Finding]:
    """What is wrong with the group's own keys, each for itself."""
    unknown = 0
    for key, value in own_keys(subject.config, subject.group).items():
        field = KNOWN.get(key)
        if field is None:
            unknown += 1
            yield _unknown(subject, key, value, guess=unknown <= _GUESSED)
        else:
            yield from _known(subject, field, value)


def _unknown(subject: Subject, key: str, value: Any, *, guess: bool) -> Finding:
    if isinstance(value, dict) and _has_header(subject, key):
        return _group_in_group(subject, key)
    message = _("OpenHands does not know “{key}”, and {what}.").format(
        key=clean(key, limit=60), what=consequence(subject.group)
    )
    return subject.found(Code.UNKNOWN_KEY, message, hint_for(key, guess=guess), key=key, voids=True)


def _group_in_group(subject: Subject, key: str) -> Finding:
    name = clean(f"{subject.group.removeprefix(DEFAULT + '.')}.{key}", limit=60)
    message = _("OpenHands takes [llm.{name}] for a key “{key}” of {group}, and {what}.").format(
        name=name, key=clean(key, limit=60), group=header(subject.group), what=consequence(subject.group)
    )
    hint = _('A name with a dot needs quotes: [llm."{name}"].').format(name=name)
    return subject.found(Code.GROUP_NAME, message, hint, key=key, voids=True)


def _has_header(subject: Subject, key: str) -> bool:
    line = subject.line(key)
    return line is not None and subject.config.text.split("\n")[line - 1].lstrip().startswith("[")


def _known(subject: Subject, field: Field, value: Any) -> Iterator[Finding]:
    try:
        taken = coerced(field, value)
    except WrongType:
        message = _("{key} must be {wanted}, and is {found}. OpenHands {what}.").format(
            key=field.key, wanted=_wanted(field), found=found_words(value), what=consequence(subject.group)
        )
        yield subject.found(Code.WRONG_TYPE, message, _fix(field, value), key=field.key, voids=True)
        return
    if wanted := field.wanted(taken):
        message = _("{key} must be {wanted}; OpenHands does not check it.").format(key=field.key, wanted=wanted)
        yield subject.found(Code.OUT_OF_RANGE, message, _("Put another value there."), key=field.key)
    if message := misplaced_key(field, str(taken)):
        yield subject.found(Code.KEY_IN_FILE, message, _("Move it out of the file: llm-setup key set"), key=field.key)
    if field.kind is Kind.SECRET and taken:
        yield from _secret(subject, field, str(taken))


def _secret(subject: Subject, field: Field, key: str) -> Iterator[Finding]:
    values = {**subject.base, **own_values(subject.config, subject.group)}
    provider = route_of(values).provider
    fault = unusable(key, provider, field)
    if fault:
        code = Code.NOT_A_KEY if fault.is_text else Code.UNUSABLE_KEY
        yield subject.found(code, fault.sentence, fault.hint, key=field.key, severity=Severity.ERROR)
    elif field.key == "api_key" and (message := of_another(key, provider, str(values.get("base_url", "")))):
        yield subject.found(Code.KEY_OF_ANOTHER, message, keep_right_one(), key=field.key)
    if not is_no_key(key):
        message = _("{key} stands in the file as readable text.").format(key=field.key)
        hint = _("Move it out: llm-setup key move --store keyring, or --store file where no keyring answers.")
        yield subject.found(Code.KEY_IN_FILE, message, hint, key=field.key)


def consequence(group: str) -> str:
    """What OpenHands does with a group that it refuses."""
    if group == DEFAULT:
        return _("drops all of [llm], and goes on with its default model and no key")
    return _("skips the group: its agent gets [llm] instead, and -l NAME does not start")


def _wanted(field: Field) -> str:
    if field.kind in _TEXTS:
        return _("a string")
    if field.kind is Kind.TABLES:
        return _("a table") if field.key == "completion_kwargs" else _("a list of tables of strings")
    return {
        Kind.INTEGER: _("a whole number"), Kind.NUMBER: _("a number"), Kind.SWITCH: _("true or false"),
    }[field.kind]  # fmt: skip


def _fix(field: Field, value: Any) -> str:
    if field.kind in _TEXTS:
        return _("Put it in quotes.") if not isinstance(value, list | dict) else _("Write one string, in quotes.")
    if field.kind is Kind.INTEGER and isinstance(value, float):
        return _("Leave the fraction out.")
    if field.kind is Kind.SWITCH:
        return _("Write true or false, without quotes.")
    if field.kind in (Kind.INTEGER, Kind.NUMBER):
        return _("Write digits, without quotes; leave the line out for the default.")
    return _("Leave it out, or write it as OpenHands' template does.")
