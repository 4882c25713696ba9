"""The tables beside `[llm]`: what OpenHands refuses, drops or passes over in them."""

from collections.abc import Iterator
from typing import Final

from tui.base.translation import _
from tui.config_file.reading import ConfigText
from tui.openhands.loader import verdicts
from tui.openhands.tables import SECTIONS
from tui.openhands.trouble import Outcome, Trouble, Verdict
from tui.settings.finding import Code, Finding, Severity
from tui.settings.groups import DEFAULT, culprits
from tui.settings.table_words import header_of, hint_on, sentence_on, value_at

_CODES: Final = {
    Trouble.UNKNOWN: Code.UNKNOWN_KEY, Trouble.UNKNOWN_TABLE: Code.UNKNOWN_TABLE, Trouble.NO_GROUP: Code.GROUP_NAME,
    Trouble.TYPE: Code.WRONG_TYPE, Trouble.NO_TABLE: Code.WRONG_TYPE,
}  # fmt: skip
"""Of all others: out-of-range."""


def check_tables(config: ConfigText) -> Iterator[Finding]:
    """What is wrong with them; lines without a table are another's, and so are the groups."""
    kept = [DEFAULT, *(name for name in config.groups() if not culprits(config, f"{DEFAULT}.{name}"))]
    for verdict in verdicts(config.data, kept):
        is_table = isinstance(config.data.get(verdict.path[0]), dict | list)
        is_said = verdict.trouble is Trouble.NO_GROUP and value_at(config, verdict.path) in config.groups()
        if not is_said and (is_table or verdict.trouble is not Trouble.UNKNOWN_TABLE):
            yield _finding(config, verdict)
    for name, value in config.data.items():
        if name.lower() in SECTIONS and name not in SECTIONS and isinstance(value, dict | list):
            yield _misspelt(config, name)
    yield from _editor(config)


def _finding(config: ConfigText, verdict: Verdict) -> Finding:
    inner = len(verdict.path) > 1 and verdict.trouble is not Trouble.NO_TABLE
    lacks_table = verdict.trouble is Trouble.LACKS and verdict.path == ("condenser",)
    table = verdict.path if lacks_table or not inner else verdict.path[:-1]
    key = verdict.path[-1] if inner and not lacks_table else None
    voids = verdict.outcome in (Outcome.ENDS, Outcome.DROPS)
    whole = verdict.trouble is Trouble.NO_TABLE
    return Finding(
        severity=Severity.ERROR if voids else Severity.WARNING,
        code=_CODES.get(verdict.trouble, Code.OUT_OF_RANGE),
        group=None if whole else ".".join(table),
        key=key,
        line=config.line(*verdict.path) or config.line(*table),
        where="" if whole else header_of(table),
        sentence=sentence_on(config, verdict),
        hint=hint_on(config, verdict),
        voids=voids,
    )


def _misspelt(config: ConfigText, name: str) -> Finding:
    """A table that only looks like one of OpenHands'."""
    return Finding(
        severity=Severity.WARNING,
        code=Code.GROUP_NAME if name.lower() == DEFAULT else Code.UNKNOWN_TABLE,
        group=name,
        line=config.line(name),
        where=f"[{name}]",
        sentence=_("OpenHands does not read it: names are in small letters."),
        hint=_("Call it [{table}].").format(table=name.lower()),
    )


def _editor(config: ConfigText) -> Iterator[Finding]:
    """The editor that asks a model of its own, and the group that it looks for."""
    agent = config.table("agent")
    inner = [(("agent", name), table) for name, table in agent.items() if isinstance(table, dict)]
    for path, table in [(("agent",), agent), *inner]:
        if table.get("enable_llm_editor") is True and "draft_editor" not in config.groups():
            yield Finding(
                severity=Severity.WARNING, code=Code.GROUP_NAME, group=".".join(path), key="enable_llm_editor",
                line=config.line(*path, "enable_llm_editor"), where=header_of(path),
                sentence=_("This editor asks the model of [llm.draft_editor], which is not there: [llm] it is."),
                hint=_("Add a group [llm.draft_editor] with a model, or leave enable_llm_editor out."),
            )  # fmt: skip
            return
