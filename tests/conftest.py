"""Every test runs in a home of its own, with nothing of the user's environment that the program would read."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tools import pseudo
from tools import warm_probe as warm_probes
from tools.attacks import table
from tools.markers import mark, turn
from tools.messages import compile_all

# How long an example takes says something about the machine only.
settings.register_profile("developer", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("developer"), max_examples=100, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")

# The program is started hundreds of times: let Python compile it once, and the tests as well.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
gc.disable()  # until everything is imported and collected

# Whatever the developer speaks, the tests read English; those of tests/locale are started in other languages.
os.environ["LANGUAGE"] = os.environ.get("TESTS_SPEAK", "en")
compile_all()
if "TESTS_CATALOGUES" in os.environ:
    pseudo.use(Path(os.environ["TESTS_CATALOGUES"]))

GARBAGE = 10_000
"""How many new objects are looked through at once for those that nobody needs any more; Python itself says 700."""

_READ = (
    "LLM_",
    "AWS_",
    "AZURE_",
    "VERTEX",
    "GOOGLE_",
    "OPENAI_",
    "ANTHROPIC_",
    "TEXTUAL",
    "XDG_",
    "DBUS_",
    "GNOME_",
    "OPENHANDS_",
    "OH_",
    "FILE_STORE_PATH",
)
_TERMINAL = ("NO_COLOR", "COLUMNS", "LINES")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty HOME; also the current folder of the test."""
    for name in list(os.environ):
        if name.startswith(_READ) or name.endswith("_API_KEY") or name.upper() in _PROXIES or name in _TERMINAL:
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "STATE", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / f".{name.lower()}"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.chdir(home)
    return home


@pytest.fixture(scope="session")
def warm_probe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a process listens that has imported litellm for all tests of this run; "" where it could not fork."""
    if not warm_probes.CAN_FORK:
        yield ""
        return
    own = tmp_path_factory.getbasetemp()
    with warm_probes.one_for_all(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) as path:
        yield path


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-pictures`: take the screens as they are now for the pictures in screenshots/."""
    parser.addoption("--update-pictures", action="store_true", help="rewrite screenshots/ from the present screens")
    parser.addoption("--share", type=int, default=40, help="make one of this many tries of tests/attack; 1: all")
    parser.addoption("--with-openhands", action="store_true", help="install OpenHands for its tests, 4.5 GB")
    parser.addoption("--with-proxy", action="store_true", help="install LiteLLM's proxy for its tests, 400 MB")


def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: half as many more as there are processors, for many tests wait for another process now and then."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + processors // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with what it needs. What takes long comes first: the end is not to wait for a single process."""
    for item in items:
        mark(item)
    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """What has been imported and collected stays: looking through it again and again is a seventh of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was attacked, how often, and what held."""
    reports = [report for outcome in terminalreporter.stats.values() for report in outcome]
    if lines := table(report for report in reports if isinstance(report, pytest.TestReport)):
        terminalreporter.write_sep("=", "attacks")
        for line in lines:
            terminalreporter.write_line(line)
