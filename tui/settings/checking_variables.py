"""What OpenHands would make of the variables that it is started with: those that it cannot read, and unusable keys."""

from ast import literal_eval
from collections.abc import Iterator, Mapping

from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.settings.checking_environment import shown
from tui.settings.coercion import from_variable
from tui.settings.field import Field, Kind
from tui.settings.finding import Code, Finding, Severity
from tui.settings.groups import DEFAULT, KNOWN
from tui.settings.usable_keys import unusable


def check_variables(environ: Mapping[str, str], provider: Provider | None) -> Iterator[Finding]:
    """What is wrong with the `LLM_*` of `environ`, one finding a variable; `provider` is the one that is called."""
    for field in KNOWN.values():
        text = environ.get(field.variable, "")
        if text and field.kind is Kind.SECRET:
            yield from _key(field, text, provider)
        elif text:
            yield from _value(field, text, environ)


def _key(field: Field, text: str, provider: Provider | None) -> Iterator[Finding]:
    if fault := unusable(text, provider, field):
        sentence = _("{variable}: {sentence}").format(variable=field.variable, sentence=fault.sentence)
        code = Code.NOT_A_KEY if fault.is_text else Code.UNUSABLE_KEY
        yield _finding(code, field, sentence, fault.hint, Severity.ERROR)


def _value(field: Field, text: str, environ: Mapping[str, str]) -> Iterator[Finding]:
    value, setting = from_variable(field, text), shown(field, environ)
    if value is None:
        ends = field.kind is Kind.TABLES and not _is_literal(text)
        sentence = (
            _("OpenHands cannot read {setting}, and does not start with it.")
            if ends
            else _("OpenHands cannot read {setting}, and passes over it.")
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
    return _("Write it as Python would: quotes around texts, True and False with a capital.")


def _finding(code: Code, field: Field, sentence: str, hint: str, severity: Severity) -> Finding:
    return Finding(severity=severity, code=code, group=DEFAULT, key=field.key, sentence=sentence, hint=hint)
