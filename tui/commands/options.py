"""The words of the command line."""

import argparse
from pathlib import Path
from typing import Final

from tui import __version__
from tui.base.translation import _

MODULES: Final = {"exec": "become", "env": "environment"}
"""Command → the module of this package that runs it; loaded when it is called."""


def parser() -> argparse.ArgumentParser:
    """All commands and their options; without a command, `command` is None."""
    top = argparse.ArgumentParser(
        prog="llm-setup",
        description=_("Sets up the LLM of an OpenHands installation: provider, key, model, retries, and a live test."),
        epilog=_("Without a command it opens the wizard, which needs a terminal."),
    )
    top.add_argument("--version", action="version", version=f"llm-setup {__version__}")
    _add_config(top, default=None)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title=_("commands"))
    _add_env(commands.add_parser("env", help=_("print the settings as environment variables, without the key")))
    _add_exec(commands.add_parser("exec", help=_("become another program, with settings and key in its environment")))
    return top


def _add_config(command: argparse.ArgumentParser, *, default: str | None = argparse.SUPPRESS) -> None:
    words = _("the file (default: ./config.toml if there is one, else ~/.openhands/config.toml)")
    command.add_argument("--config", type=Path, metavar="PATH", default=default, help=words)


def _add_exec(command: argparse.ArgumentParser) -> None:
    _add_config(command)
    words = _("the program and its arguments")
    command.add_argument("words", nargs=argparse.REMAINDER, metavar="-- COMMAND …", help=words)


def _add_env(command: argparse.ArgumentParser) -> None:
    _add_config(command)
    command.add_argument("--format", choices=("shell", "json"), default="shell", help=_("shell by default"))
