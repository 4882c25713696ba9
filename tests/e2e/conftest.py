"""The installed program in real terminals, each with a home, a keyring and a provider of its own."""

import os
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from tools import unwarmed as unwarmed_program
from tools import warm_wizard
from tools.programs import require_program
from tools.secret_service import SecretService
from tools.terminal import Terminal

NOWHERE = "http://127.0.0.1:9"
"""A port that nobody listens on."""


@pytest.fixture(scope="session")
def program() -> str:
    """The command as it was installed beside the running interpreter."""
    return require_program(str(Path(sysconfig.get_path("scripts"), "llm-setup")))


@pytest.fixture(scope="session")
def unwarmed(tmp_path_factory: pytest.TempPathFactory, warm_probe: str) -> Iterator[str]:
    """The same, but that it is loaded, and litellm once a test is sent: for walks that are about something else."""
    program = unwarmed_program.install(tmp_path_factory.mktemp("unwarmed"), warm_probe)
    with warm_wizard.kept(program, warm_probe):
        yield program


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """What a shell of a fresh user has; without a D-Bus session, and without a way to the world."""
    return {"HOME": str(home), "PATH": os.environ["PATH"], "HTTPS_PROXY": NOWHERE}


@pytest.fixture
def keyring(environment: dict[str, str]) -> Iterator[Callable[[str], SecretService]]:
    """Starts a private keyring in the state named; the environment leads to it."""
    require_program("dbus-daemon")
    require_program("gnome-keyring-daemon")
    with ExitStack() as stack:

        def start(mode: str) -> SecretService:
            service = SecretService(mode)
            environment.update(stack.enter_context(service))
            return service

        yield start


@pytest.fixture
def wizard(unwarmed: str, environment: Mapping[str, str]) -> Iterator[Callable[..., Terminal]]:
    """Opens the program, unwarmed or as named, in a terminal of 80x24; arguments follow its name."""
    with ExitStack() as stack:

        def start(*arguments: str, program: str = unwarmed) -> Terminal:
            return stack.enter_context(Terminal([program, *arguments], environment))

        yield start
