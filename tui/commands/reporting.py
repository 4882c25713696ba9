"""What commands that change the file say about it."""

import argparse
from collections.abc import Sequence

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.commands.gate import hide_keys_of
from tui.commands.output import remark, write, write_json
from tui.config_file.differing import diff
from tui.settings.own import OwnSettings
from tui.settings.updating import Update


def report(options: argparse.Namespace, done: Update, *, also: Sequence[str] = ()) -> None:
    """Print the difference, with its secrets masked; `also` are lines that changed in our own settings."""
    for config in (done.before, done.after):
        hide_keys_of(config.data)
    difference = [*_difference(done), *_difference_of_ours(also)]
    changed = done.changed or bool(also)
    if options.json:
        text = "".join(f"{line}\n" for line in difference)
        write_json({"changed": changed, "diff": text, "backup": str(done.backup) if done.backup else None})
        return
    write(difference)
    if not changed:
        remark(_("Nothing to change."))
    elif options.dry_run:
        remark(_("Nothing was written: this was a dry run."))


def _difference(done: Update) -> list[str]:
    if not done.changed:
        return []
    lines = [line.sign.replace("…", "@@ ") + line.text for line in diff(done.before.text, done.text)]
    return [*_names(clean(tilde(done.before.path))), *lines]


def _difference_of_ours(lines: Sequence[str]) -> list[str]:
    return [*_names(clean(tilde(OwnSettings().path))), *lines] if lines else []


def _names(path: str) -> list[str]:
    return [f"--- {path}", f"+++ {path}"]
