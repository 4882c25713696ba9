"""A process that the probe's guard watches, and the HTTP libraries that litellm uses in it: `guarded.py FOLDER`.

Each reaches for the host that was agreed on, and for others, by name, by address and through a proxy. Prints JSON: what
each was answered, and which hosts were asked.
"""

import asyncio
import json
import os
import socket
import sys
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import botocore.awsrequest
import botocore.httpsession
import httpx
import requests
import urllib3
from tools.fake_internet import AllHosts, FakeInternet

from tui.base import guard
from tui.trial import wire

AGREED = "https://agreed.example"
FOREIGN = "https://foreign.example"


async def by_httpx(url: str) -> int:
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).status_code


async def by_httpx_in_a_thread(url: str) -> int:
    def get() -> int:
        with httpx.Client() as client:
            return client.get(url).status_code

    return await asyncio.get_running_loop().run_in_executor(None, get)


async def by_aiohttp(url: str) -> int:
    async with aiohttp.ClientSession(trust_env=True) as session, session.get(url, ssl=False) as answer:
        return answer.status


async def by_requests(url: str) -> int:
    return await asyncio.to_thread(lambda: requests.get(url, timeout=5, verify=False).status_code)


async def by_urllib3(url: str) -> int:
    return urllib3.PoolManager(cert_reqs="CERT_NONE", retries=False).request("GET", url).status


async def by_botocore(url: str) -> int:
    request = botocore.awsrequest.AWSRequest("GET", url).prepare()
    proxies = {name: value for name, value in urllib.request.getproxies().items() if name in ("http", "https")}
    return int(botocore.httpsession.URLLib3Session(verify=False, proxies=proxies).send(request).status_code)


async def by_asyncio(url: str) -> int:
    parts = httpx.URL(url)
    _reader, writer = await asyncio.open_connection(parts.host, parts.port or 443)
    writer.close()
    return 0


async def by_socket(url: str) -> int:
    parts = httpx.URL(url)
    socket.create_connection((parts.host, parts.port or 443), timeout=5).close()
    return 0


async def by_address(url: str) -> int:
    """Without a word to the name service."""
    parts = httpx.URL(url)
    guard.allowed_hosts.set(AllHosts())
    (*_kind, address), *_ = socket.getaddrinfo(parts.host, 443)
    wire.begin([AGREED])
    with socket.socket() as sock:
        sock.connect(address)
    return 0


async def by_datagram(url: str) -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        return sock.sendto(b"?", ("192.0.2.1", 53))


async def by_name_service(url: str) -> int:
    socket.gethostbyname(httpx.URL(url).host)
    return 0


ALL: list[Callable[[str], Awaitable[int]]] = [
    by_httpx, by_httpx_in_a_thread, by_aiohttp, by_requests, by_urllib3, by_botocore, by_asyncio, by_socket,
]  # fmt: skip
FOREIGN_ONLY = [by_address, by_datagram, by_name_service]


async def tried(internet: FakeInternet, way: Callable[[str], Awaitable[int]], url: str) -> dict[str, Any]:
    before = len(internet.requests)
    watch = wire.begin([AGREED])
    try:
        answer: Any = await way(url)
    except Exception as error:  # noqa: BLE001 - each library has its own
        answer = type(error).__name__
    hosts = [host for host, _port, _request in internet.requests[before:]]
    return {"way": way.__name__, "url": url, "answer": answer, "hosts": hosts, "foreign": watch.foreign}


def through_socket_of_the_file_system(folder: Path) -> bool:
    path = str(folder / "socket")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        client.connect(path)
        return True


async def main(folder: Path) -> None:
    internet = FakeInternet(folder)
    internet.install()
    internet.open()
    wire.install()
    told = [await tried(internet, way, AGREED) for way in ALL]
    told += [await tried(internet, way, FOREIGN) for way in [*ALL, *FOREIGN_ONLY]]
    told.append({"way": "file system", "answer": through_socket_of_the_file_system(folder)})
    os.environ.update({"HTTPS_PROXY": "http://proxy.example:3128", "HTTP_PROXY": "http://proxy.example:3128"})
    proxied = [by_httpx, by_aiohttp, by_requests, by_urllib3, by_botocore]
    for url in (AGREED, FOREIGN, FOREIGN.replace("https:", "http:")):
        told += [{**await tried(internet, way, url), "proxied": True} for way in proxied]
    print(
        json.dumps({"tried": told, "requests": [[h, p, r.decode("latin-1")] for h, p, r in internet.requests]}),
        flush=True,
    )


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
    os._exit(0)
