"""A file whose provider nobody knows: choosing one loses neither model nor base URL."""

from pathlib import Path

import pytest
from tools.pictures import StillApp, draft_of, settled

from tui.catalog.providers import first_class
from tui.drafts.draft_set import Drafts
from tui.drafts.unfinished import Position, UnfinishedDraft, written
from tui.screens.messages import Move
from tui.screens.provider import ProviderScreen
from tui.widgets.headings import Question
from tui.widgets.steps import Step

PROVIDERS = {provider.id: provider for provider in first_class()}
FILE = '[core]\n[llm]\nmodel = "acme/llama-70b"\nbase_url = "http://gpu:8000/v1"\n'


@pytest.mark.parametrize(
    ("id_", "model", "base_url"),
    [
        ("anthropic", "", ""), ("openai_compatible", "openai/acme/llama-70b", "http://gpu:8000/v1"),
        ("litellm_proxy", "litellm_proxy/acme/llama-70b", "http://gpu:8000/v1"),
        ("azure", "", "http://gpu:8000/v1"), ("bedrock", "", ""),
    ],
)  # fmt: skip
def test_what_still_fits_stays_and_the_rest_comes_back(home: Path, id_: str, model: str, base_url: str) -> None:
    (home / "config.toml").write_text(FILE)
    draft = draft_of(home / "config.toml")
    assert draft.provider is None
    before = dict(draft.texts)
    draft.choose_provider(PROVIDERS[id_])
    assert (draft.texts["model"], draft.texts["base_url"]) == (model, base_url)
    draft.choose_provider(PROVIDERS["mistral"])
    assert (draft.texts["model"], draft.texts["base_url"]) == ("", "")
    stopped = UnfinishedDraft.read(written(Drafts(draft), Position("provider"), ""))
    assert stopped
    for again in (stopped.drafts(draft_of(home / "config.toml")).current, draft):
        again.return_to_unknown()
        assert (again.provider, again.texts) == (None, before)
        assert not again.dirty
        again.choose_provider(PROVIDERS[id_])
        assert (again.texts["model"], again.texts["base_url"]) == (model, base_url)


def test_a_misspelt_custom_provider_comes_back(home: Path) -> None:
    (home / "config.toml").write_text('[llm]\nmodel = "gpt-4"\ncustom_llm_provider = "opnai"\n')
    draft = draft_of(home / "config.toml")
    draft.choose_provider(PROVIDERS["openai"])
    assert draft.texts["custom_llm_provider"] == ""
    draft.return_to_unknown()
    assert not draft.dirty


def test_a_model_with_the_prefix_of_the_chosen_provider_stays(home: Path) -> None:
    (home / "config.toml").write_text('[llm]\nmodel = "openai/gpt-4o"\ncustom_llm_provider = "nonsense"\n')
    draft = draft_of(home / "config.toml")
    assert draft.provider is None
    draft.choose_provider(PROVIDERS["openai"])
    assert draft.texts["model"] == "openai/gpt-4o"


async def test_the_way_back_is_a_row_of_the_provider_step(home: Path) -> None:
    (home / "config.toml").write_text(FILE)
    app = StillApp(draft_of(home / "config.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: app.screen.name == "overview")
        app.draft.choose_provider(PROVIDERS["anthropic"])
        app.on_move(Move(Step.PROVIDER))
        await settled(pilot, lambda: app.screen.name == "provider" and app.screen.focused is not None)
        screen = app.screen
        assert isinstance(screen, ProviderScreen)
        await pilot.press("up")
        assert screen.pick_list.chosen.name == "As it was"
        known = len(screen._providers)
        assert f"{known} of {known}" in str(screen.query_one(Question).render())
        await pilot.press("enter")
        await settled(pilot, lambda: app.screen.name == "overview")
        assert (app.draft.provider, app.draft.texts["model"]) == (None, "acme/llama-70b")
