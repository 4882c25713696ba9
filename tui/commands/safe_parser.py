"""A parser of the command line whose complaints repeat no key, and say what was probably meant."""

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from shutil import get_terminal_size
from typing import Any, Final, NoReturn

from tui.base.cells import cells, filled
from tui.base.language import ENGLISH
from tui.base.translation import _, listed, many, spoken
from tui.commands.gate import complaint

_SECRET: Final = re.compile("key|token|secret|pass", re.IGNORECASE)
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"")


def translate_argparse() -> None:
    """Its own words are of Python's catalogue, which nobody translates: let it look them up in ours."""
    if spoken() != ENGLISH:
        vars(argparse).update(_=_, ngettext=many)


class _Narrow(argparse.HelpFormatter):
    """Help is read in columns: on a wide terminal it is no wider than on a usual one."""

    def __init__(self, prog: str, **settings: Any) -> None:
        super().__init__(prog, **{"width": min(get_terminal_size().columns, 80) - 2, **settings})

    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(text, width) if cells(text) == len(text) else filled(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if cells(text) == len(text):
            return super()._fill_text(text, width, indent)
        return "\n".join(indent + row for row in filled(text, width - len(indent)))


class SafeArgumentParser(argparse.ArgumentParser):
    """A parser whose complaints never repeat what could be a key."""

    _below: Any = None
    """The commands below this one; None where there are none."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=_Narrow, **settings)

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """The options; settings may stand before, between and after them."""
        options, rest = self.parse_known_args(args, namespace)
        assignments = [word for word in rest if not word.startswith("-")]
        if len(assignments) < len(rest) or (rest and "assignments" not in options):
            strange = [word for word in rest if word not in assignments or "assignments" not in options]
            self._chosen(options).refuse(strange, options)
        if assignments:
            options.assignments += assignments
        return options

    def add_subparsers(self, **settings: Any) -> Any:
        """The commands below this one."""
        self._below = super().add_subparsers(**settings)
        return self._below

    def _chosen(self, options: argparse.Namespace) -> "SafeArgumentParser":
        """The parser of the command that was named: its usage is of use."""
        parser = self
        while parser._below is not None:
            name = getattr(options, parser._below.dest, None)
            if name is None:
                break
            parser = parser._below.choices[name]
        return parser

    def refuse(self, words: Sequence[str], options: argparse.Namespace) -> NoReturn:
        """Say which words are not understood, and what was probably meant."""
        shown = _shown(words, secret=options.command == "key")
        meant = " ".join(_nearest(word, self._option_string_actions) for word in shown if word[0] == "-").strip()
        message = _("not understood: {words}").format(words=" ".join(shown))
        if hidden := len(words) - len(shown):
            more = many("{count} word that may be a key", "{count} words that may be keys", hidden)
            message = listed([message, more]) if shown else _("not understood: {words}").format(words=more)
        if hidden and options.command == "key":
            message += _("; the key itself comes on stdin")
        if options.command == "models":
            message += _("; to search: {option}").format(option="models --search TEXT")
        self.error(message + (_("; did you mean {name}?").format(name=meant) if meant else ""))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """As in the library, but with the choice that was probably meant, and without what may be a key."""
        if action.choices is None or value in action.choices:
            return
        names = [str(name) for name in action.choices]
        shown = _shown([str(value)])
        said = _("invalid choice: '{value}'").format(value=shown[0]) if shown else _("invalid choice, not shown here")
        close = _nearest(str(value), names)
        meant = _("; did you mean {name}?") if close else _("; choose from {names}")
        raise argparse.ArgumentError(action, said + meant.format(name=close, names=", ".join(names)))

    def format_help(self) -> str:
        """The help, and behind it examples, exit statuses and variables."""
        from tui.commands.manual import appendix

        return super().format_help() + appendix(self.prog.partition(" ")[2])

    def _print_message(self, message: str, file: Any = None) -> None:
        """As argparse does it, but not silent where help cannot be written: that is a SetupError."""
        said = complaint(message) if message else message
        if not said or not file or file is not sys.stdout:
            super()._print_message(said, file)
            return
        try:
            file.write(said)
            file.flush()
        except (OSError, UnicodeEncodeError):
            from tui.commands.output import write  # it says so, or writes what the encoding has; not for --version

            write([said.removesuffix("\n")])

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words, and end with status 2."""
        hidden = _("(not shown)")
        super().error(_QUOTED.sub(lambda found: found[0] if _shown([found[0][1:-1]]) else hidden, message))


def _shown(words: Sequence[str], *, secret: bool = False) -> list[str]:
    """The words that cannot be a key, without what follows a `=`; with `secret`, where a key may be typed, options."""
    from tui.base.foreign import clean  # for those who mistype
    from tui.base.key_shapes import begins_like_key, may_be_key

    shown, value = [], False
    for word in words:
        name = word.partition("=")[0]
        bare = name.strip("-")
        if bare and not (value or may_be_key(bare) or begins_like_key(bare)) and not (secret and name == bare):
            shown.append(clean(name, limit=60))
        value = name.startswith("-") and bool(_SECRET.search(name))
    return shown


def _nearest(word: str, names: Iterable[str]) -> str:
    from difflib import get_close_matches  # for those who mistype

    return next(iter(get_close_matches(word, [*names], n=1, cutoff=0.7)), "")
