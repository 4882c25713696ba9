"""`check` and the tables beside `[llm]`: what OpenHands 0.62 does with each text (recorded), and what we say of it."""

import json
from pathlib import Path

import pytest

from tui.checks.check import Code, Finding, Severity, findings
from tui.config_file.document import parse_config

RECORD = json.loads((Path(__file__).parents[1] / "openhands/loader_outcomes.json").read_text())
GOOD = (
    '[core]\n[llm]\nmodel = "anthropic/claude-x"\nnum_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\n'
    "retry_multiplier = 2\n[llm.fast]\ntop_p = 1\n"
)
"""Nine lines: what is added begins with the tenth."""
QUIET = (Code.NOT_READ, Code.MISSING_RETRY_KEYS)


def found(text: str, *, without_llm: bool = False) -> list[Finding]:
    said = [f for f in findings(parse_config(Path("config.toml"), text), {}) if f.code not in QUIET]
    return [f for f in said if not (f.group or "").startswith("llm")] if without_llm else said


def test_check_fails_for_each_text_that_openhands_refuses_or_takes_in_parts_only() -> None:
    wrong = []
    for text, error, events in RECORD["files"]:
        said = found(text, without_llm=True)
        lost = bool(error) or any(event.startswith("drops") and not event.startswith("drops llm") for event in events)
        quiet = not error and not [e for e in events if not e.startswith("drops llm") and not e.endswith(" dropped")]
        if "enable_stuck_detection" in text:  # of later releases
            continue
        if lost != any(finding.voids for finding in said) or (not quiet and not said):
            wrong.append((text, error, events, said))
        assert all(finding.line and finding.hint and finding.sentence for finding in said), (text, said)
    assert not wrong


@pytest.mark.parametrize(
    ("text", "does", "code", "group", "key", "line", "hint"),
    [
        ("[sandbox]\npersist = 1\n", "does not start", Code.UNKNOWN_KEY, "sandbox", "persist", 11, "Remove it"),
        ("[sandbox]\ntime_out = 1\n", "does not start", Code.UNKNOWN_KEY, "sandbox", "time_out", 11, "mean timeout?"),
        ("[sandbox]\ntimeout = 1.5\n", "does not start", Code.WRONG_TYPE, "sandbox", "timeout", 11, "Correct it"),
        ('[sandbox]\nmodel = "x"\n', "does not start", Code.UNKNOWN_KEY, "sandbox", "model", 11, "belongs to [llm]"),
        ('[sandbox]\nvolumes = "/a"\n', "does not start", Code.OUT_OF_RANGE, "sandbox", "volumes", 11, ":/workspace"),
        ("sandbox = 1\n", "does not start", Code.WRONG_TYPE, None, None, 1, "Make it a line [sandbox]"),
        ("[security]\nconfirmation = true\n", "does not start", Code.UNKNOWN_KEY, "security", "confirmation", 11, "?"),
        ("[kubernetes]\nprivileged = 2\n", "does not start", Code.WRONG_TYPE, "kubernetes", "privileged", 11, "true"),
        ("[model_routing]\nx = 1\n", "does not start", Code.UNKNOWN_KEY, "model_routing", "x", 11, "only"),
        ("[mcp]\nservers = []\n", "does not start", Code.UNKNOWN_KEY, "mcp", "servers", 11, "only sse_servers, "),
        ('[mcp]\nsse_servers = ["h/sse"]\n', "does not start", Code.OUT_OF_RANGE, "mcp", "sse_servers", 11, "http://"),
        ('[mcp]\nstdio_servers = [{ name = "a" }]\n', "does not start", Code.OUT_OF_RANGE, "mcp", "stdio_servers", 11,
         "Add command"),
        ("[mcp]\nsse_servers = [1]\n", "drops all of [mcp]", Code.WRONG_TYPE, "mcp", "sse_servers", 11, "Correct"),
        ("[core]\nruntime = 1\n", "does not start", Code.WRONG_TYPE, "core", "runtime", 2, "quotes"),
        ("[core]\ncopy = 1\n", "does not start", Code.UNKNOWN_KEY, "core", "copy", 2, "Remove it"),
        ("[agent]\nmemory_enabled = true\n", "drops all of [agent].", Code.UNKNOWN_KEY, "agent", "memory_enabled", 11,
         "Remove it"),
        ('[agent]\nllm_config = "fast"\nx = 1\n', "its llm_config too", Code.UNKNOWN_KEY, "agent", "x", 12, "Remove"),
        ("[agent.CodeActAgent]\ncodeact_enable_browsing = true\n", "drops all of [agent.CodeActAgent]",
         Code.UNKNOWN_KEY, "agent.CodeActAgent", "codeact_enable_browsing", 11, "enable_browsing?"),
        ('[condenser]\ntype = "llm"\n', "without a condenser", Code.OUT_OF_RANGE, "condenser", None, 10, "llm_config"),
        ('[condenser]\ntype = "summary"\n', "no type", Code.OUT_OF_RANGE, "condenser", "type", 11, "llm_attention"),
        ('[condenser]\ntype = "recent"\nmax_events = 0\n', "1 or more", Code.WRONG_TYPE, "condenser", "max_events", 12,
         "Correct"),
    ],
)  # fmt: skip
def test_what_openhands_drops_or_does_not_start_with(text: str, does, code, group, key, line, hint) -> None:
    core = text.startswith("[core]")
    whole = GOOD.replace("[core]\n", text) if core else text + GOOD if text[0] != "[" else GOOD + text
    (finding,) = found(whole)
    assert (finding.code, finding.group, finding.key, finding.line) == (code, group, key, line)
    assert finding.severity is Severity.ERROR
    assert finding.voids
    assert does in finding.sentence
    assert hint in finding.hint


@pytest.mark.parametrize(
    ("text", "code", "group", "key", "line", "hint"),
    [
        ('[agent]\nllm_config = "llm.fast"\n', Code.GROUP_NAME, "agent", "llm_config", 11, "name: fast."),
        ('[agent]\nllm_config = "fsat"\n', Code.GROUP_NAME, "agent", "llm_config", 11, "name: fast."),
        ('[agent.X]\nllm_config = "slow"\n', Code.GROUP_NAME, "agent.X", "llm_config", 11, "in the file"),
        ('[condenser]\ntype = "llm"\nllm_config = "llm.fast"\n',
         Code.GROUP_NAME, "condenser", "llm_config", 12, "fast."),
        ('[condenser]\ntype = "llm"\nllm_config = "no"\n',
         Code.GROUP_NAME, "condenser", "llm_config", 12, "in the file"),
        ("[agent]\nenable_llm_editor = true\n", Code.GROUP_NAME, "agent", "enable_llm_editor", 11, "draft_editor"),
        ('[draft_editor]\nmodel = "openai/x"\n', Code.UNKNOWN_TABLE, "draft_editor", None, 10, "[llm.draft_editor]"),
        ("[condensor]\n", Code.UNKNOWN_TABLE, "condensor", None, 10, "[condenser]?"),
        ("[Agent]\nllm_config = 1\n", Code.UNKNOWN_TABLE, "Agent", None, 10, "Call it [agent]"),
        ("[core]\nmax_chars = 5\n", Code.UNKNOWN_KEY, "core", "max_chars", 2, "Remove it"),
        ("[core]\ntemperature = 0\n", Code.UNKNOWN_KEY, "core", "temperature", 2, "belongs to [llm]"),
        ('[core]\nmax_iterations = "x"\n', Code.WRONG_TYPE, "core", "max_iterations", 2, "Correct"),
    ],
)  # fmt: skip
def test_what_openhands_passes_over_is_a_warning(text: str, code, group, key, line, hint) -> None:
    whole = GOOD.replace("[core]\n", text) if text.startswith("[core]") else GOOD + text
    (finding,) = found(whole)
    assert (finding.code, finding.group, finding.key, finding.line) == (code, group, key, line)
    assert finding.severity is Severity.WARNING
    assert not finding.voids
    assert hint in finding.hint


def test_a_group_that_openhands_drops_is_said_of_the_group_and_not_of_who_names_it() -> None:
    text = GOOD + '[llm.bad]\nnum_retrys = 1\n[agent]\nllm_config = "bad"\n'
    assert [finding.group for finding in found(text)] == ["llm.bad"]


def test_no_value_of_a_secret_is_said() -> None:
    key = "tvly-0123456789abcdef0123456789"
    for text in (f'[core]\nsearch_api_key = ["{key}"]\n', f'[core]\njwt = "{key}"\n'):
        for finding in found(GOOD.replace("[core]\n", text)):
            assert key not in finding.sentence + finding.hint


OLD = """LLM_MODEL = "gpt-4-1106-preview"
LLM_API_KEY = "sk-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg"
LLM_EMBEDDING_MODEL = "openai"
WORKSPACE_BASE = "./workspace"
AGENT = "CodeActAgent"
"""


def test_the_layout_of_2024_is_named_line_by_line_and_its_key_is_not_shown() -> None:
    said = found(OLD)
    assert {finding.code for finding in said} == {Code.OUTSIDE_TABLES}
    assert [(f.line, f.severity) for f in said] == [
        (1, Severity.ERROR), (2, Severity.ERROR), (3, Severity.ERROR), (4, Severity.WARNING), (5, Severity.WARNING)
    ]  # fmt: skip
    assert "•••f0Pg" in said[1].sentence
    assert not any("Zq7Lm2" in finding.sentence + finding.hint for finding in said)
    words = ("model", "key set", "Remove", "[core]", "default_agent")
    assert [word in finding.hint for finding, word in zip(said, words, strict=True)] == [True] * 5


def test_a_setting_above_its_table_is_sent_to_it() -> None:
    (finding,) = found("max_iterations = 5\n" + GOOD)
    assert (finding.code, finding.line, finding.severity) == (Code.OUTSIDE_TABLES, 1, Severity.WARNING)
    assert "[core]" in finding.hint
