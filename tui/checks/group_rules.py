"""The rules for one group: its name, what it inherits, and what must hold between its fields."""

from collections.abc import Collection, Iterator, Mapping

from tui.base.foreign import clean
from tui.base.translation import _, together
from tui.catalog.provider import Provider
from tui.checks.finding import Code, Fault, Finding, Severity, Subject
from tui.checks.rules import NEEDED, faults
from tui.credentials.identity import origin_of
from tui.credentials.pasted_key import ACCESS_KEY, PAIR
from tui.drafts.repairs import dead_settings
from tui.openhands.field import Value
from tui.openhands.fields import BY_KEY, RETRY_KEYS
from tui.openhands.groups import DEFAULT, KNOWN, has_groups_only, header, offending_keys, own_keys, own_values
from tui.openhands.releases import is_past
from tui.openhands.routes import route_of
from tui.openhands.types import from_variable


def check_rules(subject: Subject, known: Collection[Fault] = (), release: str = "") -> Iterator[Finding]:
    """The rules that a group breaks, but for those `known` of `[llm]` already: nothing is said twice.

    What does not concern the chosen `release` is a note.

    Values are taken as they stand, also of a group that OpenHands drops: once that is fixed, they count.
    """
    own = (
        own_values(subject.config, subject.group)
        if subject.group != DEFAULT
        else values_from_environment(subject.environ)
    )
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
    return faults({**base, **values_from_environment(environ)})


def values_from_environment(environ: Mapping[str, str]) -> dict[str, Value]:
    """What OpenHands takes from its variables, by key."""
    found = {key: from_variable(field, environ.get(field.variable, "")) for key, field in KNOWN.items()}
    return {key: value for key, value in found.items() if value is not None}


def _finding(subject: Subject, fault: Fault, code: Code, release: str) -> Finding:
    severity = Severity.ERROR if fault.severe else Severity.WARNING
    if is_past(fault.until, release):
        severity = Severity.NOTE
    hint = fault.hint
    if subject.group == DEFAULT and subject.environ.get(KNOWN[fault.key].variable):
        hint = together(hint, _("The value comes from {variable}.").format(variable=KNOWN[fault.key].variable))
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
    given = values_from_environment(subject.environ)
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
        sentence = together(sentence, _("It comes from {variable}.").format(variable=KNOWN[half].variable))
    hint = _("Set both, or remove it. In a keyring, the other half counts where llm-setup exec starts OpenHands.")
    yield subject.found(Code.HALF_A_KEY, sentence, hint, key=half)


def _takes_a_pair(provider: Provider | None) -> bool:
    return provider is not None and set(PAIR) <= {need.key for need in provider.needs}


def is_named_like_a_field(group: str) -> bool:
    """Whether the table was probably meant as a setting: `[llm.completion_kwargs]`."""
    return group.removeprefix(f"{DEFAULT}.") in BY_KEY and group != DEFAULT


def check_name(subject: Subject) -> Iterator[Finding]:
    """What is wrong with the name of a group."""
    name = subject.group.removeprefix(f"{DEFAULT}.")
    if is_named_like_a_field(subject.group):
        message = _("{name} is a setting, but a table of that name in [llm] is a group to OpenHands.").format(name=name)
        hint = _("Give the group another name.") if KNOWN.get(name) else _("Remove it.")
        if name == "completion_kwargs":
            hint = _("Put completion_kwargs into a group: [llm.NAME.completion_kwargs].")
        yield subject.found(Code.GROUP_NAME, message, hint, voids=bool(offending_keys(subject.config, subject.group)))
    elif subject.group != DEFAULT and name == DEFAULT:
        message = _("A group of this name takes the place of [llm] itself.")
        yield subject.found(Code.GROUP_NAME, message, _("Move its keys to [llm], or give it another name."))


def check_inheritance(subject: Subject) -> Iterator[Finding]:
    """Whether a group sends its requests to the host of `[llm]`, or the key of `[llm]` to another host."""
    if subject.group == DEFAULT:
        return
    base, own = subject.base, own_values(subject.config, subject.group)
    moved = bool(base.get("model")) and _whose({**base, **own}) != _whose(base)
    url = str(base.get("base_url", ""))
    if moved and url and "base_url" not in own:
        message = _("It takes base_url from [llm]: its requests, for another provider, go to {host}.").format(
            host=clean(origin_of(url) or _("the same address"), limit=60)
        )
        hint = _("Set base_url in {group} as well, to that provider's own address.").format(group=header(subject.group))
        yield subject.found(Code.GROUP_INHERITS_ENDPOINT, message, hint, key="base_url")
    elsewhere = "base_url" in own and origin_of(str(own["base_url"])) != origin_of(url)
    if (moved or elsewhere) and base.get("api_key") and "api_key" not in own:
        message = _("It takes api_key from [llm]: that key is sent to another provider or host.")
        hint = _("Set api_key in {group} as well.").format(group=header(subject.group))
        yield subject.found(Code.GROUP_INHERITS_ENDPOINT, message, hint, key="api_key")


def _whose(values: Mapping[str, Value]) -> str:
    """The provider without a look at the base URL, which may be the very thing that is wrong."""
    plain = {key: value for key, value in values.items() if key != "base_url"}
    route = route_of(plain)
    return route.provider.id if route.provider else route.named
