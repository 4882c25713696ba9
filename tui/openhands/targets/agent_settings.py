"""agent_settings.json, the file of the OpenHands CLI: a dump of its agent, of which the LLM is one part.

    {"kind": "Agent", "llm": {"model": …, "num_retries": 8, …}, "condenser": {"kind": …, "llm": {…}}, …}

Our settings stand in `llm`, and once more in `condenser.llm`, which summarizes long conversations. The CLI's own set-up
makes both alike; what somebody has set apart there stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from tui.base.translation import _
from tui.openhands.groups import DEFAULT
from tui.openhands.targets.llm_file import LlmFile, Names
from tui.openhands.targets.target import CLI

SUMMARIZING: Final = "LLMSummarizingCondenser"
_CONDENSER: Final = ("condenser", DEFAULT)
_SAME: Final = ("model", "base_url")
"""Where the condenser differs in one of them, it has been set apart as a whole."""


@dataclass(frozen=True)
class AgentSettings(LlmFile):
    """The file."""

    kind: ClassVar[str] = CLI
    at: ClassVar[Names] = (DEFAULT,)
    program: ClassVar[str] = _("the OpenHands CLI up to 1.16")
    newest: ClassVar[Mapping[Names, int]] = {(): -1}
    """No release up to 1.16 writes one."""

    def copies(self) -> Sequence[Names]:
        """The condenser's, if it has one."""
        return [_CONDENSER] if condenser_of(self) else []

    def follows(self, copy: Names, key: str) -> bool:
        """Not where it has been set apart."""
        return not is_set_apart(self) and super().follows(copy, key)

    def smallest(self, llm: Mapping[str, Any]) -> dict[str, Any]:
        """What the CLI's own set-up would write, but for what it puts in at each start."""
        condenser = {**llm, "usage_id": "condenser"}
        return {
            "kind": "Agent",
            "llm": {**llm, "usage_id": "agent"},
            "system_prompt_kwargs": {"cli_mode": True},
            "condenser": {"kind": SUMMARIZING, "llm": condenser, "max_size": 240, "keep_first": 2},
        }


def condenser_of(config: AgentSettings) -> dict[str, Any]:
    """The LLM of the condenser; empty where there is none, or one of another kind."""
    condenser = config.whole.get("condenser")
    if not isinstance(condenser, dict) or condenser.get("kind") != SUMMARIZING:
        return {}
    llm = condenser.get(DEFAULT)
    return llm if isinstance(llm, dict) else {}


def is_set_apart(config: AgentSettings) -> bool:
    """Whether the condenser is meant to use another model, or another server, than the agent."""
    condenser = condenser_of(config)
    return bool(condenser) and any(config.llm.get(key) != condenser.get(key) for key in _SAME)
