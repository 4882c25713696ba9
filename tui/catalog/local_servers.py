"""Servers of models on this machine that answer: asked without any key, on the ports that they have by default."""

import asyncio
import contextlib
import json
from dataclasses import dataclass
from typing import Final

from tui.catalog.listed_models import Listed, listed_in

LIMIT: Final = 1.0
"""Seconds for all of them together; a port that nobody listens on refuses at once."""
_MOST: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LocalServer:
    """Where one may be, and by which list one knows that it is."""

    provider: str
    """Our id of the provider that it is used as."""
    name: str
    port: int
    path: str
    ends: str = "/v1"
    """What its base URL ends with."""

    @property
    def base_url(self) -> str:
        """As it is written to config.toml."""
        return f"http://localhost:{self.port}{self.ends}"


KNOWN: Final = (
    LocalServer("ollama", "Ollama", 11434, "/api/tags", ends=""),
    LocalServer("lm_studio", "LM Studio", 1234, "/v1/models"),
    LocalServer("openai_compatible", "vLLM", 8000, "/v1/models"),
)


async def answering(servers: tuple[LocalServer, ...] = KNOWN) -> dict[LocalServer, list[Listed]]:
    """Those of `servers` that answer with a list, with their lists. Never raises."""
    lists = await asyncio.gather(*(_list(server) for server in servers))
    return {server: found for server, found in zip(servers, lists, strict=True) if found is not None}


async def _list(server: LocalServer) -> list[Listed] | None:
    with contextlib.suppress(OSError, ValueError, RecursionError, TimeoutError, asyncio.IncompleteReadError):
        async with asyncio.timeout(LIMIT):
            return listed_in(json.loads(await _get(server)))
    return None


async def _connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """To this machine, by number: looking the name up takes a thread, and who knows what a hosts file says."""
    try:
        return await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return await asyncio.open_connection("::1", port)


async def _get(server: LocalServer) -> bytes:
    """The body of a 200. By hand: httpx would take 0.2 s to import, and this is no more than one line. No redirect."""
    reader, writer = await _connect(server.port)
    try:
        request = f"GET {server.path} HTTP/1.0\r\nHost: localhost:{server.port}\r\nAccept: application/json\r\n\r\n"
        writer.write(request.encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.partition(b"\r\n")[0]:
            raise ValueError("no list")
        body = bytearray()
        while part := await reader.read(65536):
            body += part
            if len(body) > _MOST:
                raise ValueError("no end")
        return bytes(body)
    finally:
        writer.close()
