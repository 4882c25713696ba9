"""The words of the commands that have commands below them: `group` and `key`."""

import argparse

from tui.base.translation import _, sentence
from tui.commands.shared_options import (
    add_config,
    add_for,
    add_group,
    add_in_place,
    add_json,
    add_writing,
)


def _place(word: str) -> str:
    """`openhands` is another word for OpenHands' own file, whichever that is."""
    return "config" if word == "openhands" else word


def add_group_commands(command: argparse.ArgumentParser) -> None:
    """Of `group`."""
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True, title=_("actions"))
    for name, words, names in (
        ("add", _("make a group that has the settings of [llm], with retry settings of its own"), ("name",)),
        ("copy", _("make a group with the settings of another"), ("source", "name")),
        ("rename", _("give a group another name"), ("source", "name")),
        ("remove", _("remove a group with all its settings"), ("name",)),
    ):
        action = actions.add_parser(name, help=words, description=sentence(words))
        for word in names:
            action.add_argument(word, metavar="GROUP" if word == "source" else "NAME")
        add_config(action)
        add_for(action)
        add_writing(action)
        add_json(action)


def add_key_commands(command: argparse.ArgumentParser) -> None:
    """Of `key`."""
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True, title=_("actions"))
    for name, words in (
        ("set", _("keep the key that comes on stdin or is typed unseen; with --store command, the command")),
        ("status", _("print where the key is, and the state of the keyring")),
        ("delete", _("remove the key from where it is")),
        ("move", _("move the key to another place, and delete the old copy")),
        ("unlock", _("unlock the keyring with the password that comes on stdin or is typed unseen")),
    ):
        action = actions.add_parser(name, help=words, description=sentence(words))
        if name in ("set", "delete", "move"):
            places = ("keyring", "file", "config", "environment", "command")
            where = _("the place for the key: {places}; config is OpenHands' own file").format(places=", ".join(places))
            action.add_argument(
                "--store", choices=places, metavar="PLACE", type=_place, required=name == "move", help=where
            )
            add_in_place(action)
        which = _("which of the provider's secrets, such as LLM_API_KEY")
        action.add_argument("--name", metavar="VARIABLE", help=which)
        add_config(action)
        add_for(action)
        add_group(action)
        add_json(action)
