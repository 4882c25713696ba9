"""`completion`: the script that teaches a shell the words of this command line, written by shtab from its parser.

Words that change (groups, models) are asked for when Tab is pressed, by the hidden option --names: the line up to the
cursor comes on stdin, since a key may stand in it. The functions below never let the shell evaluate a name; shtab's own
`cmd` would.
"""

import argparse
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tui.base.errors import SetupError, Status
from tui.commands.output import write

BASH: Final = r"""
_llm_setup_offer() {
  local word=$2 line=${COMP_LINE:0:COMP_POINT} name
  [[ $word == [=:] ]] && word=
  local before=${line##*[[:space:]]}
  before=${before%"$word"}
  while IFS= read -r name; do
    printf '%s\n' "${name#"$before"}"
  done < <(printf '%s' "$line" | command llm-setup completion bash --names "$1" 2>/dev/null)
}
_llm_setup_commands() { compgen -c -- "$1"; }
"""
BASH_END: Final = r"""
_llm_setup() {  # no space behind KEY=
  _shtab_llm_setup "$@"
  [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace
  return 0
}
complete -o bashdefault -F _llm_setup llm-setup
"""
ZSH: Final = r"""
_llm_setup_offer() {
  local kind=$1 name; shift
  local -a names
  print -rn -- "${(j: :)words[1,CURRENT]}" | command llm-setup completion zsh --names $kind 2>/dev/null |
    while IFS= read -r name; do names+=("$name"); done
  compadd "$@" -S '' -- ${(M)names:#*=}
  compadd "$@" -- ${names:#*=}
}
"""
FISH: Final = r"""
function _llm_setup_offer
  commandline -cp | command llm-setup completion fish --names $argv[1] 2>/dev/null
end
"""
_FILE: Final = {"--config", "--from", "--output"}
_KINDS: Final = {
    "--group": "groups",
    "--provider": "providers",
    "--unset": "settings",
    "--name": "secrets",
    "--rehearse": "scenes",
    "set assignments": "assignments",
    "group copy source": "groups",
    "group rename source": "groups",
    "group remove name": "groups",
}
"""What is offered for an option, or for an argument of a command."""


def run(options: argparse.Namespace) -> int:
    """Print the script, or the names that it asks for."""
    if options.names:
        write(candidates(options.names, sys.stdin.read().removesuffix("\n")))  # fish adds one
    else:
        from tui.commands.options import parser

        write([script(options.shell, parser())], in_clear=True)
    return Status.DONE


def script(shell: str, top: argparse.ArgumentParser) -> str:
    """The script for `bash`, `zsh` or `fish`."""
    import shtab

    for path, action in _actions(top):
        names = {*action.option_strings, " ".join([*path, action.dest])}
        kind = next((_KINDS[name] for name in names if name in _KINDS), "")
        if names & _FILE:
            action.complete = shtab.FILE
        elif kind:
            action.complete = _offered(kind)
        elif action.nargs == argparse.REMAINDER:
            action.complete = _COMMAND
    text = str(shtab.complete(top, shell, preamble={"bash": BASH, "zsh": ZSH, "fish": FISH}[shell]))
    if shell == "bash":
        text = text.rpartition("\ncomplete ")[0] + BASH_END
    return text.replace('"(*)::', '"*:')  # zsh: each of several arguments is completed, not the first alone


_COMMAND: Final = {"bash": "_llm_setup_commands", "zsh": "_command_names -e", "fish": "(__fish_complete_command)"}


def _offered(kind: str) -> dict[str, Any]:
    name = f"_llm_setup_{kind}"
    return {
        "bash": name,
        "zsh": name,
        "fish": f"(_llm_setup_offer {kind})",
        "preamble": {
            "bash": f'{name}() {{ _llm_setup_offer {kind} "$1"; }}',
            "zsh": f'{name}() {{ _llm_setup_offer {kind} "$@"; }}',
        },
    }


def _actions(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each option and argument, with the names of the commands that it belongs to."""
    for action in parser._actions:
        yield path, action
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _actions(below, (*path, name))


# -- what may stand where the cursor is: the words that a shell offers. Nothing here is slow, asks a keyring or fails

_HARMLESS: Final = re.compile(r"[\w.:/@+=-]+", re.ASCII)
"""What no shell takes for anything but a word: the names of groups are from files that may be a stranger's."""


def candidates(kind: str, line: str) -> list[str]:
    """The whole words of this kind with which the last word of `line` may go on; `line` ends at the cursor."""
    words = _words(line)
    try:
        names = KINDS[kind](words) if kind in KINDS else ()
    except SetupError:  # the file cannot be read: the command itself will say why
        return []
    return [name for name in names if name.startswith(words[-1]) and _HARMLESS.fullmatch(name)]


def _words(line: str) -> list[str]:
    try:
        words = shlex.split(line)
    except ValueError:  # a quotation mark that is still open
        words = line.split()
    return words if words and not line[-1:].isspace() else [*words, ""]


def _value(words: list[str], option: str) -> str:
    """What was given for an option, the last time; "" where it was not."""
    line = "\0".join(words[:-1]) + "\0"
    return next(iter(re.findall(rf"\0{option}[\0=]([^\0]+)\0", line)[-1:]), "")


def _groups(words: list[str]) -> Iterable[str]:
    from tui.config_file.document import read_config
    from tui.config_file.location import locate

    config = _value(words, "--config")
    return read_config(locate(Path(config) if config else None)).groups()


def _providers(_words: list[str]) -> Iterable[str]:
    from tui.catalog.models import load_catalogue

    return (provider.id for provider in load_catalogue().providers)


def _models(_words: list[str]) -> Iterable[str]:
    from tui.catalog.models import load_catalogue

    return (model.id for model in load_catalogue().search(""))


def _settings(_words: list[str]) -> Iterable[str]:
    from tui.openhands.field import Kind
    from tui.openhands.fields import FIELDS

    return (field.key for field in FIELDS if field.kind not in (Kind.SECRET, Kind.TABLES))


def _assignments(words: list[str]) -> Iterable[str]:
    """`KEY=`, and behind it what the setting takes, where that can be counted up."""
    from tui.openhands.field import Kind
    from tui.openhands.fields import FIELDS

    key, given, _rest = words[-1].partition("=")
    if not given:
        return (f"{name}=" for name in _settings(words))
    values: Iterable[str] = ()
    if field := next((field for field in FIELDS if field.key == key), None):
        values = ("true", "false") if field.kind is Kind.SWITCH else field.choices
    return (f"{key}={value}" for value in (_models(words) if key == "model" else values))


def _secrets(_words: list[str]) -> Iterable[str]:
    from tui.openhands.fields import BY_KEY, SECRET_KEYS

    return (BY_KEY[key].variable for key in SECRET_KEYS)


def _scenes(_words: list[str]) -> Iterable[str]:
    from tui.trial.scenes import SCENES

    return (scene.key for scene in SCENES)


KINDS: Final[Mapping[str, Callable[[list[str]], Iterable[str]]]] = {
    "groups": _groups,
    "providers": _providers,
    "models": _models,
    "settings": _settings,
    "assignments": _assignments,
    "secrets": _secrets,
    "scenes": _scenes,
}
