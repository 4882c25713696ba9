"""The rules between fields, for one group with all that it inherits."""

from collections.abc import Iterator

from tui.base.translation import _
from tui.settings.coercion import from_variable
from tui.settings.field import Value
from tui.settings.finding import Code, Finding, Severity
from tui.settings.groups import DEFAULT, KNOWN, own_values
from tui.settings.places import Subject
from tui.settings.rules import Fault, faults


def check_rules(subject: Subject) -> Iterator[Finding]:
    """The rules that a group breaks. One that only repeats what is wrong with `[llm]` is not blamed for it.

    Values are taken as they stand, also of a group that OpenHands drops: once that is mended, they count.
    """
    base = own_values(subject.config, DEFAULT)
    known = [] if subject.group == DEFAULT else _brief(faults(base | _environment(subject)))
    values = base | (_environment(subject) if subject.group == DEFAULT else own_values(subject.config, subject.group))
    for fault in faults(values):
        if fault.code and (fault.code, fault.key, fault.message) not in known:
            yield _finding(subject, fault, fault.code)


def _brief(broken: list[Fault]) -> list[tuple[Code | None, str, str]]:
    return [(fault.code, fault.key, fault.message) for fault in broken]


def _environment(subject: Subject) -> dict[str, Value]:
    found = {key: from_variable(field, subject.environ.get(field.variable, "")) for key, field in KNOWN.items()}
    return {key: value for key, value in found.items() if value is not None}


def _finding(subject: Subject, fault: Fault, code: Code) -> Finding:
    severity = Severity.ERROR if fault.severe else Severity.WARNING
    hint = fault.hint
    if subject.group == DEFAULT and subject.environ.get(KNOWN[fault.key].variable):
        hint += " " + _("The value comes from {variable}.").format(variable=KNOWN[fault.key].variable)
    line = None
    if subject.line(fault.key) is None and subject.group != DEFAULT:
        line = subject.config.line(DEFAULT, fault.key)
    return subject.found(code, fault.message, hint, key=fault.key, line=line, severity=severity)
