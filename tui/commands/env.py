"""`env`: everything OpenHands needs as environment; secrets only when they are asked for."""

import argparse
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.translation import _
from tui.checks.agreement import require_agreement
from tui.checks.check import require_taken
from tui.commands.check import remark_findings
from tui.commands.gate import gate, tell_names
from tui.commands.inputs import fetch, load_existing
from tui.commands.output import note, write, write_json
from tui.commands.questions import require_own_address
from tui.commands.targets import the_one
from tui.config_file.mask import mask
from tui.drafts.draft import Draft, take_effective
from tui.handover.environment import limits, secret_variables, settings_environment
from tui.handover.provider_variables import given_variables, variable_for
from tui.openhands.fields import BY_KEY
from tui.openhands.groups import own_keys
from tui.openhands.targets.target import TOML

_PLAIN: Final = re.compile(r"[A-Za-z0-9._:/+=@-]*")
"""What every reader of .env files reads alike without quotes."""


def run(options: argparse.Namespace) -> int:
    """Print settings and keys in the chosen form; a value that the form cannot hold is refused, and nothing printed."""
    draft = load_existing(options.config, options.group, the_one(options, "env"))
    tell_names()
    require_taken(draft)
    take_effective(draft)
    settings = settings_environment(draft)
    if options.show_secrets:
        require_agreement(draft)
        require_own_address(draft, options.config, may_ask=False)
        shown = settings | _keys(draft)
        left_out = [name for name in secret_variables(draft) if name not in shown]
    else:
        fit = gate()
        shown = {name: value for name, value in settings.items() if _is_plain(name, value, fit)}
        left_out = [*(name for name in settings if name not in shown), *secret_variables(draft)]
    if options.format == "json":
        write_json(shown, in_clear=options.show_secrets)
    else:
        lines = list(_lines(options.format, shown, {name: _why(draft, name) for name in left_out}))
        write(lines, in_clear=options.show_secrets)
    remark_findings(draft.config, draft.group)
    note(*limits(draft))
    return Status.DONE


def _keys(draft: Draft) -> dict[str, str]:
    """The keys in readable text, under the names that the draft's OpenHands takes them by."""
    secrets = fetch(draft)
    if draft.config.kind != TOML:
        return given_variables(draft, secrets)
    return {name: secret.reveal() for name, secret in secrets.items()}


def _is_plain(name: str, value: str, fit: Callable[[str], str]) -> bool:
    """Whether there is no secret in a variable, by its name or its value."""
    assigned = f"{name}={value}"
    return mask(value) == value == fit(value) and mask(assigned) == assigned


def _why(draft: Draft, variable: str) -> str:
    """Why there is no value for a variable. No place is asked for its key."""
    names = {BY_KEY[key].variable: key for key in draft.secret_keys()}
    if draft.config.kind != TOML:
        names |= {variable_for(draft, key): key for key in draft.secret_keys()}
    key = names.get(variable, "")
    if key not in draft.secret_keys() or draft.remembered_store or draft.secret_in_environment(key):
        return _("a secret, left out")
    return _("empty in the file") if key in own_keys(draft.config, draft.group) else _("no key is kept")


def _lines(form: str, shown: Mapping[str, str], left_out: Mapping[str, str]) -> Iterator[str]:
    if form == "docker":
        words = [_quoted(f"{name}={value}") for name, value in shown.items()]
        yield " ".join(f"-e {word}" for word in [*words, *left_out])
        return
    if form == "dotenv":
        _require_plain(shown)
    for name, value in shown.items():
        yield f"{name}={value}" if form == "dotenv" else f"export {name}={_quoted(value)}"
    for name, why in left_out.items():
        yield f"# {name}: {why}"


def _quoted(text: str) -> str:
    """`text` as a shell reads it back; control characters as escapes, which a terminal would obey."""
    if text.isprintable():
        return shlex.quote(text)
    special = {"\\": r"\\", "'": r"\'", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
    return "$'" + "".join(special.get(c) or (c if c.isprintable() else _octal(c)) for c in text) + "'"


def _octal(character: str) -> str:
    """Three digits a byte: the only escape that no letter behind it changes."""
    return "".join(f"\\{byte:03o}" for byte in character.encode(errors="surrogateescape"))


def _require_plain(values: Mapping[str, str]) -> None:
    odd = [name for name, value in values.items() if not _PLAIN.fullmatch(value)]
    if odd:
        raise SetupError(
            _("A .env file cannot hold what {names} says: readers differ about quotes.").format(names=", ".join(odd)),
            _("Use --format shell or json."),
            status=Status.USAGE,
        )
