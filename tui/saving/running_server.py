"""An agent server that runs on this machine, asked to encrypt a key as it would itself.

Agent Canvas starts its agent server on port 18000, or on the one that OH_CANVAS_SAFE_BACKEND_PORT names, with a session
key that it keeps beside its files. That key is sent to a listener of this very user on the loopback address only.
"""

import http.client
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

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
