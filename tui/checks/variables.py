"""Settings of the file that the environment overrules."""

from ast import literal_eval
from collections.abc import Iterator, Mapping
from typing import Any

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.key_shapes import is_drawn
from tui.base.secrets_in_text import without_keys_in
from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.checks.finding import Code, Finding, Severity, Subject
from tui.checks.keys import of_another, unusable
from tui.config_file.mask import mask
from tui.credentials.identity import origin_of
from tui.drafts.draft import Draft
from tui.openhands.field import Field, Kind
from tui.openhands.fields import FIELDS
from tui.openhands.groups import DEFAULT, KNOWN
from tui.openhands.types import from_variable


def overruled(field: Field, environ: Mapping[str, str], value: Any) -> bool:
    """Whether OpenHands would take another value from `environ` than `value`, that of the file or None."""
    taken = from_variable(field, environ.get(field.variable, ""))
    return taken is not None and taken != value


def shown_variable(field: Field, environ: Mapping[str, str]) -> str:
    """The variable with its value, as it may be shown; of a secret, the name alone."""
    if field.kind is Kind.SECRET:
        return field.variable
    value = without_keys_in(clean(environ.get(field.variable, ""), limit=60), is_drawn)
    return mask(f"{field.variable}={value}")


def check_environment(subject: Subject) -> list[Finding]:
    """The lines of the default group that have no effect, because a variable wins over them."""
    if subject.group != DEFAULT:
        return []
    return [
        subject.found(
            Code.SHADOWED_BY_ENVIRONMENT,
            _("{setting} is set here and wins over this line.").format(
                setting=shown_variable(KNOWN[key], subject.environ)
            ),
            _("Unset the variable, or start OpenHands where it is not set."),
            key=key,
        )
        for key, value in subject.base.items()
        if overruled(KNOWN[key], subject.environ, value)
    ]


# -- what OpenHands would make of the variables that it is started with: those that it cannot read, and unusable keys


def check_variables(environ: Mapping[str, str], provider: Provider | None, base_url: str) -> Iterator[Finding]:
    """What is wrong with the `LLM_*` of `environ`, one finding a variable.

    `provider` is the one that is called, at `base_url`, or at its own address where that is empty.
    """
    for field in KNOWN.values():
        text = environ.get(field.variable, "")
        if text and field.kind is Kind.SECRET:
            yield from _key(field, text, provider, base_url)
        elif text:
            yield from _value(field, text, environ)


def _key(field: Field, text: str, provider: Provider | None, base_url: str) -> Iterator[Finding]:
    words = _("{variable}: {sentence}")
    if fault := unusable(text, provider, field):
        sentence = words.format(variable=field.variable, sentence=fault.sentence)
        code = Code.NOT_A_KEY if fault.is_text else Code.UNUSABLE_KEY
        yield _finding(code, field, sentence, fault.hint, Severity.ERROR)
    elif field.key == "api_key" and (said := of_another(text, provider, base_url)):
        sentence = words.format(variable=field.variable, sentence=said)
        hint = _("Set it to the right one, or unset it.")
        yield _finding(Code.KEY_OF_ANOTHER, field, sentence, hint, Severity.WARNING)


def _value(field: Field, text: str, environ: Mapping[str, str]) -> Iterator[Finding]:
    value, setting = from_variable(field, text), shown_variable(field, environ)
    if value is None:
        ends = field.kind is Kind.TABLES and not _is_literal(text)
        sentence = (
            _("OpenHands cannot read {setting}, and does not start with it.")
            if ends
            else _("OpenHands cannot read {setting}, and ignores it.")
        )
        yield _finding(Code.UNUSABLE_VARIABLE, field, sentence.format(setting=setting), _takes(field), Severity.ERROR)
    elif field.kind is Kind.SWITCH and text.lower() not in ("true", "false", "1", "0"):
        sentence = _("OpenHands takes {setting} for false: only true and 1 are true to it.").format(setting=setting)
        yield _finding(Code.UNUSABLE_VARIABLE, field, sentence, _takes(field), Severity.WARNING)
    elif wanted := field.wanted(value):
        sentence = _("{setting} must be {wanted}; OpenHands does not check it.").format(setting=setting, wanted=wanted)
        yield _finding(Code.OUT_OF_RANGE, field, sentence, _("Put another value there."), Severity.WARNING)


def _is_literal(text: str) -> bool:
    try:
        literal_eval(text)
    except (SyntaxError, RecursionError, MemoryError):
        return False
    except (ValueError, TypeError):
        return True
    return True


def _takes(field: Field) -> str:
    match field.kind:
        case Kind.INTEGER:
            return _("Write digits alone, without quotes and without a fraction: {name}=8").format(name=field.variable)
        case Kind.NUMBER:
            return _("Write a number alone, without quotes: {name}=1.5").format(name=field.variable)
        case Kind.SWITCH:
            return _("Write true or false: {name}=true").format(name=field.variable)
    return _("Write it as Python would: quotes around strings, True and False with a capital.")


def _finding(code: Code, field: Field, sentence: str, hint: str, severity: Severity) -> Finding:
    return Finding(severity=severity, code=code, group=DEFAULT, key=field.key, sentence=sentence, hint=hint)


# -- settings of the file that the environment overrules


def shadows(draft: Draft) -> list[str]:
    """One sentence for each variable that OpenHands would take instead of what is saved, if started from this shell."""
    found = [sentence for field in FIELDS if (sentence := shadow(draft, field))] if draft.is_default else []
    return [*found, *filter(None, [led_elsewhere(draft)])]


def led_elsewhere(draft: Draft) -> str:
    """What is said when a variable of litellm's own names the address, "" where none does."""
    if not draft.address_variable:
        return ""
    words = _("{name} is set here: litellm sends the requests, and the key, to {where}.")
    return words.format(name=draft.address_variable, where=clean(origin_of(draft.base_url) or "", limit=120))


def shadow(draft: Draft, field: Field) -> str:
    """The sentence of one field, "" when its value holds."""
    if field.ours or not draft.is_default or not draft.environ.get(field.variable):
        return ""
    if field.kind is Kind.SECRET:
        if draft.variable == field.variable:
            return ""
        return _("{name} is set here and wins over any key that is kept.").format(name=field.variable)
    if not overruled(field, draft.environ, _typed(draft, field)):
        return ""
    return _("{setting} is set here and wins over the file.").format(setting=shown_variable(field, draft.environ))


def _typed(draft: Draft, field: Field) -> object:
    try:
        return draft.value(field.key)
    except SetupError:  # said of the field itself
        return draft.texts[field.key]
