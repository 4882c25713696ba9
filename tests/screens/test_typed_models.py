"""What Enter on the Model step makes of what was typed: a match, or the text as typed once that was said."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static
from tools.pictures import StillApp, catalogue, draft_of, open_all, settled

from tui.catalog.typed_models import is_address
from tui.drafts.model_choice import Typed
from tui.screens.messages import Move
from tui.screens.model import ModelScreen
from tui.widgets.steps import Step


def app_for(home: Path, id_: str) -> StillApp:
    draft = draft_of(home / "config.toml")
    draft.choose_provider(next(provider for provider in catalogue().providers if provider.id == id_))
    if id_ == "bedrock":
        draft.edit("aws_region_name", "us-east-1")
    app = StillApp(draft)
    open_all(app, Step.REVIEW)
    return app


async def search(app: StillApp, pilot: Pilot[str], text: str) -> ModelScreen:
    await settled(pilot)
    app.on_move(Move(Step.MODEL))
    await settled(pilot, lambda: app.screen.name == "model" and app.screen.focused is not None)
    screen = app.screen
    assert isinstance(screen, ModelScreen)
    screen.query_one("#search").value = text  # type: ignore[attr-defined]
    await settled(pilot)
    return screen


@pytest.mark.parametrize(
    ("id_", "text", "begins"),
    [
        ("openrouter", "openrouter/glm", "openrouter/z-ai/glm"), ("openrouter", "kimi", "openrouter/moonshotai/kimi"),
        ("bedrock", "bedrock/claude", "bedrock/"), ("anthropic", "anthropic/sonnet", "anthropic/claude-sonnet"),
        ("anthropic", "sonnet", "anthropic/claude-sonnet"),
    ],
)  # fmt: skip
async def test_a_part_of_a_name_and_enter_takes_a_model_that_exists(
    home: Path, id_: str, text: str, begins: str
) -> None:
    app = app_for(home, id_)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await search(app, pilot, text)
        rows = [row for row in screen.pick_list._rows if row]
        typed = next(number for number, row in enumerate(rows) if isinstance(row, Typed))
        assert typed > 0, "what was typed is offered below the matches"
        await pilot.press("enter")
        await settled(pilot, lambda: app.screen.name == "options")
        assert app.draft.texts["model"].startswith(begins)
        assert catalogue().get(app.draft.texts["model"])


async def test_an_address_is_not_written_as_a_model(home: Path) -> None:
    app = app_for(home, "ollama")
    async with app.run_test(size=(80, 24)) as pilot:
        for text in (
            "http://h:8000/v1", "https://api.example.com/v1", "127.0.0.1:11434", "localhost:8000/v1", '"http://h"',
        ):  # fmt: skip
            screen = await search(app, pilot, text)
            assert not [row for row in screen.pick_list._rows if row], text
            await pilot.press("enter")
            await settled(pilot)
            assert app.screen is screen, text
            assert "Its place is the base URL." in str(screen.query_one("#brief", Static).content), text
            await search(app, pilot, "")
            assert "Its place is the base URL." not in str(app.screen.query_one("#brief", Static).content), text


@pytest.mark.parametrize("text", ["qwen3:8b", "hf.co/x/y:Q4", "llama3.2:latest", "huggingface/https://h/x", "gpt-4.1"])
def test_a_name_with_a_colon_is_a_model(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize(
    ("id_", "text", "written"),
    [
        ("bedrock", "claudeeu", "bedrock/claudeeu"), ("bedrock", "bedrock/claudeeu", "bedrock/claudeeu"),
        ("anthropic", "clod", "anthropic/clod"), ("openrouter", "openrouter/xyzzy", "openrouter/xyzzy"),
    ],
)  # fmt: skip
async def test_what_nobody_knows_is_not_written_silently(home: Path, id_: str, text: str, written: str) -> None:
    app = app_for(home, id_)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await search(app, pilot, text)
        assert isinstance(screen.pick_list.chosen, Typed)
        await pilot.press("enter")
        await settled(pilot, lambda: "unknown to litellm" in str(screen.query_one("#brief", Static).content))
        assert (app.screen.name, app.draft.texts["model"]) == ("model", "")
        await pilot.press("enter")
        await settled(pilot, lambda: app.screen.name == "options")
        assert app.draft.texts["model"] == written
        app.on_move(Move(Step.REVIEW))
        await settled(pilot, lambda: app.screen.name == "review")
        assert f"{written} is unknown to litellm" in str(app.screen.query_one("#shadows", Static).content)


async def test_a_name_of_ones_own_is_taken_at_once(home: Path) -> None:
    for id_, text in (("azure", "my-deployment-7"), ("ollama", "my-own:70b"), ("openai_compatible", "served")):
        app = app_for(home, id_)
        async with app.run_test(size=(80, 24)) as pilot:
            await search(app, pilot, text)
            await pilot.press("enter")
            await settled(pilot, lambda app=app: app.screen.name == "options")
            assert app.draft.texts["model"].endswith(f"/{text}")


async def test_enter_without_a_name_says_what_to_type(home: Path) -> None:
    app = app_for(home, "openai_compatible")
    async with app.run_test(size=(80, 24)) as pilot:
        await search(app, pilot, "")
        await pilot.press("enter")
        await settled(pilot, lambda: len(app._notifications) == 1)
        assert [notice.message for notice in app._notifications] == ["Type the model's name as your provider calls it."]


async def test_a_full_name_of_another_provider_takes_that_provider(home: Path) -> None:
    app = app_for(home, "anthropic")
    async with app.run_test(size=(80, 24)) as pilot:
        await search(app, pilot, "groq/some-new-model")
        await pilot.press("enter", "enter")
        await settled(pilot, lambda: app.screen.name == "key")
        assert app.draft.provider
        assert (app.draft.provider.id, app.draft.texts["model"]) == ("groq", "groq/some-new-model")


async def test_after_resuming_enter_goes_to_the_step_that_is_missing_and_names_it(home: Path) -> None:
    app = app_for(home, "anthropic")
    app.draft.edit("model", "anthropic/claude-sonnet-4-6")
    app.journey.passed = {Step.PROVIDER, Step.MODEL, Step.OPTIONS}  # the key was not kept
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.show(Step.RETRIES)
        await settled(pilot, lambda: app.screen.name == "retries" and app.screen.focused is not None)
        await pilot.press("enter")
        await settled(pilot, lambda: app.screen.name == "key")
        said = [notice.message for notice in app._notifications]
        assert said == ["Review opens when Key is done. Enter goes on from here."]
