"""The private file: one per provider and origin, readable text that systemd and Docker take as it is.

`~/.config/llm-setup/anthropic.env` with lines `NAME=value`: for `EnvironmentFile=` and `docker run --env-file`.
"""

import contextlib
import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

from tui.base.errors import SetupError, Status
from tui.base.files import leftovers, sweep, write_atomically
from tui.base.folders import config_folder, in_shell, private_folder, tilde
from tui.base.foreign import clean, why
from tui.base.secret import Secret
from tui.base.translation import _
from tui.config_file.locks import save_lock
from tui.credentials.identity import Credential

_PLAIN: Final = re.compile(r"[!%&(-\[\]^_a-~]+")
"""What systemd and Docker read alike without quotes: no space, quote, backslash, backtick, `$` or `#`."""
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_LARGEST: Final = 1024 * 1024


class PrivateFile:
    """Keeps keys as the keyring does, in files that nobody else can read; all raise SetupError where they cannot."""

    async def store(self, keys: Mapping[Credential, Secret]) -> None:
        """Keep all `keys`, which are of one provider and origin, read back, or none."""
        (path,) = {key_file_path(credential) for credential in keys}
        values = {credential.name: secret.reveal() for credential, secret in keys.items()}
        for name, value in values.items():
            _require_plain(name, value)
        with _failures_said(path), save_lock():
            private_folder(path.parent)
            before = _read(path)
            _replace(path, [*_without(before or "", values), *(f"{name}={value}" for name, value in values.items())])
            if any(_value(_read(path) or "", name) != value for name, value in values.items()):
                _put_back(path, before)
                raise SetupError(_("{path} returned something other than it was given.").format(path=_shown(path)))

    async def fetch(self, credential: Credential) -> Secret | None:
        """The key that is kept, None when there is none."""
        path = key_file_path(credential)
        with _failures_said(path):
            value = _value(_read(path) or "", credential.name)
        if not value:
            return None
        if not _PLAIN.fullmatch(value):
            raise SetupError(
                _("What {path} says for {name} would not be read the same way by all readers.").format(
                    path=_shown(path), name=credential.name
                ),
                _("Write NAME=value without quotes and spaces, or store the key again."),
            )
        return Secret(value)

    async def delete(self, credential: Credential) -> None:
        """Remove the key, and the file with the last one; one that is not there is fine."""
        path = key_file_path(credential)
        with _failures_said(path), save_lock():
            before = _read(path)
            sweep(leftovers(path.parent, path.name))
            if before is not None and _value(before, credential.name) is not None:
                _replace(path, _without(before, [credential.name]))


def key_file_path(credential: Credential) -> Path:
    """Where the keys of the credential's provider and origin are; two of them never share a file."""
    names = [credential.provider, *([credential.origin] if credential.origin else [])]
    return config_folder() / ("@".join(quote(name, safe="") for name in names) + ".env")


def _require_plain(name: str, value: str) -> None:
    if not _PLAIN.fullmatch(value):
        raise SetupError(
            _("The key {name} has a character that systemd or Docker would misread in such a file.").format(name=name),
            _("Choose another place for it."),
            status=Status.USAGE,
        )


def _read(path: Path) -> str | None:
    """The text of the file, None where there is none. Raises OSError; SetupError where others could read or write."""
    if not path.parent.exists():
        return None
    _require_private(path.parent, path.parent.stat(), "700")
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise SetupError(_("{path} is not a file.").format(path=_shown(path)), _("Move it away."))
        _require_private(path, status, "600")
        return file.read(_LARGEST).decode(errors="surrogateescape")


def _require_private(path: Path, status: os.stat_result, mode: str) -> None:
    shown = _shown(path)
    if status.st_uid != os.geteuid():
        raise SetupError(
            _("{path} belongs to another user, so no key is kept there.").format(path=shown),
            _("Choose another place for the key."),
        )
    if status.st_mode & _OTHERS:
        raise SetupError(
            _("{path} can be read or changed by other users.").format(path=shown),
            _("Close it with: chmod {mode} {path}. If others may have read a key in it, replace that key.").format(
                mode=mode, path=clean(in_shell(path))
            ),
        )


def _without(text: str, names: Collection[str]) -> list[str]:
    """The lines of `text` but for those that set one of `names`; comments and what else stands there stay."""
    return [line for line in _lines(text) if line.partition("=")[0].strip() not in names]


def _value(text: str, name: str) -> str | None:
    """The last line that sets `name` counts, as it does for those who read the file."""
    pairs = [line.partition("=") for line in _lines(text)]
    found = [value.removesuffix("\r") for before, equals, value in pairs if equals and before.strip() == name]
    return found[-1] if found else None


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


def _replace(path: Path, lines: list[str]) -> None:
    sweep(leftovers(path.parent, path.name))
    if not any(line.strip() for line in lines):
        path.unlink(missing_ok=True)
        return
    write_atomically(path, "".join(f"{line}\n" for line in lines).encode(errors="surrogateescape"), mode=0o600)


def _put_back(path: Path, before: str | None) -> None:
    _replace(path, [] if before is None else _lines(before))


@contextlib.contextmanager
def _failures_said(path: Path) -> Iterator[None]:
    """Turns what the system says into what a person understands."""
    try:
        yield
    except OSError as error:
        raise SetupError(
            _("{path} cannot be used: {reason}.").format(path=_shown(path), reason=why(error)),
            _("Choose another place for the key."),
        ) from None


def _shown(path: Path) -> str:
    return clean(tilde(path), limit=300)
