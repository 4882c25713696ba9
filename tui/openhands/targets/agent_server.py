"""The agent server (distribution openhands-agent-server, 1.28 to 1.58), which Agent Canvas starts: it has profiles."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _
from tui.openhands.targets.profile import NAME, Profile, profile_in_use, profiles
from tui.openhands.targets.schema import known
from tui.openhands.targets.target import SERVER, without_ours

FOLDER_VARIABLE: Final = "OH_PERSISTENCE_DIR"


class AgentServer:
    """The target of the agent server, with Agent Canvas before it or without. Its profiles are groups."""

    name = SERVER
    program = _("the agent server of Agent Canvas")
    label = _("Agent Canvas")

    def locate(self, given: Path | None = None, group: str | None = None) -> Path:  # noqa: ARG002 - --config names a config.toml
        """The profile `group`, else the one that conversations begin with. Raises SetupError for no name."""
        if group is None:
            return profile_in_use(folder())
        name = group.removesuffix(".json")
        if not NAME.fullmatch(name):
            message = _("“{name}” can be no name of a profile.").format(name=clean(group, limit=70))
            hint = _("Take up to 64 letters, digits, dots, dashes and underscores, a letter or a digit first.")
            raise SetupError(message, hint, status=Status.USAGE)
        return folder() / "profiles" / f"{name}.json"

    def groups(self) -> tuple[str, ...]:
        """The names of the other profiles."""
        first = self.locate()
        return tuple(path.stem for path in profiles(folder()) if path != first and NAME.fullmatch(path.stem))

    def read(self, path: Path) -> Profile:
        """Raises Broken for a profile that the agent server cannot load."""
        return Profile.read(path)

    def parse(self, path: Path, text: str, *, exists: bool) -> Profile:
        """Raises Broken."""
        return Profile.of(path, text, exists=exists)

    def has(self, key: str) -> bool:
        """Most of them: no tables, and nothing that is only known by variable."""
        return key in known(SERVER)

    def environment(self, environ: Mapping[str, str]) -> Mapping[str, str]:
        """No `LLM_*`; the variables of providers are litellm's."""
        return without_ours(environ)

    def requests(self, values: Mapping[str, object]) -> int:  # noqa: ARG002 - whatever they say
        """One: it lets litellm's clients ask no second time (run with 1.58.2)."""
        return 1


def folder() -> Path:
    """Where the agent server keeps its files, and openhands-ai its settings.json."""
    home = os.path.expanduser("~/.openhands")  # noqa: PTH111 - Path.expanduser() raises where there is no home
    named = os.path.expanduser(os.environ.get(FOLDER_VARIABLE) or home)  # noqa: PTH111
    return Path(os.path.abspath(named))  # noqa: PTH100 - as it finds it
