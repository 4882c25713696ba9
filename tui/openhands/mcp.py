"""What OpenHands does with `[mcp]`: its lists of servers, and what it wants of each."""

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlparse

from tui.openhands.tables import Effect, Trouble, Verdict, recorded_tables
from tui.openhands.types import WrongType, require_type

_WITH_URL: Final = ("sse_servers", "shttp_servers")
_SCHEMES: Final = ("http", "https", "ws", "wss")
_NAME: Final = re.compile(r"[a-zA-Z0-9_-]+$")
_VARIABLE: Final = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*$")
_LONGEST: Final = 3600


def mcp_trouble(mcp: Any) -> Iterator[Verdict]:
    """What OpenHands does not take of `[mcp]`."""
    if not isinstance(mcp, dict):
        iterable = isinstance(mcp, str | list)  # it looks into it before it looks at it
        yield Verdict(("mcp",), Trouble.NO_TABLE, Effect.ENDS if iterable else Effect.DROPS, ("mcp",))
        return
    lists = recorded_tables().mcp_servers
    for key, servers in mcp.items():
        if key not in lists:
            yield Verdict(("mcp", key), Trouble.UNKNOWN, Effect.ENDS, ("mcp",), known=tuple(lists))
        elif trouble := _servers(key, servers):
            yield trouble
    if _twice(mcp.get("sse_servers")):
        yield Verdict(("mcp", "sse_servers"), Trouble.ADDRESS, Effect.ENDS, ("mcp",))


def _servers(key: str, servers: Any) -> Verdict | None:
    """The first thing wrong with a list of servers: OpenHands stops there."""
    path, wanted = ("mcp", key), recorded_tables().tables["mcp"][key]
    if isinstance(servers, str | dict):
        servers = list(servers)  # letters, or names
    if not isinstance(servers, list):
        return Verdict(path, Trouble.TYPE, Effect.DROPS, ("mcp",), wanted=wanted)
    for server in servers:
        table = {"url": server} if isinstance(server, str) and key in _WITH_URL else server
        if not isinstance(table, dict):
            return Verdict(path, Trouble.TYPE, Effect.DROPS, ("mcp",), wanted=wanted)
        if trouble := _server(key, table):
            return Verdict(path, trouble[0], Effect.ENDS, ("mcp",), wanted=trouble[1])
    return None


def _server(key: str, server: Mapping[str, Any]) -> tuple[Trouble, str] | None:
    types = recorded_tables().mcp_servers[key]
    for need in ("url",) if key in _WITH_URL else ("name", "command"):
        if need not in server:
            return Trouble.LACKS, need
    for name, value in server.items():
        if name in types and name not in ("args", "env"):
            try:
                require_type(types[name], value)
            except WrongType:
                return Trouble.TYPE, name
    return _address(server) if key in _WITH_URL else _program(server)


def _address(server: Mapping[str, Any]) -> tuple[Trouble, str] | None:
    try:
        parts = urlparse(server["url"].strip())
    except ValueError:
        return Trouble.ADDRESS, "url"
    if parts.scheme not in _SCHEMES or not parts.netloc:
        return Trouble.ADDRESS, "url"
    timeout = server.get("timeout")
    return (Trouble.TYPE, "timeout") if timeout is not None and not 0 < float(timeout) <= _LONGEST else None


def _program(server: Mapping[str, Any]) -> tuple[Trouble, str] | None:
    if not _NAME.match(server["name"].strip()):
        return Trouble.NAME, "name"
    command = server["command"].strip()
    if not command or " " in command:
        return Trouble.NAME, "command"
    if not _are_words(server.get("args", [])):
        return Trouble.TYPE, "args"
    return None if _are_variables(server.get("env", {})) else (Trouble.TYPE, "env")


def _are_words(args: Any) -> bool:
    if isinstance(args, str):
        try:
            shlex.split(args)
        except ValueError:
            return False
        return True
    return not args or (isinstance(args, list) and all(isinstance(word, str) for word in args))


def _are_variables(env: Any) -> bool:
    if isinstance(env, str):
        pairs = [pair.strip() for pair in env.split(",") if pair.strip()]
        return all("=" in pair and _VARIABLE.match(pair.split("=")[0].strip()) for pair in pairs)
    return not env or (isinstance(env, dict) and all(isinstance(value, str) for value in env.values()))


def _twice(servers: Any) -> bool:
    if not isinstance(servers, list):
        return False
    urls = [server.get("url") if isinstance(server, dict) else server for server in servers]
    plain = [url.strip() for url in urls if isinstance(url, str)]
    return len(set(plain)) != len(plain)
