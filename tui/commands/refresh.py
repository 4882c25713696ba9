"""`models --refresh` and `models --forget`: a newer catalogue into the cache, or back to the bundled one."""

import argparse
import os

from tui.base.errors import SetupError, Status
from tui.base.translation import _
from tui.catalog.refresh import Changes, forget, refresh, source_of, told
from tui.catalog.snapshot import current
from tui.commands.output import write, write_json
from tui.drafts.own_settings import OwnSettings


def run(options: argparse.Namespace) -> int:
    """Raises SetupError when nothing could be fetched; the catalogue is as before then."""
    if options.forget:
        return _forget(options)
    if not options.refresh:
        raise SetupError(
            _("--from and --sha256 belong to --refresh."), _("llm-setup models --refresh"), status=Status.USAGE
        )
    changes = refresh(options.source or source_of(os.environ, OwnSettings().preference("catalogue")), options.sha256)
    if options.json:
        write_json(_as_json(changes))
    else:
        write(told(changes))
    return Status.DONE


def _forget(options: argparse.Namespace) -> int:
    if options.refresh or options.source or options.sha256:
        raise SetupError(_("--forget stands alone."), _("llm-setup models --forget"), status=Status.USAGE)
    was_there, now = forget(), current()
    if options.json:
        rows = sum(map(len, now.rows.values()))
        write_json(_as_json(Changes(now.name, now.day, rows, [], [], [], [], unchanged=not was_there)))
    elif was_there:
        write([_("The catalogue is that of {name} again, of {day}.").format(name=now.name, day=now.day)])
    else:
        write([_("There was no other than that of {name}, of {day}.").format(name=now.name, day=now.day)])
    return Status.DONE


def _as_json(changes: Changes) -> dict[str, object]:
    return {
        "source": changes.source, "date": changes.day.isoformat(), "rows": changes.rows, "new": changes.new,
        "gone": changes.gone, "changed": sorted([*changes.dearer, *changes.cheaper]), "unchanged": changes.unchanged,
    }  # fmt: skip
