"""`group`: add, copy, rename or remove a group of settings."""

import argparse

from tui.base.errors import Status
from tui.base.translation import _
from tui.commands.inputs import hide_keys_in
from tui.commands.output import afterwards, note, print_update
from tui.commands.questions import in_place_offered
from tui.commands.set import Done, told_of
from tui.commands.targets import the_one
from tui.config_file.document import ConfigText
from tui.config_file.location import locate
from tui.openhands.targets.target import GUI, TOML, Target
from tui.openhands.targets.toml_file import TomlFile
from tui.saving.file_update import Update, update
from tui.saving.group_edits import references, with_copy, with_group, with_name, without_group


def run(options: argparse.Namespace) -> int:
    """What still names a group that is gone is said, and left as it is: those sections are not ours."""
    options.group = options.name
    target = the_one(options, _("A group"))
    return _run(options) if target.name == TOML else _run_for_profiles(options, target)


def _run_for_profiles(options: argparse.Namespace, target: Target) -> int:
    """A profile is a group, of the agent server with a file of its own; others may name it."""
    write = not options.dry_run
    hide_keys_in(target, target.locate(group=getattr(options, "source", None) or options.name))
    done = _change_profile(options, target.name, write=write)
    with afterwards(done=write):
        files = [told for each in done for told in told_of(Done(target, each, {}))]
        if done:
            print_update(options, *(each for one in done for each in (one, *one.along)), files=files)
        else:
            note(_("Nothing to change."))
    return Status.DONE


def _change_profile(options: argparse.Namespace, program: str, *, write: bool) -> list[Update]:
    from tui.saving import profile_changes
    from tui.saving.group_edits import make_profile

    match options.action:
        case "rename":
            rename = profile_changes.rename_gui_profile if program == GUI else profile_changes.rename_profile
            return rename(options.source, options.name, write=write)
        case "remove":
            remove = profile_changes.remove_gui_profile if program == GUI else profile_changes.remove_profile
            return remove(options.name, write=write)
        case _:
            return [make_profile(options.name, getattr(options, "source", None), write=write)]


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
        print_update(options, done)
        if done.changed and options.action in ("rename", "remove"):
            gone = options.source if options.action == "rename" else options.name
            for sentence in references(done.before if options.dry_run else done.after, gone):
                note(_("llm-setup: warning: {message}").format(message=sentence))
    return Status.DONE
