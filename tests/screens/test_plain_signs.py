"""What a page shows means one thing: a fresh reader of a picture stumbled over each of these."""

from pathlib import Path

import pytest
from tools.pictures import StillApp, anthropic_draft, catalogue, settled

from tui.drafts.provider_choice import needs_in_short
from tui.handover.start import Launcher, Release, start_line
from tui.openhands.field import Kind
from tui.openhands.fields import option_fields
from tui.retry.policy import RetryPolicy
from tui.retry.schedule import remarks, rows
from tui.screens.finish_words import SetUpRow, set_up_row
from tui.screens.model_rows import CAN, mark_of
from tui.screens.near_models import _compared
from tui.screens.overview_words import summary
from tui.widgets.choice_list import Places
from tui.widgets.command_card import _marked
from tui.widgets.option_row import OptionRow
from tui.widgets.steps import Step


def test_a_retired_model_bears_no_star():
    verified = next(model for model in catalogue().models if model.verified)
    assert mark_of(verified, present=False, used=False, gone=False) == ("★ ", "good")
    assert mark_of(verified, present=False, used=False, gone=True)[0].strip() == ""


def test_what_a_model_can_do_has_another_sign_than_the_one_that_is_chosen():
    plain = next(model for model in catalogue().models if not model.verified)
    chosen = mark_of(plain, present=True, used=False, gone=False)[0].strip()
    assert chosen not in CAN.values()


@pytest.mark.parametrize(
    ("asked", "name", "marked", "said"),
    [
        ("claude-sonnet-4-5-20260929", "claude-sonnet-4-5-20250929", "5", "one digit differs"),
        ("gpt-4o-mino", "gpt-4o-mini", "i", "1 character differs"),
        ("gpt-4oo-minni", "gpt-4o-mini", "", "2 characters differ"),
        ("claude-sonnet-4-5-20260929", "claude-sonnet-4-6", "", ""),
        ("gpt-4o", "gpt-4o", "", ""),
    ],
)
def test_a_name_that_differs_by_a_digit_shows_which(asked, name, marked, said):
    pieces, words = _compared(asked, name)
    assert "".join(text for text, _tone in pieces) == name
    assert "".join(text for text, tone in pieces if tone != "plain") == marked
    assert words == said


def test_options_and_overview_count_the_same_options(home: Path):
    app = StillApp(anthropic_draft(home / "config.toml"))
    app.draft.edit("temperature", "0.3")
    assert summary(Step.OPTIONS, app.desk).fact.startswith(f"{len(option_fields()) - 1} ")


def test_waits_are_counted_by_the_attempt_that_comes_after_them():
    floor = [row.attempt for row in rows(RetryPolicy()) if row.kind == "floor"]
    assert remarks(RetryPolicy())[0].startswith(f"The waits for attempts {floor[0]} to {floor[-1]} ")


def test_a_need_is_called_the_same_alone_and_beside_others(home: Path):
    draft = anthropic_draft(home / "config.toml")
    needs = [needs_in_short(draft, provider) for provider in catalogue().providers]
    assert not [words for words in needs if "Base URL" in words]
    assert "base URL" in needs


def test_the_word_that_is_to_be_replaced_is_marked(home: Path):
    line = start_line(anthropic_draft(home / "config.toml"), Launcher.DOCKER, Release.FROM_1_7)
    assert _marked(line)[-1] == ("IMAGE", "yours")
    assert _marked("cat 'my IMAGE' file") == [("cat 'my IMAGE' file", "strong")]


@pytest.mark.parametrize(
    ("width", "fact"), [(90, "200 k   $3.00 in   $15.00 out"), (70, "$3.00 in   $15.00 out"), (56, "")]
)
def test_of_a_price_no_half_is_shown(width: int, fact: str):
    row = SetUpRow("Model", "claude-sonnet-4-5-20250929", "200 k   $3.00 in   $15.00 out")
    shown = "".join(text for text, _tone in set_up_row(row, width))
    assert len(shown) == width
    assert shown.partition(row.value)[2].strip() == fact


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36)])
async def test_a_switch_says_what_choosing_another_value_means(size: tuple[int, int], home: Path):
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=size) as pilot:
        app.show(Step.OPTIONS)
        await settled(pilot, lambda: len(app.screen.query(OptionRow)) == len(option_fields()))
        for row in app.screen.query(OptionRow):
            if row.field.kind is Kind.SWITCH and row.field.default is not None:
                row.control.focus()
                await settled(pilot, lambda row=row: row.has_focus_within)
                assert "always true/false" in str(row.render())
                assert row.field.key in str(row.render())


async def test_the_example_of_a_command_is_one_for_this_provider(home: Path):
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(100, 30)) as pilot:
        app.show(Step.KEY)
        await settled(pilot, lambda: app.screen.name == "key")
        assert "pass show anthropic" in str(app.screen.query_one(Places).render())


async def test_the_terminals_own_cursor_is_in_the_field_as_a_page_opens(home: Path):
    app = StillApp(anthropic_draft(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        for step in (Step.KEY, Step.MODEL, Step.RETRIES):
            app.show(step)
            await settled(pilot, lambda step=step: app.screen.name == step.value)
            assert app.cursor_position.y == app.focused.region.y > 0
