"""One truth about the retries: what OpenHands' loader reads is what every face shows, and what a save leaves."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tools.openhands_loader import load

from tui.commands.options import parser
from tui.commands.schedule import _policy as scheduled
from tui.config_file.document import parse_config
from tui.drafts.draft import Draft
from tui.drafts.draft_set import Drafts
from tui.drafts.own_settings import OwnSettings
from tui.drafts.policy import policy_in_effect, policy_of
from tui.openhands.effective import effective
from tui.openhands.fields import BY_KEY, RETRY_KEYS
from tui.openhands.groups import group_ids, table_path
from tui.retry.policy import RetryPolicy
from tui.saving.assignments import changed_text, requested
from tui.saving.group_edits import with_copy, with_group

PARSER = parser()
many = settings(
    max_examples=int(os.environ.get("EXAMPLES", "150" if os.environ.get("CI") else "50")), deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip

VALUES = {
    "num_retries": ["1", "3", "8", "5", '"7"', "4.0"], "retry_min_wait": ["0", "15", "8", '"3"'],
    "retry_max_wait": ["1", "64", "120"], "retry_multiplier": ["2", "0.5", "8", '"1.5"', "true"],
}  # fmt: skip
OTHERS = ['model = "openai/gpt-4o"', "temperature = 0.5", "num_retires = 7", 'timeout = "eight"', 'api_key = ""']
VARIABLES = st.dictionaries(
    st.sampled_from([BY_KEY[key].variable for key in RETRY_KEYS]),
    st.sampled_from(["2", "9", "", "x", "1.5"]),
    max_size=2,
)


@st.composite
def tables(draw) -> str:
    """Lines of a table: any of the four retry keys, and at times one for which it is dropped."""
    keys = draw(st.lists(st.sampled_from(RETRY_KEYS), unique=True))
    lines = [f"{key} = {draw(st.sampled_from(VALUES[key]))}" for key in keys]
    lines += draw(st.lists(st.sampled_from(OTHERS), max_size=2, unique=True))
    return "".join(f"{line}\n" for line in lines)


@st.composite
def files(draw) -> str:
    names = draw(st.lists(st.sampled_from(["fast", '"gpt-4.1"', "llm"]), max_size=2, unique=True))
    headers = [*(["llm"] if draw(st.integers(0, 4)) else []), *(f"llm.{name}" for name in names)]
    return "[core]\n" + "".join(f"[{header}]\n{draw(tables())}" for header in headers)


def read(text: str):
    return parse_config(Path("config.toml"), text)


def of_openhands(text: str, environ: dict[str, str], group: str) -> dict[str, object]:
    """What OpenHands' loader has for a group, by key."""
    groups, _dropped = load(text, environ)
    return groups.get(table_path(group)[-1], groups["llm"])


def policy(values: dict[str, object]) -> RetryPolicy:
    return RetryPolicy(**{key: values[key] for key in RETRY_KEYS})


@given(files(), VARIABLES)
@many
def test_every_face_shows_the_policy_that_openhands_reads(home: Path, text: str, environ: dict[str, str]) -> None:
    config = read(text)
    (home / "config.toml").write_text(text)
    drafts = Drafts(Draft(config, OwnSettings(), environ))
    for group in group_ids(config):
        theirs = policy(of_openhands(text, environ, group))
        shown = effective(config, environ, group)
        assert RetryPolicy(**{key: shown[key].value for key in RETRY_KEYS}) == theirs  # show
        assert policy_in_effect(config, environ, group) == theirs  # test
        if config.has("llm"):
            assert policy_of(drafts.open(group)) == theirs  # Overview, Retries, Test
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environ.items():
                patch.setenv(name, value)
            assert scheduled(PARSER.parse_args(["schedule", "--group", table_path(group)[-1]])) == theirs


@given(files(), VARIABLES, st.sampled_from([*RETRY_KEYS, "seed"]), st.booleans())
@many
def test_set_leaves_what_openhands_reads_as_it_was_but_for_what_was_set(
    text: str, environ: dict[str, str], key: str, in_a_group: bool
) -> None:
    config = read(text)
    assume(config.has("llm"))
    group = group_ids(config)[-1] if in_a_group else "llm"
    after = changed_text(config, config, requested([f"{key}=2"], [], group))
    for each in group_ids(config):
        unlike = differing(text, after, environ, each)
        assert unlike <= ({key} if each == group or group in ("llm", "llm.llm") else set()), (each, after)


@given(files(), VARIABLES, st.sampled_from([*RETRY_KEYS, "temperature", "seed", ""]), st.booleans(), st.booleans())
@many
def test_saving_leaves_what_openhands_reads_as_it_was_but_for_what_was_typed(
    home: Path, text: str, environ: dict[str, str], key: str, accepted: bool, in_a_group: bool
) -> None:
    config = read(text)
    assume(config.has("llm") and "[llm.llm]" not in text)
    group = group_ids(config)[-1] if in_a_group else "llm"
    draft = Draft(config, OwnSettings(), environ, group)
    if key:
        draft.edit(key, "2" if key != "temperature" else "0.25")
    draft.retries_accepted = accepted
    expected = policy_of(draft)
    after = draft.preview()
    assert policy(of_openhands(after, environ, group)) == expected
    for each in group_ids(config):
        unlike = differing(text, after, environ, each)
        assert unlike <= ({key} if each == group or group in ("llm", "llm.llm") else set()), (each, after)


@given(files())
@many
def test_a_table_that_is_made_has_all_four(text: str) -> None:
    config = read(text)
    texts = [
        with_group(config, "new"), changed_text(config, config, requested(["seed=1"], [], "llm.new")),
        *([with_copy(config, "fast", "new")] if "fast" in config.groups() else []),
    ]  # fmt: skip
    draft = Drafts(Draft(config, OwnSettings(), {})).add("new")
    assert set(RETRY_KEYS) <= read(draft.preview()).table("llm", "new").keys()
    for made in texts:
        assert set(RETRY_KEYS) <= read(made).table("llm", "new").keys()
    if "fast" in config.groups():
        assert policy(of_openhands(texts[-1], {}, "llm.new")) == policy(of_openhands(text, {}, "llm.fast"))


THREE = '[core]\n[llm]\nmodel = "openai/gpt-5"\nnum_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\n'


def test_a_key_that_the_file_leaves_out_is_saved_as_openhands_used_it_and_not_as_we_would(home: Path) -> None:
    draft = Draft(read(THREE), OwnSettings(), {})
    assert (draft.texts["retry_multiplier"], draft.shown_text("retry_multiplier")) == ("", "8")
    assert policy_of(draft) == RetryPolicy(8, 15, 120, 8)
    draft.retries_accepted = True
    assert draft.preview() == THREE + "retry_multiplier = 8\n"


def test_a_misspelt_key_in_llm_shows_the_same_for_llm_and_its_child(home: Path) -> None:
    text = '[core]\n[llm]\nmodel = "openai/gpt-5"\nnum_retires = 3\nretry_max_wait = 9\n[llm.child]\nseed = 1\n'
    for group in ("llm", "llm.child"):
        assert policy_of(Draft(read(text), OwnSettings(), {}, group)) == RetryPolicy(5, 8, 64, 8)


def test_a_file_that_is_not_there_is_offered_what_is_documented_and_used_as_openhands_does(home: Path) -> None:
    nothing = parse_config(Path("config.toml"), "", exists=False)
    assert policy_in_effect(nothing, {}, "llm") == RetryPolicy(5, 8, 64, 8)
    assert policy_of(Draft(nothing, OwnSettings(), {})) == RetryPolicy(8, 15, 120, 2)


def differing(before: str, after: str, environ: dict[str, str], group: str) -> set[str]:
    one, other = (of_openhands(text, environ, group) for text in (before, after))
    return {key for key, value in one.items() if value != other[key]}
