"""What the user's OpenHands cannot call is said, wherever a provider is chosen, checked or tried."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tui.checks.check import Code, Severity, findings
from tui.checks.problems import problems
from tui.config_file.document import parse_config
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.openhands.releases import unknown_up_to
from tui.retry.policy import RetryPolicy
from tui.screens.trial_words import thoughts
from tui.trial.attempt_words import conclusion
from tui.trial.events import Outcome

GOOD = "num_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\nretry_multiplier = 2\n"


@pytest.mark.parametrize(
    ("provider", "release"),
    [
        ("qwencloud", "1.11"), ("minimax", "1.6"), ("zai", "0.62"), ("openai", ""), ("anthropic", ""), ("ollama", ""),
        ("litellm_proxy", ""), ("openhands", ""), ("", ""),
    ],
)  # fmt: skip
def test_up_to_which_release(provider: str, release: str) -> None:
    assert unknown_up_to(provider) == release


@pytest.mark.parametrize(("model", "release"), [("qwencloud/qwen3-max", "1.11"), ("minimax/MiniMax-M2", "1.6")])
def test_check_names_it_and_another_way(model: str, release: str) -> None:
    config = parse_config(Path("c.toml"), f'[core]\n[llm]\nmodel = "{model}"\napi_key = "x"\n{GOOD}')
    (found,) = [finding for finding in findings(config, {}) if finding.code is Code.PROVIDER_TOO_NEW]
    assert (found.line, found.key, found.is_error) == (3, "model", False)
    assert f"openhands-ai up to {release}" in found.message
    assert found.hint.startswith("Take a newer OpenHands, or ")
    if model.startswith("qwencloud/"):
        assert "write openai/qwen3-max and set base_url to https://dashscope-intl." in found.hint


def test_what_all_know_is_not_spoken_of() -> None:
    config = parse_config(Path("c.toml"), f'[core]\n[llm]\nmodel = "openai/gpt-5"\n{GOOD}')
    assert Code.PROVIDER_TOO_NEW not in {finding.code for finding in findings(config, {})}


def test_a_passed_test_promises_nothing_that_openhands_cannot_keep() -> None:
    outcome = Outcome(True, 2, "ready", 14, 2, None, 1.0, unknown_up_to="1.6")
    assert "openhands-ai up to 1.6 would not get it" in conclusion(outcome, RetryPolicy())[-1]
    assert not any("as well" in line for line in conclusion(outcome, RetryPolicy()))


def chosen(release: str) -> Draft:
    OwnSettings().save({("preferences",): {"release": release}})
    config = parse_config(Path("c.toml"), f'[core]\n[llm]\nmodel = "minimax/MiniMax-M2"\napi_key = "x"\n{GOOD}')
    return Draft(config, OwnSettings(), {})


@pytest.mark.parametrize(
    ("model", "release", "severity"),
    [
        ("minimax/MiniMax-M2", "1.7", Severity.NOTE), ("zai/glm-5", "1.7", Severity.NOTE),
        ("minimax/MiniMax-M2", "1.6", Severity.WARNING), ("minimax/MiniMax-M2", "", Severity.WARNING),
        ("qwencloud/qwen3-max", "1.7", Severity.WARNING),
    ],
)  # fmt: skip
def test_what_concerns_earlier_releases_only_is_a_note_where_a_later_one_was_chosen(model, release, severity) -> None:
    config = parse_config(Path("c.toml"), f'[core]\n[llm]\nmodel = "{model}"\napi_key = "x"\n{GOOD}')
    (found,) = [f for f in findings(config, {}, release) if f.code is Code.PROVIDER_TOO_NEW]
    assert found.severity is severity


@pytest.mark.parametrize(("release", "said"), [("1.6", True), ("1.7", False)])
def test_the_wizard_warns_of_the_releases_that_may_be_in_use(release: str, said: bool) -> None:
    draft = chosen(release)
    assert any("openhands-ai up to 1.6" in problem.message for problem in problems(draft)) is said
    outcome = Outcome(True, 2, "ready", 14, 2, None, 1.0, unknown_up_to="1.6")
    plan = SimpleNamespace(openhands=RetryPolicy(), is_rehearsal=False)
    words = "\n".join(text for row in thoughts(outcome, plan, draft) for text, _tone in row)
    assert ("openhands-ai up to 1.6 would not get it" in words) is said
