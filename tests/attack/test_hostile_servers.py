"""Servers that send gigabytes, bombs, drips and nonsense: little is read, little memory taken, and it is said."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import pytest_asyncio
from tools.hostile_answers import ENDLESS, HUGE, ODD, PACKED, after, big, head
from tools.raw_server import raw_server

from tui.base.secret import Secret
from tui.catalog.live_list import NoList, ask, list_request
from tui.catalog.providers import first_class
from tui.retry.policy import RetryPolicy
from tui.trial.diagnosis import CODES
from tui.trial.probe_client import Probe
from tui.trial.probe_order import ProbeOrder
from tui.trial.runner import Trial

MOST = 400 * 1024 * 1024
"""Bytes that a child may take."""
ROUTES = ("openai", "anthropic", "gemini", "ollama", "bedrock", "azure", "mistral", "openrouter")
AWS = {"aws_access_key_id": Secret("AKIAIOSFODNN7EXAMPLE"), "aws_secret_access_key": Secret("x" * 40)}
KEY = {"api_key": Secret("sk-test-0123456789abcdefghijKLMN")}
IN_TIME = 60.0
BRIEFLY = 1.5
"""Seconds for what never ends."""
TOO_LARGE = {"too-large", "not-an-llm"}


def order(route: str, port: int, limit: float) -> ProbeOrder:
    region = {"aws_region_name": "us-east-1"} if route == "bedrock" else {}
    return ProbeOrder(
        f"{route}/anthropic.claude-x", "Say ready", AWS if route == "bedrock" else KEY,
        base_url=f"http://127.0.0.1:{port}", api_version="2024-06-01" if route == "azure" else "",
        options={"timeout": limit, **region},
    )  # fmt: skip


class Watched:
    """A probe, and the most memory that it or a fork of it took."""

    def __init__(self) -> None:
        self.probe = Probe()

    async def code(self, route: str, answer, limit: float) -> str:
        """The code of the diagnosis; "ok" for an answer."""
        with raw_server(answer) as port:
            trial = Trial(self.probe, order(route, port, limit), RetryPolicy(1, 0, 0, 0))
            outcome = [event async for event in trial.run()][-1]
        return "ok" if outcome.ok else outcome.diagnosis.code

    def children(self) -> list[psutil.Process]:
        parent = psutil.Process(self.probe.pid)
        return [parent, *parent.children()]

    def peak(self) -> int:
        """Bytes of memory that a process of it took at most."""
        return max(most_memory(process.pid) for process in self.children())


def most_memory(pid: int) -> int:
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) * 1024


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def watched() -> Iterator[Watched]:
    if sys.platform != "linux":
        pytest.skip("memory is told by /proc")
    watched = Watched()
    await watched.probe.ready()
    yield watched
    await watched.probe.close()


@pytest.mark.asyncio(loop_scope="module")
async def test_what_never_ends_is_ended(watched, attack, tries):
    """Comes first: a probe whose memory is all but used, after some 400 of the others, says too-large of anything."""
    held = attack("servers that never end")
    cases = [(name, route) for name in ENDLESS for route in ROUTES]
    step = max(1, len(cases) // tries(len(cases)))

    async def attempt(name: str, route: str) -> None:
        code = await watched.code(route, ENDLESS[name], BRIEFLY)
        held.hold(code in {"timeout", "not-an-llm"}, f"{name} on {route}: {code}")

    for start in range(0, len(cases), 8 * (step | 1)):
        await asyncio.gather(*(attempt(*case) for case in cases[start : start + 8 * (step | 1) : step | 1]))
    held.close()


@pytest.mark.asyncio(loop_scope="module")
async def test_a_probe_reads_little_of_what_a_server_sends_and_takes_less_than_400_mb(watched, attack, tries):
    held, peak = attack("servers that send too much"), attack("memory of the probe")
    cases = [(name, route) for name in HUGE for route in ROUTES]
    step = max(1, len(cases) // tries(len(cases)))
    for name, route in cases[:: step | 1]:
        code = await watched.code(route, HUGE[name], IN_TIME)
        held.hold(code in TOO_LARGE, f"{name} on {route}: {code}")
    peak.hold(watched.peak() < MOST, f"{watched.peak() >> 20} MB")
    limits = [process.rlimit(psutil.RLIMIT_DATA)[0] for process in watched.children()]
    peak.hold(all(0 < limit <= MOST for limit in limits), f"limits of {limits}")
    held.close()
    peak.close()


@pytest.mark.asyncio(loop_scope="module")
async def test_nonsense_has_a_diagnosis_and_ends_no_probe(watched, attack, tries):
    held = attack("servers that talk nonsense")
    cases = [(name, route) for name in ODD for route in ROUTES]
    step = max(1, len(cases) // tries(len(cases)))
    for name, route in cases[:: step | 1]:
        code = await watched.code(route, ODD[name], IN_TIME)
        held.hold(code in CODES | {"ok"} and code != "probe-crashed", f"{name} on {route}: {code}")
    processes = watched.children()  # a lost fork would have been a crash; each provider finds one of its own
    held.hold(len(processes) == 2, f"{len(processes)} processes")
    held.hold(watched.peak() < MOST, f"{watched.peak() >> 20} MB")
    held.close()


BY_LIBRARIES = """
import asyncio, resource, sys
from tui.base.memory import bound_memory
from tui.trial import bounds
bound_memory()
bounds.install()
import aiohttp, httpx, requests, urllib3
url = f"http://127.0.0.1:{sys.argv[1]}/"

async def by_aiohttp():
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        await response.read()

async def by_async_httpx():
    async with httpx.AsyncClient() as client:
        await client.get(url)

WAYS = {
    "httpx": lambda: httpx.get(url), "async httpx": lambda: asyncio.run(by_async_httpx()),
    "aiohttp": lambda: asyncio.run(by_aiohttp()), "requests": lambda: requests.get(url),
    "urllib3": lambda: urllib3.PoolManager(retries=False).request("GET", url),
    "urllib3 in parts": lambda: urllib3.PoolManager(retries=False).request("GET", url, preload_content=False).read(),
}
for name, way in WAYS.items():
    try:
        way()
        print(name, "read it all")
    except Exception as error:
        chain = []
        while error: chain.append(type(error).__name__); error = error.__cause__ or error.__context__
        print(name, "refused" if "AnswerTooLarge" in chain else chain)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("memory", "held" if peak < 400 * 1024 else peak)
"""


@pytest.mark.parametrize("name", ["1 GB", "1 GB in chunks", "1 GB in gzip", "1 GB in deflate", "1 GB of an error 500"])
def test_every_library_that_asks_in_the_probe_is_bounded(name, attack):
    held = attack("libraries that read too much")
    with raw_server(HUGE[name]) as port:
        command = [sys.executable, "-P", "-c", BY_LIBRARIES, str(port)]
        run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    lines = run.stdout.splitlines()
    assert len(lines) == 7, run.stderr
    for line in lines:
        held.hold(line.endswith((" refused", " held")), f"{name}: {line}")
    held.close()


def test_a_list_of_models_is_read_up_to_8_mb(attack, tries):
    held = attack("lists that are too large")
    provider = next(provider for provider in first_class() if provider.id == "openai_compatible")
    names = [name for name in HUGE if name != "a text of 3 MB"]
    for name in names[:: max(1, len(names) // tries(len(names) * 4))]:
        with raw_server(HUGE[name]) as port:
            answer = asyncio.run(ask(list_request(provider, f"http://127.0.0.1:{port}/v1", ""), Secret("x" * 20)))
        held.hold(isinstance(answer, NoList) and answer.code in ("too-large", "timeout"), f"{name}: {answer}")
    objects = after(head(), lambda: big(7 * 1024**2, b'{"data": [' + b'{"": 0},' * 10_000))
    with raw_server(objects) as port:
        answer = asyncio.run(ask(list_request(provider, f"http://127.0.0.1:{port}/v1", ""), Secret("x" * 20)))
    held.hold(isinstance(answer, NoList), f"no JSON: {answer}")
    held.close()


def test_encodings_that_are_known_are_those_of_the_table():
    assert set(PACKED) == {"br", "zstd"}
