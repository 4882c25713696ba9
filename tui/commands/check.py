"""`check`: what is wrong with the file, as OpenHands would see it."""

import argparse
import os
import sys
from contextlib import suppress
from typing import Any

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, many
from tui.commands.findings import lines_of
from tui.commands.gate import hide_keys_of
from tui.commands.output import prose, remark, write, write_json
from tui.config_file.location import locate
from tui.config_file.reading import read_config
from tui.openhands.neighbour import shared_environment
from tui.settings.check import check
from tui.settings.finding import Finding, Severity
from tui.settings.own import OwnSettings


def run(options: argparse.Namespace) -> int:
    """Errors first; status 1 when there are any. A file that cannot be read raises SetupError."""
    path = locate(options.config)
    with suppress(SetupError):  # what is wrong with it is a finding
        hide_keys_of(read_config(path).data)
    findings = check(path, os.environ, OwnSettings().preference("release"))
    errors = sum(finding.is_error for finding in findings)
    if options.json:
        write_json({"ok": not errors, "problems": [_told(finding) for finding in findings]})
    else:
        lines = (line for finding in findings for line in lines_of(clean(tilde(path)), finding))
        write(prose(lines, sys.stdout))
        if sentence := shared_environment():
            remark(sentence)
        remark(_summary(errors, sum(finding.severity is Severity.WARNING for finding in findings)))
    return Status.NO if errors else Status.DONE


def _told(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity.value,
        "code": finding.code.value,
        "group": finding.group,
        "key": finding.key,
        "line": finding.line,
        "message": finding.message,
        "hint": finding.hint,
        "voids": finding.voids,
    }


def _summary(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return _("Nothing is wrong with it.")
    counted = [
        many("{count} error", "{count} errors", errors) if errors else "",
        many("{count} warning", "{count} warnings", warnings) if warnings else "",
    ]
    return ", ".join(part for part in counted if part) + "."
