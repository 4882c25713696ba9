"""A key that is the output of a command, such as `pass show openai`: we keep the command, never the key."""

import os
import re
import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean, why
from tui.base.key_shapes import may_be_key
from tui.base.secret import Secret
from tui.base.secrets_in_text import without_keys_in
from tui.base.translation import _
from tui.credentials.identity import Credential
from tui.credentials.pasted_key import clean_key

if TYPE_CHECKING:
    import asyncio

LIMIT: Final = 10.0
"""Seconds."""
_MOST: Final = 64 * 1024
"""Bytes that are read of an output."""
_LIKE_A_KEY: Final = re.compile(r"(?=[\w+=-]*\d)[\w+=-]{16,}")

_SHELLS: Final = ("sh", "bash", "zsh", "fish", "dash", "ksh", "env", "/bin/sh", "/bin/bash", "/usr/bin/env")
_OPERATORS: Final = ("|", "||", "&&", "&", ";", ">", ">>", "<", "2>", "2>&1", "2>/dev/null", ">/dev/null")
_EXPANDED: Final = re.compile(r"~(?:/|$)|\$\{?[A-Za-z_]\w*|\$\(|`")
"""What a shell puts something else for: a home folder, a variable, the output of another command."""


class KeyCommand:
    """Gives keys as the keyring does, by running the command that was remembered for each."""

    def __init__(self, commands: Mapping[Credential, str], *, limit: float = LIMIT) -> None:
        self._commands = commands
        self._limit = limit

    async def store(self, keys: Mapping[Credential, Secret]) -> None:
        """A command gives keys and takes none: raises SetupError when there are any."""
        if keys:
            raise SetupError(
                _("A command gives a key, it cannot take one."),
                _("Put the key where the command finds it, or choose another place."),
                status=Status.USAGE,
            )

    async def fetch(self, credential: Credential) -> Secret | None:
        """What the command says, None where there is no command. Raises SetupError."""
        command = self._commands.get(credential)
        return await run(command, self._limit) if command else None

    async def delete(self, credential: Credential) -> None:
        """Nothing of ours is kept but the command itself, in our settings."""


async def run(command: str, limit: float = LIMIT) -> Secret:
    """The key in the first line that `command` prints within `limit` seconds. Raises SetupError.

    Without a shell, in the home folder, without a terminal to ask on, and without the keys of our environment.
    """
    import asyncio  # late: most who import this never run a command

    from tui.base import processes

    words = _words(command)
    try:
        process = await processes.start(
            *words, stdout=processes.PIPE, stderr=processes.PIPE, cwd=_home(), env=_environment(), limit=_MOST
        )
    except (OSError, ValueError) as error:
        reason = why(error)
        raise _failure(command, _("it cannot be started: {reason}").format(reason=reason)) from None
    try:
        async with asyncio.timeout(limit):
            said, complained, status = await asyncio.gather(
                _beginning(process.stdout), _beginning(process.stderr), process.wait()
            )
    except BaseException as error:
        process.kill()
        await process.wait()
        if isinstance(error, TimeoutError):
            raise _failure(command, _("no answer within {limit:g} s").format(limit=limit)) from None
        raise
    return _key(command, said, complained, status)


def shown_command(command: str) -> str:
    """`command` as it may be shown: what looks like a key in it is left out."""
    whole = without_keys_in(clean(command, limit=len(command) + 1), may_be_key, "…")
    return clean(_LIKE_A_KEY.sub("…", whole), limit=200)


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words or "\0" in command:
        raise SetupError(
            _("Not a valid command: {command}").format(command=shown_command(command))
            if command.strip()
            else _("No command."),
            _("Write it as in a shell, such as: pass show openai"),
            status=Status.USAGE,
        )
    _require_no_shell(words)
    return words


def _require_no_shell(words: list[str]) -> None:
    """Raise SetupError for what only a shell understands: it would go to the program as it stands."""
    if words[0] in _SHELLS:
        return
    found = next((word for word in words if word in _OPERATORS or _EXPANDED.match(word)), None)
    if found:
        raise SetupError(
            _("No shell runs the command, so “{word}” would mean nothing in it.").format(word=shown_command(found)),
            _("Write paths and values in full, or let a shell run it: sh -c '…'"),
            status=Status.USAGE,
        )


def _home() -> str:
    return os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is none


def _environment() -> dict[str, str]:
    """Ours without keys, and without the terminal: a question on it would be asked in the middle of our screen.

    What password managers are unlocked with (a session, a token) stays: without it they give nothing.
    """
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("LLM_") and not name.endswith("_API_KEY") and name != "GPG_TTY"
    }


async def _beginning(stream: "asyncio.StreamReader | None") -> bytes:
    """What comes first; the rest is read, so that the command can end, and dropped."""
    kept = b""
    while stream and (part := await stream.read(_MOST)):
        kept = (kept + part)[:_MOST]
    return kept


def _key(command: str, said: bytes, complained: bytes, status: int) -> Secret:
    if status != 0:
        words = _("it ended with status {status}").format(status=status)
        reason = clean(shown_command(_last_line(complained)), limit=120)
        raise _failure(command, f"{words}: {reason}" if reason else words)
    first = next((line for line in said.decode(errors="replace").splitlines() if line.strip()), "")
    try:
        return Secret(clean_key(first)[0])
    except SetupError as error:
        raise _failure(command, _("its first line is not a key. {why}").format(why=error.message).rstrip(".")) from None


def _last_line(text: bytes) -> str:
    lines = [line for line in text.decode(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _failure(command: str, reason: str) -> SetupError:
    return SetupError(
        _("The command {command} gave no key: {reason}.").format(command=shown_command(command), reason=reason),
        _("Run it yourself once: it must print the key without asking. Or choose another place for the key."),
    )
