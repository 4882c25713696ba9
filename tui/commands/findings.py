"""What `check` would say, as lines: on stdout when that was asked, on stderr beside everything else."""

import os
from collections.abc import Collection

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.commands.output import remark
from tui.config_file.reading import ConfigText
from tui.settings.finding import Code, Finding, Severity

_WORDS = {Severity.ERROR: _("error"), Severity.WARNING: _("warning")}


def lines_of(path: str, finding: Finding) -> list[str]:
    """`file:line: error: what is wrong`, and what to do about it below."""
    where = path if finding.line is None else f"{path}:{finding.line}"
    place = f"{finding.where}: " if finding.where else ""
    line = f"{where}: {_WORDS[finding.severity]}: {place}{finding.sentence} [{finding.code}]"
    return [line, f"    {finding.hint}"] if finding.hint else [line]


def remark_findings(
    config: ConfigText, *groups: str, keys: Collection[str] = (), without: Collection[Code] = ()
) -> None:
    """Print what concerns some groups on stderr; with `keys`, only what they or a whole group suffer from."""
    if not config.exists:
        return
    from tui.settings.check import findings  # a quick command has no use for it

    shown = clean(tilde(config.path))
    for finding in findings(config, os.environ):
        about = not keys or finding.voids or finding.key in keys or finding.code is Code.MISSING_RETRY_KEYS
        if about and finding.group in (None, *groups) and finding.code not in without:
            remark(*lines_of(shown, finding))
