"""`key`: keep a key, say where it is, move it, remove it; unlock the keyring. The key itself comes on stdin."""

import argparse
import asyncio
import os
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Self, TypeVar

from tui.base.errors import SetupError, Status
from tui.base.secret import Secret
from tui.base.translation import _, together
from tui.commands import session_token
from tui.commands.inputs import load, load_existing, require_readable
from tui.commands.key_places import KeyPlace, remark_limits, require_subject, say, secret_called
from tui.commands.output import afterwards, note
from tui.commands.questions import ask, in_place_offered, unlocking_offered
from tui.commands.targets import the_one
from tui.credentials.keyring_client import Keyring, has_display
from tui.credentials.keyring_state import MACOS, KeyringState, KeyringStatus
from tui.credentials.pasted_key import clean_key, halves_in
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.offers import offer
from tui.saving.key_stores import fetch_secret, key_from_environment, variables_of
from tui.saving.stored_keys import delete_key
from tui.saving.transaction import save

_Answer = TypeVar("_Answer")


def run(options: argparse.Namespace) -> int:
    """Exit status 1 where no key is kept, 3 where that cannot be known."""
    target = the_one(options, _("A key"))
    if session_token.is_meant(options, target):
        return session_token.run(options, target)
    with_file = options.action not in ("status", "unlock")
    draft = (load_existing if with_file else load)(options.config, options.group, target)
    with _Session(options, draft) as session, in_place_offered(), unlocking_offered():
        actions = {"set": session.set, "status": session.status, "delete": session.delete, "move": session.move}
        return actions.get(options.action, session.unlock)()


class _Session:
    """One command. The keyring is asked in the event loop; whoever types is waited for outside, where Ctrl+C works."""

    def __init__(self, options: argparse.Namespace, draft: Draft) -> None:
        self._options = options
        self._draft = draft
        self._keyring = Keyring()
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._run(self._keyring.close())
        self._runner.close()

    def _run(self, work: Coroutine[Any, Any, _Answer]) -> _Answer:
        return self._runner.run(work)

    def set(self) -> int:
        """Keep a key, or choose where it comes from."""
        require_subject(self._draft)
        key, look = secret_called(self._draft, self._name()), None
        self._draft.store = store = self._chosen()
        if store is Store.KEYRING:
            look = self._open_keyring()
        if store in (Store.ENVIRONMENT, Store.COMMAND):
            self._choose(store, key)
        else:
            self._take(key, ask(_("Key for {service}: ").format(service=self._draft.credential(key).service)))
        self._save()
        return self._told(KeyPlace(self._draft, store, key, look))

    def _take(self, key: str, text: str) -> None:
        """Take what came for one secret: the key in it, or both halves of an AWS key."""
        halves = halves_in(text)
        if key in halves:
            note(_("Both halves of the key were in it, and both are kept."))
        else:
            found, left_out = clean_key(text)
            note(*([left_out] if left_out else []))
            halves = {key: found}
        for name, half in halves.items():
            self._draft.edit_secret(name, Secret(half))

    def _told(self, place: KeyPlace) -> int:
        with afterwards():
            self._tell(place)
        return Status.DONE

    def _tell(self, place: KeyPlace) -> None:
        remark_limits(place)
        if place.store in (Store.FILE, Store.CONFIG):
            from tui.credentials.work_tree import committed

            note(*filter(None, [self._run(committed(Path(place.where or "")))]))
        say(place.told(), as_json=self._options.json)

    def _name(self) -> str | None:
        """The provider's own variable is no name of a secret; it says which variable has it."""
        own = self._draft.provider.key_variable if self._draft.provider else ""
        if self._options.store == Store.ENVIRONMENT and own and self._options.name == own:
            self._draft.variable = own
            return "api_key"
        return self._options.name  # type: ignore[no-any-return]

    def _chosen(self) -> Store:
        """The place named, else the remembered one, else an open keyring; readable text is never a default."""
        if self._options.store:
            return Store(self._options.store)
        remembered = self._draft.remembered_store
        hint = _("Name a place: --store keyring, file (readable text), config (readable text), environment or command.")
        if remembered in (Store.ENVIRONMENT, Store.COMMAND):
            message = _("The key comes from the {place} that was chosen, which takes none.")
            words = {Store.ENVIRONMENT: _("variable"), Store.COMMAND: _("command")}
            raise SetupError(message.format(place=words[remembered]), hint, status=Status.USAGE)
        if remembered is None:
            look = self._run(self._keyring.look())
            if look.state is not KeyringState.OPEN:
                raise SetupError(look.sentence, hint)
        return remembered or Store.KEYRING

    def _choose(self, store: Store, key: str) -> None:
        if store is Store.COMMAND:
            command = ask(_("Command that prints the key: ")).strip()
            self._draft.commands[self._draft.credential(key)] = command
        elif key_from_environment(self._draft, key) is None:
            names = variables_of(self._draft, key)
            note(_("{name} is not set here. Set it where OpenHands starts.").format(name=names[0]))

    def _open_keyring(self) -> KeyringStatus:
        look = self._run(self._keyring.look())
        if look.state is not KeyringState.OPEN:
            raise SetupError(look.sentence, look.command_hint(has_display=has_display(os.environ)))
        return look

    def _save(self) -> None:
        saved = self._run(save(self._draft, self._keyring, in_place=self._options.in_place))
        note(*([saved.remark] if saved.remark else []))

    def status(self) -> int:
        """Where the key is; never what it is."""
        place = self._place()
        if place.store:
            remark_limits(place)
        elif found := offer(self._draft, keyring_open=False):
            note(found.sentence)
        say(place.status(), as_json=self._options.json)
        return {True: Status.DONE, False: Status.NO, None: Status.UNUSABLE}[place.present]

    def _place(self) -> KeyPlace:
        draft = self._draft
        look = self._run(self._keyring.look())
        keys = draft.secret_keys()
        if keys and self._options.name:
            keys = (secret_called(draft, self._options.name),)
        key = keys[0] if keys else "api_key"
        store = draft.remembered_store
        if store is None and any(draft.secret_in_environment(each) for each in keys):
            store = Store.ENVIRONMENT
        return KeyPlace(draft, store, key, look, self._is_present(store, look, keys))

    def _is_present(self, store: Store | None, look: KeyringStatus, keys: tuple[str, ...]) -> bool | None:
        if store is Store.KEYRING and look.state is not KeyringState.OPEN:
            hint = look.command_hint(has_display=has_display(os.environ))
            note(together(look.sentence, hint))
            return None
        try:
            found = [self._run(fetch_secret(self._draft, key, store, self._keyring)) for key in keys]
        except SetupError as error:
            note(str(error))
            return None
        hidden = [self._draft.is_encrypted_in_file(key) for key in keys]
        return bool(found) and all(secret is not None or unread for secret, unread in zip(found, hidden, strict=True))

    def delete(self) -> int:
        """Remove the key from where it is, or from the place named."""
        require_subject(self._draft)
        store = Store(self._options.store) if self._options.store else self._draft.remembered_store
        if store is None or not self._has_key(store):
            note(_("No key is kept."))
            return Status.NO
        place = KeyPlace(self._draft, store, self._draft.secret_keys()[0])
        told = place.told()
        if store is Store.ENVIRONMENT and key_from_environment(self._draft, place.key):
            note(_("{name} is still set: unset it where you set it.").format(name=told["where"]))
        left = self._run(delete_key(self._draft, store, self._keyring, in_place=self._options.in_place))
        note(*([left] if left else []))
        with afterwards():
            say({**told, "state": None, "present": False}, as_json=self._options.json)
        return Status.DONE

    def _has_key(self, store: Store) -> bool:
        """Whether there is anything to remove: a key, or the choice of where it comes from."""
        if store in (Store.ENVIRONMENT, Store.COMMAND):
            return self._draft.remembered_store is store
        keys = self._draft.secret_keys()
        hidden = store is Store.CONFIG and any(map(self._draft.is_encrypted_in_file, keys))
        return hidden or any(self._run(fetch_secret(self._draft, key, store, self._keyring)) for key in keys)

    def move(self) -> int:
        """Move the key to another place."""
        draft = self._draft
        require_subject(draft)
        before, after, key = draft.remembered_store, Store(self._options.store), draft.secret_keys()[0]
        require_readable(draft)
        held = [each for each in draft.secret_keys() if self._run(fetch_secret(draft, each, before, self._keyring))]
        if not held:
            note(_("No key is kept."))
            return Status.NO
        draft.store = after
        look = self._open_keyring() if after is Store.KEYRING else None
        if after is Store.COMMAND and before is not after:
            self._choose(after, secret_called(draft, self._options.name))
        names = [variables_of(draft, each)[0] for each in held if key_from_environment(draft, each) is None]
        if after is Store.ENVIRONMENT and names:
            raise SetupError(
                _("{name} is not set here: the key would be gone.").format(name=", ".join(names)),
                _("Set it first, then move the key."),
            )
        self._save()
        place = KeyPlace(draft, after, key, look, present=True)
        with afterwards():
            remark_limits(place)
            say(place.status(), as_json=self._options.json)
        return Status.DONE

    def unlock(self) -> int:
        """Open the keyring with the password that it is locked with."""
        look = self._run(self._keyring.look())
        if look.backend == MACOS:
            from tui.credentials.keychain import unlock_in_terminal

            unlock_in_terminal()
        elif look.asks_itself and has_display(os.environ):
            note(_("{keyring} asks in a window of its own. Ctrl+C stops waiting.").format(keyring=look.backend))
            self._run(self._keyring.unlock_in_its_window())
        elif look.state is KeyringState.LOCKED and not look.asks_itself:
            password = ask(_("Password of {keyring}: ").format(keyring=look.backend))
            self._run(self._keyring.unlock(Secret(password)))
        elif look.state is not KeyringState.OPEN:
            raise SetupError(look.sentence, look.hint)
        say(self._place().status(), as_json=self._options.json)
        return Status.DONE
