"""`undo`: put back the file as it was before the last save."""

import argparse
import os
from pathlib import Path

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, together
from tui.commands.output import afterwards, note, write, write_json
from tui.commands.questions import in_place_offered
from tui.commands.targets import meant, path_for
from tui.config_file.backups import versions
from tui.config_file.undo import Restored, restore
from tui.openhands.targets.target import CLI, TOML, Target
from tui.saving.file_update import holds_key
from tui.saving.target_update import forget


def run(options: argparse.Namespace) -> int:
    """Each time one save further back; status 1 when there is none left."""
    target = _target(options)
    path = path_for(target, options)
    try:
        with in_place_offered():
            done = restore(path, parse=target.parse, private=holds_key, in_place=options.in_place)
    except SetupError as error:
        if options.json and error.status is Status.NO:
            write_json({"restored": None})
        raise
    if target.name == CLI:
        forget(path)
    with afterwards():
        if options.json:
            write_json({"restored": str(path)})
        else:
            write([_told(done)])
        if done.cut:
            note(_("But for keys that were moved out of it since: those stay where they are now."))
    return Status.DONE


def _target(options: argparse.Namespace) -> Target:
    """The one that was named, or the only one that has anything to undo. Raises SetupError where that is unclear."""
    found = meant(options)
    if options.group and any(target.name == TOML for target in found):
        raise SetupError(_("config.toml is put back as a whole, with all of its groups."), status=Status.USAGE)
    saved = [target for target in found if versions(Path(os.path.realpath(path_for(target, options))))]
    if len(found) == 1 or len(saved) == 1:
        return (saved or found)[0]
    ways = ", ".join(f"--for {target.name}" for target in found)
    raise SetupError(
        _("Several files could be put back."), _("Say which one: {options}").format(options=ways), status=Status.USAGE
    )


def _told(done: Restored) -> str:
    path = clean(tilde(done.config.path))
    if not done.config.exists:
        said = _("{path} was removed: it did not exist before the last save.").format(path=path)
        kept = clean(tilde(done.config.backup), limit=1000) if done.config.backup else ""
        held = _("What it held is kept in {backup}.").format(backup=kept) if kept else ""
        return together(said, held)
    return _("{path} is as it was before the last save.").format(path=path)
