"""`env`: everything OpenHands needs as environment; secrets only when they are asked for."""

import argparse
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.translation import _
from tui.commands.findings import remark_findings
from tui.commands.loading import load
from tui.commands.output import write, write_json
from tui.config_file.masking import mask
from tui.settings.draft import Draft
from tui.settings.field import Kind
from tui.settings.fields import BY_KEY, FIELDS
from tui.settings.groups import DEFAULT, own_values
from tui.settings.saving import secrets_for

_PLAIN: Final = re.compile(r"[A-Za-z0-9._:/+=@-]*")
"""What every reader of .env files reads alike without quotes."""


def run(options: argparse.Namespace) -> int:
    """Print settings and keys in the chosen form; a value that the form cannot hold is refused, and nothing printed."""
    draft = load(options.config, options.group)
    settings = _settings(draft)
    if options.show_secrets:
        shown = settings | _keys(draft)
        left_out = [name for name in _key_variables(draft) if name not in shown]
    else:
        shown = {name: value for name, value in settings.items() if mask(value) == value}
        left_out = [*(name for name in settings if name not in shown), *_key_variables(draft)]
    if options.format == "json":
        write_json(shown)
    else:
        write(list(_lines(options.format, shown, left_out)))
    remark_findings(draft.config, draft.group)
    return Status.DONE


def _lines(form: str, shown: Mapping[str, str], left_out: Iterable[str]) -> Iterator[str]:
    if form == "docker":
        words = [shlex.quote(f"{name}={value}") for name, value in shown.items()]
        yield " ".join(f"-e {word}" for word in [*words, *left_out])
        return
    if form == "dotenv":
        _insist_on_plain(shown)
    for name, value in shown.items():
        yield f"{name}={value}" if form == "dotenv" else f"export {name}={shlex.quote(value)}"
    for name in left_out:
        yield f"# {name}: " + _("a secret, left out")


def _settings(draft: Draft) -> dict[str, str]:
    """What the files say, as OpenHands reads it there, or in its place what the environment says already.

    Values for which OpenHands drops the section are left out, and the others are not lost with them.
    """
    values: dict[str, object] = {**own_values(draft.config, DEFAULT), **own_values(draft.config, draft.group)}
    values |= draft.own.beside(draft.config.path)
    environ = draft.environ if draft.is_default else {}
    plain = [field for field in FIELDS if field.kind not in {Kind.SECRET, Kind.TABLES}]
    texts = {field.variable: environ.get(field.variable) or field.text(values.get(field.key)) for field in plain}
    return {name: text for name, text in texts.items() if text}


def _key_variables(draft: Draft) -> list[str]:
    """Under which names OpenHands takes the keys of the provider, and those that stand in the file beyond that."""
    return [BY_KEY[key].variable for key in dict.fromkeys([*draft.secret_keys(), *_in_file(draft)])]


def _in_file(draft: Draft) -> dict[str, str]:
    """The keys of the file, by field: of a provider that we know little of, they are all there is to know."""
    values = {**own_values(draft.config, DEFAULT), **own_values(draft.config, draft.group)}
    return {f.key: str(values[f.key]) for f in FIELDS if f.kind is Kind.SECRET and values.get(f.key)}


def _keys(draft: Draft) -> dict[str, str]:
    """The keys by variable: from the environment as OpenHands would, else from where they are kept.

    Raises SetupError when that place cannot be asked.
    """
    keys = draft.secret_keys()
    environ = draft.environ if draft.is_default else {}
    found = {key: environ[BY_KEY[key].variable] for key in keys if environ.get(BY_KEY[key].variable)}
    kept = _kept(draft) if len(found) < len(keys) else {}
    beyond = {key: value for key, value in _in_file(draft).items() if key not in keys}
    return {BY_KEY[key].variable: text for key, text in (beyond | kept | found).items()}


def _kept(draft: Draft) -> dict[str, str]:
    import asyncio  # both for those who ask for keys only

    from tui.credentials.keyring_client import Keyring

    async def fetch() -> dict[str, str]:
        keyring = Keyring()
        try:
            return {key: secret.reveal() for key, secret in (await secrets_for(draft, keyring)).items()}
        finally:
            await keyring.close()

    return asyncio.run(fetch())


def _insist_on_plain(values: Mapping[str, str]) -> None:
    odd = [name for name, value in values.items() if not _PLAIN.fullmatch(value)]
    if odd:
        raise SetupError(
            _("A .env file cannot hold what {names} says: readers differ about quotes.").format(names=", ".join(odd)),
            _("Use --format shell or json."),
            status=Status.USAGE,
        )
