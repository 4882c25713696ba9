"""The files of each OpenHands that is meant, and our own: readable, valid, closed to others, and read by whom."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError
from tui.base.folders import config_folder, in_shell, state_folder, tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.checks.check import check, findings
from tui.checks.finding import Code, Finding, Severity
from tui.doctor.observation import Area, Grade, Observation
from tui.doctor.remedies import closing, is_open_to_others, private_places, remedy_for
from tui.doctor.setup import SetUp
from tui.openhands.targets.installed import installed
from tui.openhands.targets.target import TOML, Target

_GRADES: Final = {Severity.ERROR: Grade.ERROR, Severity.WARNING: Grade.WARNING}
_OF_KEYS: Final = frozenset(
    {Code.UNUSABLE_KEY, Code.NOT_A_KEY, Code.HALF_A_KEY, Code.KEY_OF_ANOTHER, Code.KEY_IN_FILE, Code.CIPHERTEXT}
)
_OF_ENVIRONMENT: Final = frozenset({Code.UNUSABLE_VARIABLE, Code.SHADOWED_BY_ENVIRONMENT})


def look_at_files(setup: SetUp) -> list[Observation]:
    """What `check` says of each file, and what it says of the keys and variables, each in its area."""
    files = [(target, path) for target in setup.targets for path in dict.fromkeys(setup.paths(target))]
    found = [each for target, path in files for each in _target(setup, target, path)]
    return [*found, *_own(setup)]


def _target(setup: SetUp, target: Target, path: Path) -> Iterator[Observation]:
    try:
        told = _findings(setup, target, path)
    except SetupError as error:
        yield _unreadable(target, path, error)
        return
    said = [_observation(target, path, finding) for finding in told if finding.severity in _GRADES]
    said += [*_read_only(path), *_reader(target, path)]
    if not any(each.area is Area.FILES for each in said) and os.path.lexists(path):
        words = _("{path} is valid; {program} reads it.")
        yield Observation.well(Area.FILES, words.format(path=_shown(path), program=target.program))
    yield from said


def _findings(setup: SetUp, target: Target, path: Path) -> list[Finding]:
    """Of a file that is not there, what concerns the variables alone. Raises SetupError where there is no model."""
    environ, release = setup.environ, setup.own.preference("release")
    if target.name != TOML or os.path.lexists(path) or not environ.get("LLM_MODEL"):
        return check(path, environ, release, target)
    told = findings(target.read(path), environ, release)
    return [finding for finding in told if finding.line is None and finding.code is not Code.MISSING_CORE]


def _unreadable(target: Target, path: Path, error: SetupError) -> Observation:
    if os.path.lexists(path):
        return Observation.of(Area.FILES, "unreadable", error)
    command = "llm-setup set" if target.name == TOML else f"llm-setup set --for {target.name}"
    hint = _("Make it with llm-setup, or: {command} model=anthropic/…").format(command=command)
    return Observation(Area.FILES, Grade.ERROR, "no-file", error.message, hint)


def _observation(target: Target, path: Path, finding: Finding) -> Observation:
    remedy = None
    with suppress(SetupError):  # a file of which nothing can be made
        remedy = remedy_for(target, target.read(path), finding)
    place = _shown(path) if finding.line is None else f"{_shown(path)}:{finding.line}"
    area = _area(finding)
    by_variable = area is Area.ENVIRONMENT or (area is Area.KEYS and finding.line is None)
    message = f"{finding.where}: {finding.sentence}" if finding.where else finding.sentence
    message = message if by_variable and finding.line is None else f"{place}: {message}"
    return Observation(area, _GRADES[finding.severity], finding.code.value, message, finding.hint, remedy)


def _area(finding: Finding) -> Area:
    if finding.code in _OF_KEYS:
        return Area.KEYS
    return Area.ENVIRONMENT if finding.code in _OF_ENVIRONMENT else Area.FILES


def _read_only(path: Path) -> Iterator[Observation]:
    """Nothing is wrong with it as it is, but it cannot be saved."""
    folder = Path(os.path.realpath(path)).parent
    if not os.path.lexists(path) or (os.access(path, os.W_OK) and os.access(folder, os.W_OK | os.X_OK)):
        return
    message = _("You may not change {path} or the folder that it is in.").format(path=_shown(path))
    yield Observation(
        Area.FILES, Grade.WARNING, "read-only", message, _("Nothing can be saved there: see whose they are.")
    )


def _reader(target: Target, path: Path) -> Iterator[Observation]:
    """That the command `openhands` is another program than the one that reads config.toml; the reverse `check` says."""
    program = installed()
    if target.name == TOML and path.exists() and program and program.is_cli:
        message = _("The command openhands here is the OpenHands CLI {version}, which does not read {path}.")
        message = message.format(version=clean(program.version, limit=20), path=_shown(path))
        hint = _("Set up its own file, too: llm-setup set --for cli model=…")
        yield Observation(Area.FILES, Grade.WARNING, Code.NOT_READ_BY.value, message.replace("  ", " "), hint)


def _own(setup: SetUp) -> Iterator[Observation]:
    """What we keep ourselves."""
    if setup.own.problem:
        yield Observation.of(Area.FILES, "own-settings", setup.own.problem)
    for path, mode in private_places([config_folder(), state_folder() / "backups", state_folder() / "drafts"]):
        if path.stat().st_uid != os.geteuid():
            message = _("{path} belongs to another user, so no key is kept there.").format(path=_shown(path))
            yield Observation(Area.FILES, Grade.ERROR, "foreign-owner", message, _("See how it came there."))
        elif is_open_to_others(path):
            message = _("{path} can be read or changed by other users.").format(path=_shown(path))
            hint = _("Run: chmod {mode} {path}").format(mode=f"{mode:o}", path=clean(in_shell(path)))
            yield Observation(
                Area.FILES, Grade.WARNING, Code.READABLE_BY_OTHERS.value, message, hint, closing(path, mode)
            )


def _shown(path: Path) -> str:
    return clean(tilde(path), limit=200)
