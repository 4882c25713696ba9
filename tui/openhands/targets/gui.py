"""The GUI server (distribution openhands-ai, 1.8 to 1.11), which reads settings.json and no variable.

1.0 to 1.7 take model, key and base URL of it alone, and drop the rest.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.base.translation import _
from tui.openhands.targets.agent_server import FOLDER_VARIABLE, folder
from tui.openhands.targets.target import GUI, requests_of_client, without_ours

if TYPE_CHECKING:
    from tui.openhands.targets.settings_json import SettingsJson

FILE: Final = "settings.json"
_OLDER_VARIABLE: Final = "FILE_STORE_PATH"


class GuiServer:
    """The target of openhands-ai from 1.8 on."""

    name = GUI
    program = _("openhands-ai 1.8 to 1.11")
    label = _("openhands-ai ≥ 1.8")
    short = "GUI"

    def locate(self, given: Path | None = None, group: str | None = None) -> Path:  # noqa: ARG002 - --config names a config.toml
        """In the folder that OH_PERSISTENCE_DIR, else FILE_STORE_PATH, names."""
        named = os.environ.get(_OLDER_VARIABLE) if os.environ.get(FOLDER_VARIABLE) is None else ""
        return (Path(os.path.abspath(named)) if named else folder()) / FILE  # noqa: PTH100 - as it finds it

    def groups(self) -> tuple[str, ...]:
        """None: its profiles are edited there."""
        return ()

    def read(self, path: Path) -> "SettingsJson":
        """Raises Broken for a file that the GUI server does not load."""
        from tui.openhands.targets.settings_json import SettingsJson  # not for the list of programs

        return SettingsJson.read(path)

    def parse(self, path: Path, text: str, *, exists: bool) -> "SettingsJson":
        """Raises Broken."""
        from tui.openhands.targets.settings_json import SettingsJson

        return SettingsJson.of(path, text, exists=exists)

    def has(self, key: str) -> bool:
        """Most of them: no tables, and nothing that is only known by variable."""
        from tui.openhands.targets.schema import settable

        return key in settable(GUI)

    def environment(self, environ: Mapping[str, str]) -> Mapping[str, str]:
        """No `LLM_*`; the variables of providers are litellm's."""
        return without_ours(environ)

    def requests(self, values: Mapping[str, object]) -> int:
        """Three where litellm takes the OpenAI client: so does the SDK 1.34 that it starts."""
        return requests_of_client(values)

    def asks_also(self) -> str:
        """Nothing that we know of."""
        return ""
