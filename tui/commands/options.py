"""The words of the command line."""

import argparse
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import Any, Final, NoReturn

from tui import __version__
from tui.base.cells import cells, filled
from tui.base.language import ENGLISH, known, languages
from tui.base.translation import _, listed, many, sentence, spoken
from tui.commands.gate import complaint
from tui.commands.language import OPTION

COMMANDS: Final = (
    "show", "check", "doctor", "set", "undo", "group", "schedule", "test",
    "providers", "models", "key", "exec", "env", "report", "shell-init", "completion",
)  # fmt: skip
"""The commands, each the name of the module of this package that runs it, with _ for -; loaded when called."""
_SECRET: Final = re.compile("key|token|secret|pass", re.IGNORECASE)
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"")


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
        super()._print_message(complaint(message) if message else message, file)

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


def parser() -> argparse.ArgumentParser:
    """All commands and their options; without a command, `command` is None."""
    _translate_argparse()
    top = SafeArgumentParser(
        prog="llm-setup",
        description=_("Sets up the LLM of an OpenHands installation: provider, key, model, retries, and a live test."),
        epilog=_("Without a command it opens the wizard, which needs a terminal."),
    )
    words = _("show program's version number and exit")  # before 3.13 argparse says it in English alone
    top.add_argument("--version", action="version", version=f"llm-setup {__version__}", help=words)
    _add_config(top, default=None)
    words = _("speak another language: {names} (default: what the wizard was told with Ctrl+P, else the locale's)")
    _add_language(top, words.format(names=", ".join(languages())))
    _add_appearance(top)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title=_("commands"))
    for name, (words, add) in _commands().items():
        command = commands.add_parser(name, help=words, description=sentence(words))
        _add_config(command)
        if name != "exec":  # there it is another program's
            _add_language(command, argparse.SUPPRESS)
        add(command)
    return top


def _translate_argparse() -> None:
    """Its own words are of Python's catalogue, which nobody translates: let it look them up in ours."""
    if spoken() != ENGLISH:
        vars(argparse).update(_=_, ngettext=many)


def _commands() -> dict[str, tuple[str, Any]]:
    return {
        "show": (_("print the settings in effect, and where each comes from"), _add_show),
        "check": (_("print what is wrong with the file, as OpenHands would see it"), _add_check),
        "doctor": (_("look at everything, and print what to do about what is wrong"), _add_doctor),
        "set": (_("change settings"), _add_set),
        "undo": (_("put back the file as it was before the last save"), _add_undo),
        "group": (_("add, copy, rename or remove a group, [llm.NAME]"), _add_group_commands),
        "schedule": (_("print the waits that a retry policy produces"), _add_schedule),
        "test": (_("send a prompt, and try again as OpenHands would; status 0 when it is answered"), _add_test),
        "providers": (_("print the providers, what each needs, and where its key is"), _add_json),
        "models": (_("print the models that are known, the best match first"), _add_models),
        "key": (_("keep, find, move or remove a key; it is never an argument"), _add_key_commands),
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


def _add_config(command: argparse.ArgumentParser, *, default: str | None = argparse.SUPPRESS) -> None:
    words = _("the file (default: LLM_SETUP_CONFIG, else ./config.toml if there is one, else ~/.openhands/config.toml)")
    command.add_argument("--config", type=Path, metavar="PATH", default=default, help=words)


def _add_language(command: argparse.ArgumentParser, words: str) -> None:
    """Obeyed before this is parsed, and therefore only checked."""
    command.add_argument(OPTION, choices=languages(), type=lambda wish: known(wish) or wish, metavar="NAME", help=words)


def _add_for(command: argparse.ArgumentParser) -> None:
    words = _(
        "which OpenHands: toml, cli, server (Agent Canvas), gui, or several with commas between "
        "(default: LLM_SETUP_FOR, else those whose files are found)"
    )
    command.add_argument("--for", dest="targets", metavar="TARGETS", help=words)


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help=_("print JSON"))


def _add_writing(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dry-run", action="store_true", help=_("print what would change, and write nothing"))
    _add_in_place(command)


def _add_in_place(command: argparse.ArgumentParser) -> None:
    words = _("write into a file that cannot be replaced whole: one that is mounted by itself, or has hard links")
    command.add_argument("--in-place", action="store_true", help=words)


def _add_group(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--group",
        metavar="NAME",
        help=_("the group [llm.NAME] instead of [llm], or the profile NAME of the agent server"),
    )


def _add_check(command: argparse.ArgumentParser) -> None:
    _add_for(command)
    _add_json(command)


def _add_doctor(command: argparse.ArgumentParser) -> None:
    words = _("put right what can be put right from here, after a yes to each")
    command.add_argument("--fix", action="store_true", help=words)
    network = command.add_mutually_exclusive_group()
    network.add_argument("--offline", action="store_true", help=_("leave the network alone"))
    words = _("ask the endpoint, too, whether it takes the key and has the model; that is free of charge")
    network.add_argument("--live", action="store_true", help=words)
    _add_for(command)
    _add_json(command)


def _add_show(command: argparse.ArgumentParser) -> None:
    _add_for(command)
    _add_group(command)
    _add_json(command)


def _add_set(command: SafeArgumentParser) -> None:
    words = _("a setting by its name in [llm] or in the environment: num_retries=8, LLM_NUM_RETRIES=8")
    command.add_argument("assignments", nargs="*", metavar="KEY=VALUE", help=words)
    command.add_argument(
        "--unset", action="append", default=[], metavar="KEY", help=_("remove a setting from the file")
    )
    _add_writing(command)
    _add_for(command)
    _add_group(command)
    _add_json(command)


def _add_undo(command: argparse.ArgumentParser) -> None:
    _add_for(command)
    command.add_argument("--group", metavar="NAME", help=_("the profile NAME of the agent server"))
    _add_in_place(command)
    _add_json(command)


def _place(word: str) -> str:
    """`openhands` is another word for OpenHands' own file, whichever that is."""
    return "config" if word == "openhands" else word


def _add_group_commands(command: argparse.ArgumentParser) -> None:
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
        _add_config(action)
        _add_for(action)
        _add_writing(action)
        _add_json(action)


def _add_schedule(command: argparse.ArgumentParser) -> None:
    for option, metavar in (
        ("--num-retries", "N"), ("--retry-min-wait", "S"), ("--retry-max-wait", "S"), ("--retry-multiplier", "X"),
    ):  # fmt: skip
        command.add_argument(option, metavar=metavar, help=_("instead of the file's"))
    _add_for(command)
    _add_group(command)
    _add_json(command)


def _add_unencrypted(command: argparse.ArgumentParser) -> None:
    words = _("send the key to another machine over http:// too, where it can be read on the way")
    command.add_argument("--unencrypted", action="store_true", help=words)


def _add_test(command: argparse.ArgumentParser) -> None:
    command.add_argument("--prompt", metavar="TEXT", help=_("what is asked (default: to reply with one word)"))
    words = _("ask a provider of our own on this machine: a scene such as busy-minute, or answers such as 429:20,200")
    command.add_argument("--rehearse", metavar="SCRIPT", help=words)
    command.add_argument("--speed", metavar="N", help=_("how many times shorter the rehearsal's waits are (10)"))
    words = _("wait as long as the provider asks for, which OpenHands does not")
    command.add_argument("--obey-retry-after", action="store_true", help=words)
    command.add_argument("--time-limit", metavar="S", help=_("give up after so many seconds in all"))
    _add_unencrypted(command)
    _add_for(command)
    _add_group(command)
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
    _add_unencrypted(command)
    _add_json(command)


def _add_key_commands(command: argparse.ArgumentParser) -> None:
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
            _add_in_place(action)
        which = _("which of the provider's secrets, such as LLM_API_KEY")
        action.add_argument("--name", metavar="VARIABLE", help=which)
        _add_config(action)
        _add_for(action)
        _add_group(action)
        _add_json(action)


def _add_exec(command: argparse.ArgumentParser) -> None:
    _add_for(command)
    _add_group(command)
    words = _("start the program as it is where nothing is set up for it yet")
    command.add_argument("--fallback", action="store_true", help=words)
    words = _("the program and its arguments")
    command.add_argument("words", nargs=argparse.REMAINDER, metavar="-- COMMAND …", help=words)


def _add_env(command: argparse.ArgumentParser) -> None:
    formats = ("shell", "dotenv", "docker", "json")
    command.add_argument("--format", choices=formats, default="shell", help=_("shell by default"))
    command.add_argument("--show-secrets", action="store_true", help=_("with the keys, in clear text"))
    _add_for(command)
    _add_group(command)


def _add_report(command: argparse.ArgumentParser) -> None:
    words = _("show it, and write it to a file that is not there yet")
    command.add_argument("--output", type=Path, metavar="FILE", help=words)
    command.add_argument("--offline", action="store_true", help=_("leave the network alone"))
    _add_for(command)
    _add_json(command)


def _add_shell(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=("bash", "zsh", "fish"), metavar="SHELL", help=_("bash, zsh or fish"))


def _add_completion(command: argparse.ArgumentParser) -> None:
    _add_shell(command)
    command.add_argument("--names", help=argparse.SUPPRESS)  # asked by the script itself
