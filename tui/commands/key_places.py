"""What the `key` commands say of a key: whose it is and where it is, never what it is."""

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, listed
from tui.commands.output import aligned, note, write, write_json
from tui.credentials.identity import origin_of
from tui.credentials.keyring_state import KeyringStatus
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.openhands.fields import BY_KEY
from tui.openhands.groups import header, table_path
from tui.saving.consent import in_the_clear
from tui.saving.key_stores import variables_of


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where a key is, and what its keyring is like."""

    draft: Draft
    store: Store | None
    key: str
    """The secret field."""
    look: KeyringStatus | None = None
    """None while nobody asked."""
    present: bool | None = None
    """None for what cannot be known."""

    @property
    def backend(self) -> str | None:
        """The name of the keyring, where that is the place or there is none yet."""
        named = self.store in (None, Store.KEYRING) and self.look and self.look.backend
        return clean(self.look.backend, limit=80) if named and self.look else None

    @property
    def where(self) -> str | None:
        """Where to look for it in that place."""
        credential = self.draft.credential(self.key)
        match self.store:
            case Store.KEYRING:
                return f"{clean(credential.service, limit=300)} {credential.name}"
            case Store.FILE:
                from tui.credentials.private_file import key_file_path

                return str(key_file_path(credential))
            case Store.CONFIG:
                return str(self.draft.config.path)
            case Store.ENVIRONMENT:
                names = variables_of(self.draft, self.key)
                return next((name for name in names if self.draft.environ.get(name)), names[0])
            case Store.COMMAND:
                from tui.credentials.key_command import shown_command

                return shown_command(self.draft.command(self.key)) or None
        return None

    def told(self) -> dict[str, Any]:
        """Where it was put."""
        return {"store": self.store and self.store.value, "backend": self.backend, "where": self.where}

    def status(self) -> dict[str, Any]:
        """Where it is, and whether."""
        state = self.look.state.value if self.look else None
        told = self.told()
        return {"store": told["store"], "backend": told["backend"], "state": state, "present": self.present,
                "where": told["where"]}  # fmt: skip


def say(told: dict[str, Any], *, as_json: bool) -> None:
    """Print what is known."""
    if as_json:
        write_json(told)
        return
    words = {True: _("yes"), False: _("no"), None: "–"}
    names = {
        "store": _("place"),
        "backend": _("backend"),
        "state": _("keyring"),
        "present": _("present"),
        "where": _("where"),
    }
    shown = {name: words[value] if value is None or isinstance(value, bool) else value for name, value in told.items()}
    rows = [(names[name], tilde(Path(text)) if text.startswith("/") else text) for name, text in shown.items()]
    write(aligned([(name, clean(text, limit=400)) for name, text in rows]))


def remark_limits(place: KeyPlace) -> None:
    """Say what keeps a stored key from being used, and from being safe."""
    draft, variable = place.draft, BY_KEY[place.key].variable
    note(*filter(None, [in_the_clear(draft)]))
    if draft.secret_in_environment(place.key) and place.where != variable:
        note(_("{name} is set in this environment, and comes first, as it does in OpenHands.").format(name=variable))
    if not draft.is_default and place.store is not Store.CONFIG:
        note(
            _(
                "OpenHands takes the key of {group} from config.toml only. "
                "To start with this group in the place of [llm]: llm-setup exec --group {name} -- COMMAND"
            ).format(group=header(draft.group), name=shlex.quote(clean(table_path(draft.group)[-1], limit=60)))
        )


def require_subject(draft: Draft) -> None:
    """Raise SetupError where it cannot be told whose key it would be, and for which address."""
    if draft.provider is None:
        raise SetupError(
            _("It is not clear whose key it is: the file names no model of a provider that is known here."),
            _("Name one first: llm-setup set model=anthropic/…"),
            status=Status.USAGE,
        )
    if not draft.secret_keys():
        raise SetupError(_("{name} takes no key.").format(name=draft.provider.name), status=Status.USAGE)
    if draft.base_url and origin_of(draft.base_url) is None:
        raise SetupError(
            _("The base URL has no host that could be called."), _("Set base_url first."), status=Status.USAGE
        )


def secret_called(draft: Draft, name: str | None) -> str:
    """The secret field of that name, or the only one; SetupError names those that there are."""
    names = {key: draft.credential(key).name for key in draft.secret_keys()}
    found = [key for key, own in names.items() if name in (own, BY_KEY[key].variable, key)] if name else [*names]
    if len(found) == 1:
        return found[0]
    raise SetupError(
        _("{provider} takes: {names}.").format(
            provider=draft.provider.name if draft.provider else "", names=listed(names.values())
        ),
        _("Say which one with --name."),
        status=Status.USAGE,
    )
