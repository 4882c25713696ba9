"""The rules between fields, for one group with all that it inherits."""

from collections.abc import Collection, Iterator, Mapping

from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.checks.finding import Code, Fault, Finding, Severity, Subject
from tui.checks.rules import NEEDED, faults
from tui.credentials.pasted_key import ACCESS_KEY, PAIR
from tui.drafts.old_layout import dead_settings
from tui.openhands.coercion import from_variable
from tui.openhands.field import Value
from tui.openhands.fields import RETRY_KEYS
from tui.openhands.groups import DEFAULT, KNOWN, has_groups_only, header, own_keys, own_values
from tui.openhands.releases import is_past
from tui.openhands.routes import route_of


def check_rules(subject: Subject, known: Collection[Fault] = (), release: str = "") -> Iterator[Finding]:
    """The rules that a group breaks, but for those `known` of `[llm]` already: nothing is said twice.

    What does not concern the chosen `release` is a note.

    Values are taken as they stand, also of a group that OpenHands drops: once that is fixed, they count.
    """
    own = own_values(subject.config, subject.group) if subject.group != DEFAULT else from_environment(subject.environ)
    for fault in faults({**subject.base, **own}):
        if fault.code is Code.NO_MODEL and subject.group == DEFAULT and has_groups_only(subject.config):
            yield _for_groups_only()
        elif fault.code is Code.NO_MODEL and subject.group == DEFAULT and "LLM_MODEL" in dead_settings(subject.config):
            continue  # the line that has it is named
        elif fault.code in NEEDED.values() and _is_refused(subject, fault.key):
            continue  # it is there, and its type is what is wrong
        elif fault.code and fault not in known:
            yield _finding(subject, fault, fault.code, release)


def _is_refused(subject: Subject, key: str) -> bool:
    """Whether the setting stands in the group with a value that OpenHands does not take."""
    return key in own_keys(subject.config, subject.group) and key not in own_values(subject.config, subject.group)


def check_retries(subject: Subject) -> Iterator[Finding]:
    """Which of the four retry settings `[llm]` leaves out; of a file of groups only, which a group does."""
    if has_groups_only(subject.config) == (subject.group == DEFAULT) or not subject.config.has(DEFAULT):
        return
    missing = [key for key in RETRY_KEYS if key not in own_keys(subject.config, subject.group)]
    if missing:
        message = _("It leaves out {keys}, and OpenHands' defaults differ by release.").format(keys=", ".join(missing))
        yield subject.found(Code.MISSING_RETRY_KEYS, message, _("Write all four, or save them with llm-setup."))


def _for_groups_only() -> Finding:
    """What OpenHands does with such a file is in order, as long as a group is named."""
    message = _("Nothing stands in it: unless a group is named, OpenHands takes its default model and no key.")
    return Finding(
        severity=Severity.WARNING, code=Code.NO_MODEL, group=DEFAULT, key="model", where=header(DEFAULT),
        sentence=message, hint=_("Start OpenHands with -l NAME, or set model in [llm]."),
    )  # fmt: skip


def known_faults(base: Mapping[str, Value], environ: Mapping[str, str]) -> list[Fault]:
    """The rules that the default group breaks."""
    return faults({**base, **from_environment(environ)})


def from_environment(environ: Mapping[str, str]) -> dict[str, Value]:
    """What OpenHands takes from its variables, by key."""
    found = {key: from_variable(field, environ.get(field.variable, "")) for key, field in KNOWN.items()}
    return {key: value for key, value in found.items() if value is not None}


def _finding(subject: Subject, fault: Fault, code: Code, release: str) -> Finding:
    severity = Severity.ERROR if fault.severe else Severity.WARNING
    if is_past(fault.until, release):
        severity = Severity.NOTE
    hint = fault.hint
    if subject.group == DEFAULT and subject.environ.get(KNOWN[fault.key].variable):
        hint += " " + _("The value comes from {variable}.").format(variable=KNOWN[fault.key].variable)
    line = None
    if subject.line(fault.key) is None and subject.group != DEFAULT:
        line = subject.config.line(DEFAULT, fault.key)
    return subject.found(code, fault.message, hint, key=fault.key, line=line, severity=severity)


# -- half of an AWS key, which is a pair: what becomes of it where the other half is nowhere


def check_pair(subject: Subject) -> Iterator[Finding]:
    """A half that is set without the other one, in the group itself; one that is inherited is said of `[llm]`.

    A warning, for the other half may be in a keyring. What happens without it was tried with OpenHands 0.62 and litellm
    1.106: OpenHands sets AWS' own variables to what it has, and botocore refuses an access key alone, but passes over a
    secret key alone.
    """
    given = from_environment(subject.environ)
    own = own_values(subject.config, subject.group) | (given if subject.group == DEFAULT else {})
    values = {**subject.base, **own}
    halves = [key for key in PAIR if values.get(key)]
    if len(halves) != 1 or not own.get(halves[0]) or not _takes_a_pair(route_of(values).provider):
        return
    half, other = halves[0], next(key for key in PAIR if key != halves[0])
    if given.get(other) or subject.environ.get(other.upper()):
        return
    sentence = (
        _("{half} is set without {other}, and no call can be made with half of a pair.")
        if half == ACCESS_KEY
        else _("{half} is set without {other}, and is silently ignored: the machine's own role counts.")
    ).format(half=half, other=other)
    if subject.group == DEFAULT and subject.environ.get(KNOWN[half].variable):
        sentence = f"{sentence} " + _("It comes from {variable}.").format(variable=KNOWN[half].variable)
    hint = _("Set both, or remove it. In a keyring, the other half counts where llm-setup exec starts OpenHands.")
    yield subject.found(Code.HALF_A_KEY, sentence, hint, key=half)


def _takes_a_pair(provider: Provider | None) -> bool:
    return provider is not None and set(PAIR) <= {need.key for need in provider.needs}
