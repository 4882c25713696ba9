"""The groups among themselves: their names, and what one inherits that is not meant for it."""

from collections.abc import Iterator, Mapping

from tui.base.foreign import clean
from tui.base.translation import _
from tui.checks.finding import Code, Finding, Subject
from tui.credentials.identity import origin_of
from tui.openhands.field import Value
from tui.openhands.fields import BY_KEY
from tui.openhands.groups import DEFAULT, KNOWN, header, offending_keys, own_values
from tui.openhands.routes import route_of


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
