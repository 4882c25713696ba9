"""A key in a profile of the agent server is encrypted by that server, where it runs and has a key to do it with."""

import http.client
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.config_file.document import ConfigText
from tui.config_file.save import save
from tui.openhands.groups import DEFAULT
from tui.openhands.targets.ciphertext import KEY_FILE, Decryption, can_be_read
from tui.openhands.targets.llm_file import SECRETS, TOKEN
from tui.openhands.targets.profile import Profile


def encrypt(config: ConfigText) -> tuple[ConfigText, str]:
    """The file with its keys encrypted, if that can be had, and what is to be said of them; "" for no key.

    The server reads the profile as we wrote it and tells the ciphertext, which takes the place of the key: in the file,
    in settings.json and in their versions. What cannot be done leaves readable text, which the server takes as well.
    """
    if not isinstance(config, Profile):
        return config, ""
    keys = {key: str(value) for key, value in config.table(DEFAULT).items() if key in SECRETS and value}
    if not keys:
        return config, ""
    folder = config.path.parent.parent
    server = running_server(folder)
    if server is None:
        words = _("The key stands in the profile as readable text: no agent server runs here that could encrypt it.")
        return config, words
    told = server.encrypted(config.name)
    tokens = {key: told.get(key) for key in keys}
    if not all(_is_readable(token, folder) for token in tokens.values()):
        said = _("The key stands in the profile as readable text: the agent server on port {port} did not encrypt it.")
        return config, said.format(port=server.port)
    try:
        text, gone = config.rewritten({(DEFAULT,): tokens}), [Secret(key) for key in keys.values()]
        done = save(config, text, private=True, forget=gone, renewing=True)
    except SetupError as error:
        return config, _("The key stands in the profile as readable text. {reason}").format(reason=error)
    said = _("The agent server on port {port} encrypted it. The key to that lies beside it, in {path}.")
    return done, said.format(port=server.port, path=clean(tilde(folder / KEY_FILE)))


def _is_readable(token: object, folder: Path) -> bool:
    """Whether it is ciphertext, made with the key that the server will have again."""
    given = isinstance(token, str) and token.startswith(TOKEN)
    return given and can_be_read(str(token), folder) is Decryption.POSSIBLE


_VARIABLE: Final = "OH_CANVAS_SAFE_BACKEND_PORT"
_PORT: Final = 18000
_KEYS: Final = ("api-key.txt", "local-backend-api-key.txt", "session-api-key.txt")
"""Names that it has had, the present one first."""
_LISTENERS: Final = Path("/proc/net/tcp")
_LISTENING: Final = "0A"
_LIMIT: Final = 3.0
"""Seconds for one answer."""
_MOST: Final = 1_000_000


class RunningServer(NamedTuple):
    """Where it listens, and its session key."""

    port: int
    session: str

    def encrypted(self, name: str) -> dict[str, Any]:
        """The profile `name` as the server has it, its keys encrypted; empty where it does not say so."""
        headers = {"X-Session-API-Key": self.session, "X-Expose-Secrets": "encrypted"}
        answer = _asked(self.port, f"/api/profiles/{name}", headers)
        config = answer.get("config")
        return config if isinstance(config, dict) else {}


def running_server(folder: Path) -> RunningServer | None:
    """That of Agent Canvas whose files are in `folder`; None where none is known to run."""
    session = next(_sessions(folder / "agent-canvas"), "")
    named = os.environ.get(_VARIABLE, "")
    port = int(named) if named.isdigit() else _PORT
    if not session or not _is_ours(port) or _asked(port, "/server_info", {}).get("title") != "OpenHands Agent Server":
        return None
    return RunningServer(port, session)


def _sessions(folder: Path) -> Iterator[str]:
    for name in _KEYS:
        try:
            text = (folder / name).read_text("ascii")[:1000].strip()
        except (OSError, UnicodeDecodeError):
            continue
        if text and text.isprintable():
            yield text


def _is_ours(port: int) -> bool:
    """Whether a process of this user listens on that port of the loopback address; where that is not told, it is no."""
    here = f"{int.from_bytes(socket.inet_aton('127.0.0.1'), 'little'):08X}:{port:04X}", f"00000000:{port:04X}"
    try:
        rows = [line.split() for line in _LISTENERS.read_text().splitlines()[1:]]
    except OSError:
        return False
    owners = [row[7] for row in rows if len(row) > 7 and row[1] in here and row[3] == _LISTENING]
    return bool(owners) and set(owners) == {str(os.geteuid())}


def _asked(port: int, path: str, headers: dict[str, str]) -> dict[str, Any]:
    """What it answers; nothing of an answer that is none. No redirect is followed, and no proxy asked."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_LIMIT)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        found = json.loads(response.read(_MOST)) if response.status == 200 else {}
    except (OSError, http.client.HTTPException, ValueError):
        return {}
    finally:
        connection.close()
    return found if isinstance(found, dict) else {}
