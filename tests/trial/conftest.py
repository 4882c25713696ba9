"""One probe for all tests: importing litellm takes seconds."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from tools.warm_probe import lead_to

from tui.trial.probe_client import Probe

DEAD_PROXY = "http://127.0.0.1:9"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def probe(warm_probe: str) -> AsyncIterator[Probe]:
    """A fork of a process that all tests share, and no more than that of its own."""
    with pytest.MonkeyPatch.context() as patch:
        if warm_probe:
            lead_to(warm_probe, patch.setattr)
        probe = _strangers(patch)
        await probe.start()
    yield probe
    await probe.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def whole_probe() -> AsyncIterator[Probe]:
    """The process as the program starts it, for tests that are about it."""
    with pytest.MonkeyPatch.context() as patch:
        probe = _strangers(patch)
    await probe.start()
    yield probe
    await probe.close()


def _strangers(patch: pytest.MonkeyPatch) -> Probe:
    """In whose environment stand a proxy that nobody listens at, and a key that is none of its business."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        patch.setenv(name, DEAD_PROXY)
    patch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    patch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    return Probe()
