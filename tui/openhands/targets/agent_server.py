"""The agent server (distribution openhands-agent-server, 1.28 to 1.58), which Agent Canvas starts: it has profiles."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _
from tui.openhands.targets.target import SERVER, without_ours

if TYPE_CHECKING:
    from tui.openhands.targets.profile import Profile

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""What a profile may be called."""
FOLDER_VARIABLE: Final = "OH_PERSISTENCE_DIR"
FIRST: Final = "default"
"""The agent profile, and the LLM profile, that the agent server takes where none is named."""
_FOLDER: Final = "profiles"
_AGENTS: Final = "agent-profiles"


class AgentServer:
    """The target of the agent server, with Agent Canvas before it or without. Its profiles are groups."""

    name = SERVER
    program = _("the agent server of Agent Canvas")
    label = _("Agent Canvas")
    short = "Canvas"

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

    def read(self, path: Path) -> "Profile":
        """Raises Broken for a profile that the agent server cannot load."""
        from tui.openhands.targets.profile import Profile  # not for the list of programs

        return Profile.read(path)

    def parse(self, path: Path, text: str, *, exists: bool) -> "Profile":
        """Raises Broken."""
        from tui.openhands.targets.profile import Profile

        return Profile.of(path, text, exists=exists)

    def has(self, key: str) -> bool:
        """Most of them: no tables, and nothing that is only known by variable."""
        from tui.openhands.targets.schema import settable

        return key in settable(SERVER)

    def environment(self, environ: Mapping[str, str]) -> Mapping[str, str]:
        """No `LLM_*`; the variables of providers are litellm's."""
        return without_ours(environ)

    def requests(self, values: Mapping[str, object]) -> int:  # noqa: ARG002 - whatever they say
        """One: it lets litellm's clients ask no second time (run with 1.58.2)."""
        return 1

    def asks_also(self) -> str:
        """A title for the conversation, unless its client gives one (run with 1.58.2)."""
        return _(
            "With the first message of a conversation the agent server asks for a title as well, at the same time and "
            "with as many attempts: a provider that refuses gets twice as many requests then."
        )


def folder() -> Path:
    """Where the agent server keeps its files, and openhands-ai its settings.json."""
    home = os.path.expanduser("~/.openhands")  # noqa: PTH111 - Path.expanduser() raises where there is no home
    named = os.path.expanduser(os.environ.get(FOLDER_VARIABLE) or home)  # noqa: PTH111
    return Path(os.path.abspath(named))  # noqa: PTH100 - as it finds it


# -- which LLM profile a conversation begins with, as its 1.58 finds it


def profile_in_use(folder: Path) -> Path:
    """The file of the LLM profile that the active agent profile names, in the folder of the agent server.

    Where there is no agent profile yet, one is made at the first start for the active LLM profile, else for "default".
    What cannot be read is passed over: it is for `check` to say so.
    """
    settings = _read(folder / "settings.json")
    chosen = settings.get("active_agent_profile_id")
    agents = {path.stem: _read(path) for path in _files(folder / _AGENTS)}
    agent = next((each for each in agents.values() if chosen and each.get("id") == chosen), agents.get(FIRST, {}))
    named = agent.get("llm_profile_ref") or settings.get("active_profile") or FIRST
    name = named.removesuffix(".json") if isinstance(named, str) else FIRST
    return folder / _FOLDER / f"{FIRST if '/' in name or name.startswith('.') or not name else name}.json"


def profiles(folder: Path) -> list[Path]:
    """The files of all LLM profiles."""
    return list(_files(folder / _FOLDER))


def agents_with(folder: Path, name: str) -> list[Path]:
    """The files of the agent profiles that name the LLM profile `name`."""
    return [path for path in _files(folder / _AGENTS) if _named(_read(path)) == name]


def _named(agent: Mapping[str, Any]) -> str:
    """The LLM profile of an agent profile; "" for that of another program, which has a model of its own."""
    named = agent.get("llm_profile_ref") if agent.get("agent_kind", "openhands") == "openhands" else ""
    return named.removesuffix(".json") if isinstance(named, str) else ""


def is_other_agent(folder: Path) -> str:
    """The name of the active agent profile where that is another program with a model of its own, else ""."""
    chosen = _read(folder / "settings.json").get("active_agent_profile_id")
    agents = [each for each in map(_read, _files(folder / _AGENTS)) if chosen and each.get("id") == chosen]
    return next((str(each.get("name")) for each in agents if each.get("agent_kind") == "acp"), "")


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if path.suffix == ".json" and path.is_file())
    except OSError:
        return


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes()[:5_000_000])
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
