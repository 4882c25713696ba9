"""The OpenHands CLI (distribution `openhands`, 1.0 to 1.16), which reads agent_settings.json and no variable."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.base.translation import _
from tui.openhands.targets.target import CLI, requests_of_client, without_ours

if TYPE_CHECKING:
    from tui.openhands.targets.agent_settings import AgentSettings

FILE: Final = "agent_settings.json"
FOLDER_VARIABLE: Final = "OPENHANDS_PERSISTENCE_DIR"
OVERRIDING_FROM: Final = (1, 10)
"""The first release that has `--override-with-envs`."""
OVERRIDE: Final = "--override-with-envs"


class CommandLine:
    """The target of the command `openhands`."""

    name = CLI
    program = _("the OpenHands CLI")
    label = _("OpenHands CLI")
    short = "CLI"

    def locate(self, given: Path | None = None, group: str | None = None) -> Path:  # noqa: ARG002 - --config names a config.toml
        """In the folder that the CLI keeps its files in; OPENHANDS_PERSISTENCE_DIR moves it, even when empty."""
        folder = os.environ.get(FOLDER_VARIABLE)
        home = os.path.expanduser("~/.openhands")  # noqa: PTH111 - Path.expanduser() raises where there is no home
        return Path(os.path.abspath(home if folder is None else folder)) / FILE  # noqa: PTH100 - as the CLI finds it

    def groups(self) -> tuple[str, ...]:
        """None."""
        return ()

    def read(self, path: Path) -> "AgentSettings":
        """Raises Broken for a file that the CLI calls corrupted."""
        from tui.openhands.targets.agent_settings import AgentSettings  # not for the list of programs

        return AgentSettings.read(path)

    def parse(self, path: Path, text: str, *, exists: bool) -> "AgentSettings":
        """Raises Broken."""
        from tui.openhands.targets.agent_settings import AgentSettings

        return AgentSettings.of(path, text, exists=exists)

    def has(self, key: str) -> bool:
        """Most of them: no tables, and nothing that is only known by variable."""
        from tui.openhands.targets.schema import settable

        return key in settable()

    def environment(self, environ: Mapping[str, str]) -> Mapping[str, str]:
        """No `LLM_*`; the variables of providers are litellm's."""
        return without_ours(environ)

    def requests(self, values: Mapping[str, object]) -> int:
        """Three where litellm takes the OpenAI client (run with 1.9.1 and 1.16.0)."""
        return requests_of_client(values)

    def asks_also(self) -> str:
        """Nothing that we know of."""
        return ""
