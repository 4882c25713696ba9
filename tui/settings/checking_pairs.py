"""Half of an AWS key, which is a pair: what becomes of it where the other half is nowhere."""

from collections.abc import Iterator

from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.credentials.aws_keys import ACCESS_KEY, PAIR
from tui.settings.checking_rules import from_environment
from tui.settings.finding import Code, Finding
from tui.settings.groups import DEFAULT, KNOWN, own_values
from tui.settings.places import Subject
from tui.settings.routes import route_of


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
        else _("{half} is set without {other}, and is passed over without a word: the machine's own role counts.")
    ).format(half=half, other=other)
    if subject.group == DEFAULT and subject.environ.get(KNOWN[half].variable):
        sentence = f"{sentence} " + _("It comes from {variable}.").format(variable=KNOWN[half].variable)
    hint = _("Set both, or take it out. In a keyring, the other half counts where llm-setup exec starts OpenHands.")
    yield subject.found(Code.HALF_A_KEY, sentence, hint, key=half)


def _takes_a_pair(provider: Provider | None) -> bool:
    return provider is not None and set(PAIR) <= {need.key for need in provider.needs}
