"""One probe for all tests: importing litellm takes seconds."""

import pytest
import pytest_asyncio

from tui.trial.probe_client import Probe

DEAD_PROXY = "http://127.0.0.1:9"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def probe():
    """A real child process, in whose environment stands a proxy that nobody listens at."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
            patch.setenv(name, DEAD_PROXY)
        patch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
        patch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
        probe = Probe()
    await probe.start()
    yield probe
    await probe.close()
