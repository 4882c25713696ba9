"""The words of the command line."""

import argparse
from pathlib import Path
from typing import Any, Final

from tui import __version__
from tui.base.language import languages
from tui.base.translation import _, sentence
from tui.commands.safe_parser import SafeArgumentParser, translate_argparse
from tui.commands.shared_options import (
    add_config,
    add_for,
    add_group,
    add_in_place,
    add_json,
    add_language,
    add_unencrypted,
    add_writing,
)
from tui.commands.subcommands import add_group_commands, add_key_commands

COMMANDS: Final = (
    "show", "check", "doctor", "set", "undo", "group", "schedule", "test",
    "providers", "models", "key", "exec", "env", "report", "shell-init", "completion",
)  # fmt: skip
"""The commands, each the name of the module of this package that runs it, with _ for -; loaded when called."""


def parser() -> argparse.ArgumentParser:
    """All commands and their options; without a command, `command` is None."""
    translate_argparse()
    top = SafeArgumentParser(
        prog="llm-setup",
        description=_("Sets up the LLM of an OpenHands installation: provider, key, model, retries, and a live test."),
        epilog=_("Without a command it opens the wizard, which needs a terminal."),
    )
    words = _("show program's version number and exit")  # before 3.13 argparse says it in English alone
    top.add_argument("--version", action="version", version=f"llm-setup {__version__}", help=words)
    add_config(top, default=None)
    words = _("speak another language: {names} (default: what the wizard was told with Ctrl+P, else the locale's)")
    add_language(top, words.format(names=", ".join(languages())))
    _add_appearance(top)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title=_("commands"))
    for name, (words, add) in _commands().items():
        command = commands.add_parser(name, help=words, description=sentence(words))
        add_config(command)
        if name != "exec":  # there it is another program's
            add_language(command, argparse.SUPPRESS)
        add(command)
    return top


def _commands() -> dict[str, tuple[str, Any]]:
    return {
        "show": (_("print the settings in effect, and where each comes from"), _add_show),
        "check": (_("print what is wrong with the file, as OpenHands would see it"), _add_check),
        "doctor": (_("look at everything, and print what to do about what is wrong"), _add_doctor),
        "set": (_("change settings"), _add_set),
        "undo": (_("put back the file as it was before the last save"), _add_undo),
        "group": (_("add, copy, rename or remove a group, [llm.NAME]"), add_group_commands),
        "schedule": (_("print the waits that a retry policy produces"), _add_schedule),
        "test": (_("send a prompt, and try again as OpenHands would; status 0 when it is answered"), _add_test),
        "providers": (_("print the providers, what each needs, and where its key is"), add_json),
        "models": (_("print the models that are known, the best match first"), _add_models),
        "key": (_("keep, find, move or remove a key; it is never an argument"), add_key_commands),
        "exec": (_("become another program, with settings and key in its environment"), _add_exec),
        "env": (_("print the settings as environment variables, without the key"), _add_env),
        "report": (_("print an account of the set-up that can be shown to anybody"), _add_report),
        "shell-init": (_("print functions by which plain openhands is started through exec"), _add_shell),
        "completion": (_("print the script by which a shell completes these words"), _add_completion),
    }


def _add_appearance(top: argparse.ArgumentParser) -> None:
    looks = top.add_argument_group(_("the wizard"))
    words = _("ask and answer in plain lines: for screen readers, pipes, and terminals that draw nothing")
    looks.add_argument("--lines", action="store_true", help=words)
    words = _("nothing but ASCII; the default where the locale is not one of UTF-8")
    looks.add_argument("--ascii", action=argparse.BooleanOptionalAction, default=None, help=words)
    looks.add_argument("--no-mouse", dest="mouse", action="store_false", help=_("leave the mouse to the terminal"))
    words = _("colours: ansi for the terminal's own, or one of those that the wizard's Ctrl+P offers")
    looks.add_argument("--theme", metavar="NAME", help=words)


def _add_check(command: argparse.ArgumentParser) -> None:
    add_for(command)
    add_json(command)


def _add_doctor(command: argparse.ArgumentParser) -> None:
    words = _("put right what can be put right from here, after a yes to each")
    command.add_argument("--fix", action="store_true", help=words)
    network = command.add_mutually_exclusive_group()
    network.add_argument("--offline", action="store_true", help=_("leave the network alone"))
    words = _("ask the endpoint, too, whether it takes the key and has the model; that is free of charge")
    network.add_argument("--live", action="store_true", help=words)
    add_for(command)
    add_json(command)


def _add_show(command: argparse.ArgumentParser) -> None:
    add_for(command)
    add_group(command)
    add_json(command)


def _add_set(command: SafeArgumentParser) -> None:
    words = _("a setting by its name in [llm] or in the environment: num_retries=8, LLM_NUM_RETRIES=8")
    command.add_argument("assignments", nargs="*", metavar="KEY=VALUE", help=words)
    command.add_argument(
        "--unset", action="append", default=[], metavar="KEY", help=_("remove a setting from the file")
    )
    words = _("give the others of --for, or those that are found, the settings that this OpenHands has")
    command.add_argument("--same-as", metavar="TARGET", help=words)
    add_writing(command)
    add_for(command)
    add_group(command)
    add_json(command)


def _add_undo(command: argparse.ArgumentParser) -> None:
    add_for(command)
    command.add_argument("--group", metavar="NAME", help=_("the profile NAME of the agent server"))
    add_in_place(command)
    add_json(command)


def _add_schedule(command: argparse.ArgumentParser) -> None:
    for option, metavar in (
        ("--num-retries", "N"), ("--retry-min-wait", "S"), ("--retry-max-wait", "S"), ("--retry-multiplier", "X"),
    ):  # fmt: skip
        command.add_argument(option, metavar=metavar, help=_("instead of the file's"))
    add_for(command)
    add_group(command)
    add_json(command)


def _add_test(command: argparse.ArgumentParser) -> None:
    command.add_argument("--prompt", metavar="TEXT", help=_("what is asked (default: to reply with one word)"))
    words = _("ask a provider of our own on this machine: a scene such as busy-minute, or answers such as 429:20,200")
    command.add_argument("--rehearse", metavar="SCRIPT", help=words)
    command.add_argument("--speed", metavar="N", help=_("how many times shorter the rehearsal's waits are (10)"))
    words = _("wait as long as the provider asks for, which OpenHands does not")
    command.add_argument("--obey-retry-after", action="store_true", help=words)
    command.add_argument("--time-limit", metavar="S", help=_("give up after so many seconds in all"))
    add_unencrypted(command)
    add_for(command)
    add_group(command)
    command.add_argument("--json", action="store_true", help=_("print one JSON object a line, as it happens"))


def _add_refresh(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group(_("the catalogue"))
    words = _("fetch a newer list of models and prices, and say what changed")
    group.add_argument("--refresh", action="store_true", help=words)
    words = _(
        "where from: an https address or a file (default: LLM_SETUP_CATALOGUE, else the list of litellm's project)"
    )
    group.add_argument("--from", dest="source", metavar="URL|FILE", help=words)
    group.add_argument("--sha256", metavar="HEX", default="", help=_("take no list but the one with this digest"))
    group.add_argument("--forget", action="store_true", help=_("go back to the list that came with the program"))


def _add_models(command: argparse.ArgumentParser) -> None:
    _add_refresh(command)
    command.add_argument("--provider", metavar="ID", help=_("those of one provider; `providers` names them"))
    command.add_argument("--search", metavar="TEXT", default="", help=_("those in which every word of TEXT occurs"))
    command.add_argument("--live", action="store_true", help=_("ask the provider itself, with the key that is kept"))
    add_unencrypted(command)
    add_json(command)


def _add_exec(command: argparse.ArgumentParser) -> None:
    add_for(command)
    add_group(command)
    words = _("start the program as it is where nothing is set up for it yet")
    command.add_argument("--fallback", action="store_true", help=words)
    words = _("the program and its arguments")
    command.add_argument("words", nargs=argparse.REMAINDER, metavar="-- COMMAND …", help=words)


def _add_env(command: argparse.ArgumentParser) -> None:
    formats = ("shell", "dotenv", "docker", "json")
    command.add_argument("--format", choices=formats, default="shell", help=_("shell by default"))
    command.add_argument("--show-secrets", action="store_true", help=_("with the keys, in clear text"))
    add_for(command)
    add_group(command)


def _add_report(command: argparse.ArgumentParser) -> None:
    words = _("show it, and write it to a file that is not there yet")
    command.add_argument("--output", type=Path, metavar="FILE", help=words)
    command.add_argument("--offline", action="store_true", help=_("leave the network alone"))
    add_for(command)
    add_json(command)


def _add_shell(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=("bash", "zsh", "fish"), metavar="SHELL", help=_("bash, zsh or fish"))


def _add_completion(command: argparse.ArgumentParser) -> None:
    _add_shell(command)
    command.add_argument("--names", help=argparse.SUPPRESS)  # asked by the script itself
