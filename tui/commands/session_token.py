"""`key set|status|delete --name AWS_SESSION_TOKEN`: what belongs to temporary AWS keys, in the file of its program."""

import argparse

from tui.base.errors import SetupError, Status
from tui.base.secret import Secret
from tui.base.translation import _
from tui.commands.gate import hide
from tui.commands.inputs import hide_keys_in
from tui.commands.key_places import say
from tui.commands.output import afterwards
from tui.commands.questions import ask, in_place_offered
from tui.commands.targets import path_for
from tui.credentials.pasted_key import clean_key
from tui.credentials.store import Store
from tui.openhands.groups import DEFAULT
from tui.openhands.targets.further import SESSION
from tui.openhands.targets.target import Target
from tui.saving.assignments import Request
from tui.saving.target_update import update_target


def is_meant(options: argparse.Namespace, target: Target) -> bool:
    """Whether the command is about one, and the program takes it."""
    return options.name in (SESSION, SESSION.upper()) and target.has(SESSION)


def run(options: argparse.Namespace, target: Target) -> int:
    """It is valid for hours, so it is kept nowhere else. Raises SetupError."""
    place = getattr(options, "store", None)
    if options.action in ("move", "unlock") or (options.action == "set" and place != Store.CONFIG):
        message = _("A session token is kept in the file of {program} alone, as readable text.")
        hint = _("llm-setup key set --store config --name AWS_SESSION_TOKEN")
        raise SetupError(message.format(program=target.program), hint, status=Status.USAGE)
    path = path_for(target, options)
    hide_keys_in(target, path)
    present = SESSION in target.read(path).further
    if options.action != "status":
        present = options.action == "set"
        token = clean_key(ask(_("Session token: ")))[0] if present else None
        hide([Secret(token)] if token else [])
        with in_place_offered():
            update_target(target, path, Request(DEFAULT, {SESSION: token}), in_place=options.in_place)
    with afterwards(done=options.action != "status"):
        told = {"store": Store.CONFIG.value if present else None, "backend": None, "where": str(path)}
        say(told | ({"present": present} if options.action == "status" else {}), as_json=options.json)
    return Status.DONE if present or options.action == "delete" else Status.NO
