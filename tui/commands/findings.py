"""What `check` would say, as lines: on stdout when that was asked, on stderr beside everything else."""

import os
from collections.abc import Collection

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.commands.output import remark
from tui.config_file.reading import ConfigText
from tui.settings.finding import Code, Finding, Severity
from tui.settings.groups import DEFAULT

_WORDS = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.NOTE: _("note")}


_OF_VARIABLES = (Code.UNUSABLE_KEY, Code.NOT_A_KEY, Code.UNUSABLE_VARIABLE, Code.STRAY_CHARACTER)
"""What may be said without a file."""


def lines_of(path: str, finding: Finding) -> list[str]:
    """`file:line: error: what is wrong`, and what to do about it below."""
    in_file = path if finding.line is None else f"{path}:{finding.line}"
    where = _("environment") if finding.line is None and finding.code in _OF_VARIABLES else in_file
    place = f"{finding.where}: " if finding.where else ""
    line = f"{where}: {_WORDS[finding.severity]}: {place}{finding.sentence} [{finding.code}]"
    return [line, f"    {finding.hint}"] if finding.hint else [line]


def remark_findings(config: ConfigText, *groups: str, keys: Collection[str] = ()) -> None:
    """Print what concerns some groups on stderr, or keeps OpenHands from starting; with `keys`, what they suffer from.

    Notes are for `check` alone.
    """
    from tui.settings.check import findings  # a quick command has no use for it
    from tui.settings.own import OwnSettings

    shown = clean(tilde(config.path))
    for finding in findings(config, os.environ, OwnSettings().preference("release")):
        if not config.exists and finding.code not in _OF_VARIABLES:
            continue
        about = not keys or finding.voids or finding.key in keys or finding.code is Code.MISSING_RETRY_KEYS
        if about and _concerns(finding, groups) and finding.severity is not Severity.NOTE:
            remark(*lines_of(shown, finding))


def _concerns(finding: Finding, groups: Collection[str]) -> bool:
    """What is lost of a table beside the groups concerns all."""
    group = finding.group
    return group is None or group in groups or (finding.voids and group.partition(".")[0] != DEFAULT)
