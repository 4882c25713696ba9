"""`set --same-as`: other programs get the settings that one of them has."""

import argparse
import os

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.commands.inputs import hide_keys_in
from tui.commands.output import afterwards, note, print_update
from tui.commands.set import Done, remarks_on, told_of
from tui.commands.targets import meant
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.openhands.groups import DEFAULT, own_keys
from tui.openhands.targets.found import chosen
from tui.openhands.targets.target import Target
from tui.saving.other_files import carry_out, plan_for


def make_alike(options: argparse.Namespace) -> int:
    """All or none of them. A key goes along only where the place for keys is the files themselves."""
    source, others = _source_and_others(options)
    for target in (source, *others):
        hide_keys_in(target, target.locate(options.config))
    config = source.read(source.locate(options.config))
    if not own_keys(config, DEFAULT).get("model"):
        message = _("There is no model in {path}.").format(path=clean(tilde(config.path)))
        raise SetupError(message, _("Name one that has one: --same-as toml"), status=Status.USAGE)
    draft = Draft(config, OwnSettings(), source.environment(os.environ))
    plan = plan_for(draft, others, alike=True, config=options.config)
    done = carry_out(plan, write=False)
    if not options.dry_run:
        done = carry_out(plan, write=True)
    with afterwards(done=not options.dry_run):
        all_done = [Done(each.target, each.update, each.left_out) for each in done]
        updates = [update for each in done for update in (each.update, *each.update.along)]
        print_update(options, *updates, files=[told for each in all_done for told in told_of(each)])
        for each, wanted in zip(all_done, plan, strict=True):
            note(*remarks_on(each, wanted.request))
    return Status.DONE


def _source_and_others(options: argparse.Namespace) -> tuple[Target, list[Target]]:
    """Raises SetupError where that is not one and at least one other."""
    named = chosen(options.same_as, None)
    others = [target for target in meant(options) if target.name != named[0].name]
    if len(named) > 1 or options.assignments or options.unset or options.group:
        message = _("--same-as takes one program, and goes with no settings, --unset or --group.")
        raise SetupError(message, _("Change the settings in a second step."), status=Status.USAGE)
    if not others:
        message = _("Nothing else is found that could be made the same.")
        raise SetupError(message, _("Say which: --for cli,server"), status=Status.USAGE)
    return named[0], others
