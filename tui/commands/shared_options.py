"""Options that several commands have, each added to one of them in the same words."""

import argparse
from pathlib import Path

from tui.base.language import known, languages
from tui.base.translation import _
from tui.commands.language import OPTION


def add_config(command: argparse.ArgumentParser, *, default: str | None = argparse.SUPPRESS) -> None:
    """The config.toml that is meant."""
    words = _("the file (default: LLM_SETUP_CONFIG, else ./config.toml if there is one, else ~/.openhands/config.toml)")
    command.add_argument("--config", type=Path, metavar="PATH", default=default, help=words)


def add_language(command: argparse.ArgumentParser, words: str) -> None:
    """Obeyed before this is parsed, and therefore only checked."""
    command.add_argument(OPTION, choices=languages(), type=lambda wish: known(wish) or wish, metavar="NAME", help=words)


def add_for(command: argparse.ArgumentParser) -> None:
    """The programs that are meant."""
    words = _(
        "which OpenHands: toml, cli, server (Agent Canvas), gui, or several with commas between "
        "(default: LLM_SETUP_FOR, else those whose files are found)"
    )
    command.add_argument("--for", dest="targets", metavar="TARGETS", help=words)


def add_json(command: argparse.ArgumentParser) -> None:
    """Print JSON."""
    command.add_argument("--json", action="store_true", help=_("print JSON"))


def add_writing(command: argparse.ArgumentParser) -> None:
    """Options of a command that writes a file."""
    command.add_argument("--dry-run", action="store_true", help=_("print what would change, and write nothing"))
    add_in_place(command)


def add_in_place(command: argparse.ArgumentParser) -> None:
    """Write into the file itself."""
    words = _("write into a file that cannot be replaced whole: one that is mounted by itself, or has hard links")
    command.add_argument("--in-place", action="store_true", help=words)


def add_group(command: argparse.ArgumentParser) -> None:
    """The group, or profile."""
    command.add_argument(
        "--group",
        metavar="NAME",
        help=_("the group [llm.NAME] instead of [llm], or the profile NAME of the agent server"),
    )


def add_unencrypted(command: argparse.ArgumentParser) -> None:
    """Consent to a key in the clear."""
    words = _("send the key to another machine over http:// too, where it can be read on the way")
    command.add_argument("--unencrypted", action="store_true", help=words)
