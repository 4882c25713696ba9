"""`group`: add, copy, rename or remove a group of settings."""

import argparse

from tui.base.errors import Status
from tui.base.translation import _
from tui.commands.inputs import hide_keys_in
from tui.commands.output import afterwards, note, report
from tui.commands.questions import in_place_offered
from tui.commands.targets import the_one
from tui.config_file.document import ConfigText
from tui.config_file.location import locate
from tui.openhands.targets.target import SERVER
from tui.openhands.targets.toml_file import TomlFile
from tui.saving.file_update import update
from tui.saving.group_edits import references, with_copy, with_group, with_name, without_group


def run(options: argparse.Namespace) -> int:
    """What still names a group that is gone is said, and left as it is: those sections are not ours."""
    options.group = options.name
    target = the_one(options, _("A group"))
    return _run_for_server(options) if target.name == SERVER else _run(options)


def _run_for_server(options: argparse.Namespace) -> int:
    """Profiles are made here; those that are there may be named by others."""
    from tui.saving.group_edits import make_profile, refuse_change

    if options.action in ("rename", "remove"):
        raise refuse_change(options.action)
    done = make_profile(options.name, getattr(options, "source", None), write=not options.dry_run)
    with afterwards(done=not options.dry_run):
        report(options, done)
    return Status.DONE


def _run(options: argparse.Namespace) -> int:
    def change(_first: ConfigText, present: ConfigText) -> str:
        match options.action:
            case "add":
                return with_group(present, options.name)
            case "copy":
                return with_copy(present, options.source, options.name)
            case "rename":
                return with_name(present, options.source, options.name)
            case _:
                return without_group(present, options.name)

    hide_keys_in(TomlFile(), locate(options.config))
    with in_place_offered():
        done = update(locate(options.config), change, write=not options.dry_run, in_place=options.in_place)
    with afterwards(done=not options.dry_run):
        report(options, done)
        if done.changed and options.action in ("rename", "remove"):
            gone = options.source if options.action == "rename" else options.name
            for sentence in references(done.before if options.dry_run else done.after, gone):
                note(_("llm-setup: warning: {message}").format(message=sentence))
    return Status.DONE
