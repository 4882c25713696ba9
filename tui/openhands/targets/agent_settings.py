"""agent_settings.json, the file of the OpenHands CLI: a dump of its agent, of which the LLM is one part.

    {"kind": "Agent", "llm": {"model": …, "num_retries": 8, …}, "condenser": {"kind": …, "llm": {…}}, …}

Our settings stand in `llm`, and once more in `condenser.llm`, which summarizes long conversations. The CLI's own set-up
makes both alike; what somebody has set apart there stays as it is.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final, Self

from tui.base.errors import SetupError, Status
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.document import Broken
from tui.config_file.json_document import JsonText, corrupt_hint
from tui.config_file.json_source import REMOVED, rewrite_json
from tui.openhands.fields import RETRY_KEYS
from tui.openhands.groups import DEFAULT, KNOWN
from tui.openhands.targets.schema import default, fault, recorded, takes_null
from tui.openhands.targets.target import CLI

REDACTED: Final = "**********"
"""What the CLI takes for no key: its own dots."""
TOKEN: Final = "gAAAAA"  # noqa: S105 - how a Fernet token begins
"""A key that another program encrypted; the CLI sends it to the provider as it stands."""
SUMMARIZING: Final = "LLMSummarizingCondenser"
_LLM: Final = (DEFAULT,)
_CONDENSER: Final = ("condenser", DEFAULT)
_SAME: Final = ("model", "base_url")
"""Where the condenser differs in one of them, it has been set apart as a whole."""


@cache
def known() -> frozenset[str]:
    """The settings of the Field table that the CLI has, under the same names."""
    return frozenset(KNOWN) & frozenset(recorded())


@dataclass(frozen=True)
class AgentSettings(JsonText):
    """The file. `data` is what of `llm` belongs to the Field table, as if it stood in a config.toml."""

    kind: ClassVar[str] = CLI
    private: ClassVar[bool] = True
    whole: dict[str, Any] = field(default_factory=dict, repr=False, kw_only=True)
    """All of it."""

    @property
    def everything(self) -> Mapping[str, Any]:
        """All that the file says."""
        return self.whole

    @classmethod
    def of(cls, path: Path, text: str, *, exists: bool = True) -> Self:
        """What `text` says. Raises Broken."""
        whole = JsonText.of(path, text, exists=exists).data
        llm = whole.get(DEFAULT, {})
        if not isinstance(llm, dict):
            raise _no_object(path, text)
        null = {key: None for key in known() if llm.get(key, 0) is None and takes_null(key)}
        return cls(
            path, text, exists, {DEFAULT: _settings(llm)} if DEFAULT in whole else {},
            defaults={key: default(key) for key in known()} | null,
            refused=frozenset(key for key in known() if key in llm and fault(key, llm[key])), whole=whole,
        )  # fmt: skip

    def rewritten(
        self,
        edits: Mapping[tuple[str, ...], Mapping[str, Any]],
        *,
        ensure: Sequence[tuple[str, ...]] = (),  # noqa: ARG002 - nothing is ensured, and nothing has an order
        together: Sequence[tuple[str, ...]] = (),  # noqa: ARG002
    ) -> str:
        """The text with `edits` of `llm` in it, None for a setting that goes; `condenser.llm` follows.

        Settings that the CLI does not have are left out. Raises SetupError.
        """
        wanted = {key: value for key, value in edits.get(_LLM, {}).items() if key in known() or value is None}
        if not self.exists:
            return _smallest(self.path, wanted)
        if version := newer_schema(self):
            message = _("{path} has the schema version {version}, which the OpenHands CLI up to 1.16 does not know.")
            raise SetupError(
                message.format(path=clean(tilde(self.path)), version=clean(version, limit=20)),
                _("A newer program wrote it, and nothing was changed in it. Use that program's own settings."),
            )
        changes = {key: REMOVED if value is None else value for key, value in wanted.items()}
        along = {key: value for key, value in changes.items() if follows(self, key)}
        return rewrite_json(self.text, {_LLM: changes, _CONDENSER: along})


def condenser_of(config: AgentSettings) -> dict[str, Any]:
    """The LLM of the condenser; empty where there is none, or one of another kind."""
    condenser = config.whole.get("condenser")
    if not isinstance(condenser, dict) or condenser.get("kind") != SUMMARIZING:
        return {}
    llm = condenser.get(DEFAULT)
    return llm if isinstance(llm, dict) else {}


def is_set_apart(config: AgentSettings) -> bool:
    """Whether the condenser is meant to use another model, or another server, than the agent."""
    llm, condenser = config.whole.get(DEFAULT, {}), condenser_of(config)
    return bool(condenser) and any(llm.get(key) != condenser.get(key) for key in _SAME)


def follows(config: AgentSettings, key: str) -> bool:
    """Whether a change of `key` is one of the condenser's, too: it has an LLM, and the same value there."""
    llm, condenser = config.whole.get(DEFAULT, {}), condenser_of(config)
    return bool(condenser) and not is_set_apart(config) and llm.get(key) == condenser.get(key)


def newer_schema(config: AgentSettings) -> str:
    """The version of the file's schema, "" for a file without: no release of the CLI up to 1.16 writes one."""
    version = config.whole.get("schema_version")
    return "" if version is None else str(version)


def _settings(llm: Mapping[str, Any]) -> dict[str, Any]:
    """What the CLI takes of it: null, and its own dots in the place of a key, are no values."""
    given = {key: value for key, value in llm.items() if key in known()}
    return {key: value for key, value in given.items() if not (value is None and takes_null(key)) and value != REDACTED}


def _smallest(path: Path, values: Mapping[str, Any]) -> str:
    """The text of a new file: what the CLI's own set-up would write, but for what it puts in at each start."""
    given = {key: value for key, value in values.items() if value is not None}
    if not given.get("model"):
        message = _("There is no {path} yet, and a new one needs a model.").format(path=clean(tilde(path)))
        raise SetupError(message, _("Set one along: model=anthropic/claude-sonnet-4-5"), status=Status.USAGE)
    order = ["model", *sorted(given.keys() - {"model", *RETRY_KEYS}), *(key for key in RETRY_KEYS if key in given)]
    llm = {key: given[key] for key in order}
    whole = {
        "kind": "Agent",
        "llm": {**llm, "usage_id": "agent"},
        "system_prompt_kwargs": {"cli_mode": True},
        "condenser": {"kind": SUMMARIZING, "llm": {**llm, "usage_id": "condenser"}, "max_size": 240, "keep_first": 2},
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _no_object(path: Path, text: str) -> Broken:
    line = JsonText.of(path, text).line(DEFAULT)
    message = _("“llm” is not an object in {path}, line {line}.").format(path=clean(tilde(path)), line=line)
    return Broken("wrong-type", message, corrupt_hint(), line=line)
