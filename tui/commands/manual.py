"""What each `--help`, and the man page, say behind the options: examples, exit statuses, variables."""

import shutil
from collections.abc import Mapping, Sequence
from typing import Final

from tui.base.cells import filled
from tui.base.translation import _, together
from tui.openhands.field import Field, Kind
from tui.openhands.fields import FIELDS

WIDEST: Final = 80
"""Cells of a line of help at most, and of the terminal that it is made for."""
EXAMPLES: Final[Mapping[str, tuple[str, ...]]] = {
    "": (
        "llm-setup",
        "llm-setup --config ./config.toml --ascii",
        "llm-setup --lines",
        "llm-setup check && llm-setup exec -- openhands",
    ),
    "show": ("llm-setup show", "llm-setup show --json | jq .groups.llm.model.value"),
    "check": ("llm-setup check", "llm-setup check --config ./config.toml --json"),
    "doctor": ("llm-setup doctor", "llm-setup doctor --offline --json", "llm-setup doctor --fix"),
    "set": (
        "llm-setup set model=anthropic/claude-sonnet-4-5 num_retries=8",
        "llm-setup set --group draft model=openai/gpt-5-mini",
        "llm-setup set --unset top_p --dry-run",
        "llm-setup set --for cli num_retries=8",
    ),
    "undo": ("llm-setup undo",),
    "group": ("llm-setup group add draft", "llm-setup group rename draft cheap"),
    "group add": ("llm-setup group add draft",),
    "group copy": ("llm-setup group copy draft second",),
    "group rename": ("llm-setup group rename draft cheap",),
    "group remove": ("llm-setup group remove draft --dry-run",),
    "schedule": ("llm-setup schedule", "llm-setup schedule --num-retries 5 --retry-max-wait 30"),
    "test": (
        "llm-setup test",
        "llm-setup test --group draft --time-limit 60",
        "llm-setup test --rehearse busy-minute",
        "llm-setup test --rehearse 429:20,503,reset,200 --speed 100",
    ),
    "providers": ("llm-setup providers",),
    "models": (
        "llm-setup models --search 'sonnet 4.5'",
        "llm-setup models --provider ollama --live",
        "llm-setup models --refresh",
    ),
    "key": ("llm-setup key status", "llm-setup key set"),
    "key set": (
        "llm-setup key set",
        "llm-setup key set --store file < key.txt",
        "echo 'pass show openai' | llm-setup key set --store command",
    ),
    "key status": ("llm-setup key status --json",),
    "key delete": ("llm-setup key delete",),
    "key move": ("llm-setup key move --store keyring",),
    "key unlock": ("llm-setup key unlock",),
    "exec": (
        "llm-setup exec -- openhands",
        "llm-setup exec --group draft -- openhands --override-with-envs",
        "llm-setup exec --for cli -- openhands",
    ),
    "env": ("llm-setup env", "llm-setup env --format docker"),
    "report": ("llm-setup report", "llm-setup report --json --output report.json"),
    "shell-init": (
        'eval "$(llm-setup shell-init bash)"     # in ~/.bashrc; zsh in ~/.zshrc',
        "llm-setup shell-init fish | source      # in ~/.config/fish/config.fish",
        "llm-setup exec --for cli -- openhands acp     # the agent of an IDE",
        "llm-setup exec --for server -- agent-server   # ExecStart of a systemd unit",
    ),
    "completion": (
        'eval "$(llm-setup completion bash)"     # in ~/.bashrc',
        'eval "$(llm-setup completion zsh)"      # in ~/.zshrc, behind compinit',
        "llm-setup completion fish | source      # in ~/.config/fish/config.fish",
    ),
}
"""By command, and by "" for the wizard; they are typed as they stand."""
_READING: Final = ("", "show", "schedule", "test", "exec", "env", "doctor", "report")
_BY_TARGET: Final = (
    "show",
    "check",
    "set",
    "undo",
    "group",
    "schedule",
    "test",
    "exec",
    "env",
    "key",
    "doctor",
    "report",
)
_OF_NETWORK: Final = ("", "test", "models", "doctor", "report")
_WRITING: Final = ("set", "undo", "group", "key")
_WITHOUT_FILE: Final = ("providers", "completion", "shell-init")


def appendix(name: str) -> str:
    """What stands behind the options of the command of this name, such as "key set"; "" for the wizard's."""
    width = min(shutil.get_terminal_size().columns, WIDEST) - 2
    parts = [_("examples:"), *(f"  {line}" for line in EXAMPLES[name]), ""]
    parts += [_("exit status:"), *_table(statuses(name), width), ""]
    if named := variables(name):
        parts += [_("environment:"), *_table(named, width), ""]
    if name == "set":
        parts = [setting_names(), *parts]
    return "\n" + "\n".join(parts)


def statuses(name: str) -> list[tuple[str, str]]:
    """How the command may end, each with its reason."""
    command = name.partition(" ")[0]
    no = {
        "check": _("The file has an error."),
        "test": _("The prompt was not answered."),
        "models": _("The provider gives no list."),
        "key": _("No key is kept."),
    }.get(command, "")
    told = [
        ("0", _("Done.")),
        ("1", no),
        ("2", _("Wrong usage, or a value that is wrong in itself.")),
        (
            "3",
            ""
            if command in ("completion", "shell-init")
            else _("The file, the keyring or a key that is needed cannot be used."),
        ),
        ("4", _("Somebody else changed the file meanwhile.") if command in _WRITING else ""),
        ("127", _("The command is not found; else the status is the command's own.") if command == "exec" else ""),
        ("130", _("Interrupted.")),
    ]
    return [(number, words) for number, words in told if words]


def variables(name: str) -> list[tuple[str, str]]:
    """What the command reads of the environment."""
    command = name.partition(" ")[0]
    told = []
    if command not in _WITHOUT_FILE:
        told.append(("LLM_SETUP_CONFIG", _("The file, where --config names none.")))
    if command in _BY_TARGET:
        told.append(("LLM_SETUP_FOR", _("Which OpenHands, where --for names none.")))
        told.append(("OPENHANDS_PERSISTENCE_DIR", _("The folder of agent_settings.json, as the OpenHands CLI has it.")))
        told.append(("OH_PERSISTENCE_DIR", _("The folder of profiles/ and settings.json, as the agent server has it.")))
    if command in _READING:
        told.append(("LLM_API_KEY, LLM_…", _("A setting of [llm]; it wins over the file, as it does in OpenHands.")))
    if command in ("models", ""):
        told.append(("LLM_SETUP_CATALOGUE", _("Where a newer catalogue is fetched from.")))
    if command in _OF_NETWORK:
        told.append(("HTTPS_PROXY, SSL_CERT_FILE", _("The way to the network, as other programs take it.")))
    if not name:
        told.append(("VISUAL, EDITOR", _("What opens a file that cannot be read.")))
        told.append(
            ("LANGUAGE, LC_ALL, LANG", _("The language, as gettext takes it; the Linux console is given English."))
        )
        told.append(("ACCESSIBLE", _("1: ask and answer in plain lines, as --lines does.")))
        told.append(("NO_COLOR, COLORTERM", _("Whether, and how many, colours are shown.")))
    if command == "key":
        told.append(("PYTHON_KEYRING_BACKEND", _("Which of the system's keyrings is used.")))
    return told


def _table(rows: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Two columns: names, and sentences that wrap beside them."""
    indent = 4 + max(len(name) for name, _words in rows)
    return [_beside(name, words, indent, width) for name, words in rows]


def _beside(name: str, words: str, indent: int, width: int) -> str:
    """A name at the left edge, and a paragraph that begins at the cell `indent`."""
    first, *rest = filled(words, width - indent) or [""]
    return "\n".join([f"  {name}".ljust(indent) + first, *(" " * indent + row for row in rest)])


# -- the settings that `set` knows, as its help lists them: a loop over the Field table

_INDENT: Final = 4 + max(len(field.key) for field in FIELDS)


def setting_names() -> str:
    """A paragraph a setting, as wide as the rest of the help: its name, what it takes, what it is for."""
    width = max(min(shutil.get_terminal_size().columns, 80) - 2, 2 * _INDENT)
    return "\n".join(["", _("settings:"), *(_paragraph(field, width) for field in FIELDS), ""])


def _paragraph(field: Field, width: int) -> str:
    return _beside(field.key, _words(field), _INDENT, width)


def _words(field: Field) -> str:
    if field.kind is Kind.SECRET:
        return _("never as an argument: llm-setup key set --name {variable}").format(variable=field.variable)
    return together(field.takes + _("."), field.help)
