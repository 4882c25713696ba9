"""profiles/NAME.json: one LLM of the agent server, which Agent Canvas starts, and its copy in settings.json.

    {"model": …, "num_retries": 8, …, "schema_version": 1}

A conversation begins with the LLM profile that the active agent profile names. Whoever activates a profile there gets
its LLM into `agent_settings.llm` of settings.json as well; so do we, with the profile that is in use.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

from tui.base.translation import _
from tui.config_file.document import ConfigText
from tui.openhands.targets.agent_server import profile_in_use
from tui.openhands.targets.gui import FILE
from tui.openhands.targets.llm_file import LlmFile, Names
from tui.openhands.targets.settings_json import ServerSettings
from tui.openhands.targets.target import SERVER

MOST: Final = 50
"""Profiles that the agent server takes."""


@dataclass(frozen=True)
class Profile(LlmFile):
    """The file."""

    kind: ClassVar[str] = SERVER
    at: ClassVar[Names] = ()
    program: ClassVar[str] = _("the agent server up to 1.58")
    newest: ClassVar[Mapping[Names, int]] = {(): 1}
    decrypts: ClassVar[bool] = True

    @property
    def name(self) -> str:
        """As the agent server calls it."""
        return self.path.stem

    @property
    def is_in_use(self) -> bool:
        """Whether conversations begin with it."""
        return self.path == profile_in_use(self.path.parent.parent)

    @property
    def settings(self) -> Path:
        """The settings.json beside it."""
        return self.path.parent.parent / FILE

    @property
    def locks(self) -> Sequence[Path]:
        """Those that the agent server takes for each change, of the profiles and of its settings."""
        return (self.path.parent / ".profiles.lock", *ServerSettings(self.settings, "", exists=False, data={}).locks)

    def smallest(self, llm: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing else is needed."""
        return dict(llm)

    def along(self, text: str) -> Sequence[tuple[ConfigText, str]]:
        """settings.json, with what it says then; nothing for a profile that is not in use. Raises SetupError."""
        if not self.is_in_use:
            return ()
        settings, after = ServerSettings.read(self.settings), self.of(self.path, text)
        changed = settings.with_profile(self.name, self.llm, after.llm)
        return () if changed == settings.text else ((settings, changed),)
