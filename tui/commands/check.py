"""`check`: what is wrong with the file, as OpenHands would see it."""

import argparse
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tui.base.errors import Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, listed, many, sentence
from tui.checks.check import check
from tui.checks.differing import in_words, uses_of
from tui.checks.finding import Code, Finding, Severity
from tui.commands.gate import hide_keys_of
from tui.commands.inputs import hide_keys_in
from tui.commands.output import note, prose, write, write_json
from tui.commands.targets import is_plain, meant
from tui.config_file.document import ConfigText
from tui.drafts.own_settings import OwnSettings
from tui.openhands.groups import DEFAULT
from tui.openhands.targets.installed import shared_environment
from tui.openhands.targets.target import Target

# -- what `check` would say, as lines: on stdout when that was asked, on stderr beside everything else

_WORDS = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.NOTE: _("note")}


_OF_VARIABLES = (
    Code.UNUSABLE_KEY, Code.NOT_A_KEY, Code.KEY_OF_ANOTHER, Code.UNUSABLE_VARIABLE, Code.STRAY_CHARACTER,
)  # fmt: skip
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
    from tui.checks.check import findings  # a quick command has no use for it
    from tui.drafts.own_settings import OwnSettings

    hide_keys_of(config.everything)
    shown = clean(tilde(config.path))
    for finding in findings(config, os.environ, OwnSettings().preference("release")):
        if not config.exists and finding.code not in _OF_VARIABLES:
            continue
        about = not keys or finding.voids or finding.key in keys or finding.code is Code.MISSING_RETRY_KEYS
        if about and _concerns(finding, groups) and finding.severity is not Severity.NOTE:
            note(*lines_of(shown, finding))


def _concerns(finding: Finding, groups: Collection[str]) -> bool:
    """What is lost of a table beside the groups concerns all."""
    group = finding.group
    return group is None or group in groups or (finding.voids and group.partition(".")[0] != DEFAULT)


def run(options: argparse.Namespace) -> int:
    """Errors first; status 1 when there are any. A file that cannot be read raises SetupError."""
    targets = meant(options)
    found = [
        (target, path, finding)
        for target in targets
        for path, name in _files(target, options.config)
        for finding in _findings(target, path, name)
    ]
    found += [(targets[0], targets[0].locate(options.config), each) for each in _between(targets, options.config)]
    findings = [finding for _target, _path, finding in found]
    errors = sum(finding.is_error for finding in findings)
    if options.json:
        told = [_told(finding) for finding in findings]
        if not is_plain(targets):
            told = [{"target": target.name} | each for (target, _p, _f), each in zip(found, told, strict=True)]
        write_json({"ok": not errors, "problems": told})
    else:
        lines = (line for _target, path, finding in found for line in lines_of(clean(tilde(path)), finding))
        write(prose(lines, sys.stdout))
        if sentence := shared_environment():
            note(sentence)
        note(_summary(errors, sum(finding.severity is Severity.WARNING for finding in findings)))
    return Status.NO if errors else Status.DONE


def _between(targets: Sequence[Target], config: Path | None) -> Iterator[Finding]:
    """That several programs would not use the same: it may be meant."""
    if words := in_words(uses_of(targets, os.environ, config)) if len(targets) > 1 else "":
        hint = _("To give all of them the settings of one: llm-setup set --same-as NAME")
        yield Finding(severity=Severity.NOTE, code=Code.PROGRAMS_DIFFER, sentence=words, hint=hint)


def _files(target: Target, config: Path | None) -> Iterator[tuple[Path, str]]:
    """The target's files, each with the name of its group where it is that of one."""
    others = target.groups()
    first = target.locate(config)
    if not others or first.exists():
        yield first, ""
    for name in others:
        yield target.locate(group=name), name


def _findings(target: Target, path: Path, name: str) -> list[Finding]:
    hide_keys_in(target, path)  # what is wrong with it is a finding
    found = check(path, os.environ, OwnSettings().preference("release"), target)
    return [replace(each, group=f"{DEFAULT}.{name}") if name and each.group else each for each in found]


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
    return sentence(listed(counted))
