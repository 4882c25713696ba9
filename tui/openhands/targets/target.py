"""What a program called OpenHands reads its LLM from: one protocol, whatever the file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from tui.config_file.document import ConfigText

TOML: Final = "toml"
CLI: Final = "cli"
SERVER: Final = "server"
GUI: Final = "gui"


class Target(Protocol):
    """One file, and the program that reads it."""

    name: str
    """The word for it on the command line, such as "cli"."""
    program: str
    """What reads the file, for sentences: "the OpenHands CLI"."""
    label: str
    """The same in few words, for a list of them."""
    short: str
    """In one or two, for a narrow terminal."""

    def locate(self, given: Path | None = None, group: str | None = None) -> Path:
        """Where the file lies, or would lie; `given` is what the command line names.

        `group` names a group of settings, where each has a file of its own.
        """

    def groups(self) -> tuple[str, ...]:
        """The names of the groups that have files of their own, beside the one that `locate` gives without a name."""

    def read(self, path: Path) -> ConfigText:
        """The file at `path`; a missing one is an empty one. Raises Broken, SetupError."""

    def parse(self, path: Path, text: str, *, exists: bool) -> ConfigText:
        """What `text`, of the file at `path`, says. Raises Broken."""

    def has(self, key: str) -> bool:
        """Whether the program has the setting `key` of the Field table."""

    def environment(self, environ: Mapping[str, str]) -> Mapping[str, str]:
        """What the program heeds of `environ`."""

    def requests(self, values: Mapping[str, object]) -> int:
        """HTTP requests that one attempt makes with these settings where the provider refuses each."""

    def asks_also(self) -> str:
        """What else it asks the provider for, with as many attempts, in a sentence; "" for nothing."""


def targets() -> dict[str, Target]:
    """All of them by their names, in the order in which they are shown."""
    from tui.openhands.targets.agent_server import AgentServer  # read what the wizard alone has no use for
    from tui.openhands.targets.cli import CommandLine
    from tui.openhands.targets.gui import GuiServer
    from tui.openhands.targets.toml_file import TomlFile

    return {target.name: target for target in (TomlFile(), CommandLine(), AgentServer(), GuiServer())}


def target_of(config: ConfigText) -> str:
    """The name of the target that a file that was read belongs to."""
    return config.kind


def without_ours(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The environment of a program that reads no `LLM_*`."""
    return {name: value for name, value in environ.items() if not name.startswith("LLM_")}


# -- how often litellm itself asks: openhands-ai and the CLI leave the OpenAI client its own two retries

_OPENAI_CLIENT: Final = frozenset({"openai", "azure", "openai_compatible", "lm_studio", "litellm_proxy", "openhands"})
"""Providers, by our ids, that litellm calls through the OpenAI client; all others it asks once (tried with 1.16.0)."""


def requests_of_client(values: Mapping[str, object]) -> int:
    """HTTP requests an attempt makes by the provider that these settings lead to."""
    from tui.openhands.routes import route_of  # reads the catalogue if it must

    route = route_of({key: str(values.get(key) or "") for key in ("model", "base_url", "custom_llm_provider")})
    provider = route.provider.id if route.provider else route.named
    return 3 if provider in _OPENAI_CLIENT else 1
