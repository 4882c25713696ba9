"""The program itself: its release, Python, what it is installed with and into."""

import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from tui import __version__
from tui.base.folders import APP
from tui.base.foreign import clean
from tui.base.translation import _
from tui.doctor.observation import Area, Grade, Observation
from tui.openhands.targets.installed import shared_environment

_REQUIREMENT = re.compile(r"([A-Za-z0-9_.-]+)([^;]*)$")
_LIMIT = re.compile(r"(>=|<)\s*([0-9.]+)")


def look_at_program() -> Iterator[Observation]:
    """Reads the metadata of packages, and imports none of them."""
    litellm = _version("litellm")
    if litellm:
        words = _("llm-setup {version} with Python {python} and litellm {litellm}.")
    else:
        words = _("llm-setup {version} with Python {python}.")
    said = words.format(version=__version__, python=platform.python_version(), litellm=clean(litellm, limit=30))
    yield Observation.well(Area.PROGRAM, said)
    if (on_disk := _version(APP)) not in ("", __version__):
        message = _("llm-setup {version} runs, and {other} is installed.")
        hint = _("Start it anew, or install it anew where its parts do not belong together.")
        said = message.format(version=__version__, other=clean(on_disk, limit=30))
        yield Observation(Area.PROGRAM, Grade.WARNING, "two-versions", said, hint)
    yield from _releases()
    if sentence := shared_environment():
        yield Observation(Area.PROGRAM, Grade.WARNING, "shared-environment", sentence)


def _releases() -> Iterator[Observation]:
    """What it needs and what is there."""
    for requirement in _requirements():
        found = _REQUIREMENT.match(requirement)
        name, wanted = (found[1], found[2].strip()) if found else ("", "")
        present = _version(name)
        if name == "litellm" and not present:
            message = _("litellm is not installed: all works but the test and the list of an endpoint's prices.")
            hint = _("Install llm-setup with it, or test with another installation.")
            yield Observation(Area.PROGRAM, Grade.WARNING, "no-litellm", message, hint)
        elif not present or not _fits(present, wanted):
            message = _("{name} {present} is installed, and llm-setup needs {wanted}.")
            shown = clean(present, limit=30) or _("(none)")
            yield Observation(
                Area.PROGRAM, Grade.WARNING, "dependency", message.format(name=name, present=shown, wanted=wanted),
                _("Install llm-setup anew, in an environment of its own: uv tool install llm-setup"),
            )  # fmt: skip


def _requirements() -> list[str]:
    try:
        found = requires(APP) or []
    except PackageNotFoundError:  # run from a folder, and not installed
        return []
    return [requirement for requirement in found if ";" not in requirement]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _fits(present: str, wanted: str) -> bool:
    number = _number(present)
    for sign, limit in _LIMIT.findall(wanted):
        least = _number(limit)
        if (number < least) if sign == ">=" else (number >= least):
            return False
    return True


def _number(text: str) -> tuple[int, ...]:
    """`8.2.8` as numbers; what follows them (`rc1`) does not count."""
    found = re.match(r"[0-9.]+", text)
    return tuple(int(part) for part in found[0].strip(".").split(".")) if found else ()
