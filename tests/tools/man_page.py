"""Makes tui/commands/llm-setup.1 from the parser and from what each --help ends with: python tests/tools/man_page.py"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from tui import __version__
from tui.commands.manual import EXAMPLES, statuses, variables
from tui.commands.options import parser
from tui.openhands.field import Kind
from tui.openhands.fields import FIELDS

PAGE = Path(__file__).parents[2] / "tui/commands/llm-setup.1"
FILES = (
    ("./config.toml, ~/.openhands/config.toml", "The settings: the first that is there."),
    ("~/.openhands/agent_settings.json", "The settings of the OpenHands CLI."),
    ("~/.config/llm-setup/settings.toml", "Which place holds which key, and what the wizard remembers."),
    ("~/.config/llm-setup/PROVIDER.env", "A key in a private file, if that is its place."),
    ("~/.local/state/llm-setup/backups", "The last ten versions of the file."),
    ("~/.local/state/llm-setup/tests.json", "The last five tests, in numbers and codes, for report."),
    ("~/.cache/llm-setup", "A catalogue that was fetched with models --refresh."),
)


def page() -> str:
    """The page in the man macros that groff and mandoc know."""
    top = parser()
    lines = [
        '.\\" Made by tests/tools/man_page.py.',
        f'.TH LLM\\-SETUP 1 "" "llm\\-setup {__version__}" "User Commands"',
        ".SH NAME",
        r"llm\-setup \- set up the LLM of an OpenHands installation",
        ".SH SYNOPSIS",
        *_synopsis(top),
        *(line for command in _commands(top) for line in _synopsis(command)),
        ".SH DESCRIPTION",
        _escaped(f"{top.description} {top.epilog}"),
        ".SH OPTIONS",
        *_arguments(top),
        ".SH COMMANDS",
    ]
    for command in _commands(top):
        lines += [f".SS {_escaped(_name(command))}", _escaped(command.description or ""), *_arguments(command)]
        lines += _examples(_name(command))
    lines += [".SH SETTINGS", *(line for field in FIELDS for line in _entry(field.key, _takes(field)))]
    lines += [".SH EXIT STATUS", *_entries(dict(row for name in EXAMPLES for row in _general(name)))]
    lines += [".SH ENVIRONMENT", *_entries(dict(row for name in EXAMPLES for row in variables(name)))]
    lines += [".SH FILES", *_entries(dict(FILES)), ".SH EXAMPLES", *_examples("")]
    return "\n".join(lines) + "\n"


def _commands(top: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Those without commands of their own below them."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                below = list(_commands(command))
                yield from below or [command]


def _name(command: argparse.ArgumentParser) -> str:
    return command.prog.partition(" ")[2]


def _synopsis(command: argparse.ArgumentParser) -> list[str]:
    words = [f"[{action.metavar} …]" if action.nargs == "*" else str(action.metavar)
             for action in command._actions if not action.option_strings]  # fmt: skip
    arguments = " ".join(words) if _name(command) else "[COMMAND]"
    return [rf"\fB{_escaped(command.prog)}\fR [OPTIONS] {_escaped(arguments)}".rstrip(), ".br"]


def _arguments(command: argparse.ArgumentParser) -> list[str]:
    lines = []
    for action in command._actions:
        if action.help == argparse.SUPPRESS or isinstance(action, argparse._SubParsersAction):
            continue
        names = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        value = "" if action.nargs == 0 or not action.option_strings else f" {action.metavar or action.dest.upper()}"
        lines += _entry(names + value, action.help or "")
    return lines


def _takes(field) -> str:
    return "Never as an argument: llm-setup key set." if field.kind is Kind.SECRET else f"{field.takes}. {field.help}"


def _general(name: str) -> list[tuple[str, str]]:
    """Status 1 means something else for each command; the page says what they have in common."""
    return [("1", "The answer is no: an error in the file, no answer, no key.") if row[0] == "1" else row
            for row in sorted(statuses(name))]  # fmt: skip


def _examples(name: str) -> list[str]:
    return [".PP", ".nf", *(_escaped(f"    {line}") for line in EXAMPLES[name]), ".fi"]


def _entries(rows: dict[str, str]) -> list[str]:
    return [line for name in sorted(rows, key=lambda name: (not name.isdigit(), int(name) if name.isdigit() else 0))
            for line in _entry(name, rows[name])]  # fmt: skip


def _entry(name: str, words: str) -> list[str]:
    return [".TP", rf"\fB{_escaped(name)}\fR", _escaped(words)]


def _escaped(text: str) -> str:
    """As troff takes it: pure ASCII, no escape and no request by accident."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    text = "".join(c if c < "\x7f" else f"\\[u{ord(c):04X}]" for c in text)
    return rf"\&{text}" if text.startswith((".", "'")) else text


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page())
