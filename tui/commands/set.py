"""`set`: change settings, all of them or none."""

import argparse
import os
from pathlib import Path

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.checks.rules import faults
from tui.commands.output import afterwards, remark, report
from tui.commands.questions import in_place_offered
from tui.config_file.document import ConfigText
from tui.config_file.location import locate
from tui.drafts.own_settings import OwnSettings
from tui.openhands.effective import Source, effective
from tui.openhands.groups import culprits, header
from tui.openhands.names import group_called
from tui.saving.assignments import Request, changed_text, requested
from tui.saving.file_update import Update, update
from tui.saving.own_keys import keep, kept_lines


def run(options: argparse.Namespace) -> int:
    """Everything is checked before anything is written; config.toml first, then our own settings."""
    path = locate(options.config)
    request = requested(options.assignments, options.unset, group_called(options.group))
    own = OwnSettings()
    ours = kept_lines(own, path, request.ours)
    if ours and own.problem:
        raise own.problem
    with in_place_offered():
        done = _update(path, request, write=not options.dry_run, in_place=options.in_place)
    if ours and not options.dry_run:
        _keep(path, request, done)
    with afterwards(done=not options.dry_run):
        report(options, done, also=ours)
        remark(*(_dropped(done, request.group) or _broken_rules(done, request.group)))
    return Status.DONE


def _keep(path: Path, request: Request, done: Update) -> None:
    try:
        keep(path, request.ours)
    except SetupError as error:
        if not done.changed:
            raise
        message = _("{path} is saved, but not what llm-setup keeps itself. {reason}")
        said = message.format(path=clean(tilde(path)), reason=error.message)
        raise SetupError(said, error.hint, status=error.status) from None


def _update(path: Path, request: Request, *, write: bool, in_place: bool) -> Update:
    def change(first: ConfigText, present: ConfigText) -> str:
        return changed_text(first, present, request)

    return update(path, change, write=write, in_place=in_place)


def _dropped(done: Update, group: str) -> list[str]:
    """What makes OpenHands drop the group still, whatever was set in it."""
    keys = ", ".join(clean(key, limit=60) for key in culprits(done.after, group))
    words = _("llm-setup: warning: OpenHands drops all of {group} because of {keys}; llm-setup check says more.")
    return [words.format(group=header(group), keys=keys)] if keys else []


def _broken_rules(done: Update, group: str) -> list[str]:
    """What is wrong between the settings of the group now, though each is right in itself."""
    settings = effective(done.after, os.environ, group).items()
    values = {
        key: setting.value
        for key, setting in settings
        if setting.source is not Source.DEFAULT and setting.value is not None and not isinstance(setting.value, Secret)
    }
    warning = _("llm-setup: warning: {message} {hint}")
    return [warning.format(message=fault.message, hint=fault.hint).rstrip() for fault in faults(values)]
