"""Finding a model by a few words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.catalog.models import Catalogue, Model, load_catalogue
from tui.catalog.search import joined, occurs, spaced, words


def names(models: list[Model]) -> list[str]:
    return [model.name for model in models]


def test_sonnet_4(catalogue: Catalogue):
    found = names(catalogue.search("sonnet 4", "anthropic"))
    assert found[0] == "claude-sonnet-4-6"
    assert found.index("claude-sonnet-4-5") < found.index("claude-sonnet-4-20250514")  # the second one is retired
    assert found.index("claude-sonnet-4-20250514") < found.index("claude-3-5-sonnet-20241022")  # a 4 within the date


@pytest.mark.parametrize(("today", "first"), [(date(2026, 11, 15), True), (date(2026, 11, 17), False)])
def test_what_is_retired_in_two_weeks_is_not_offered_first(today: date, first: bool) -> None:
    """claude-sonnet-4-5-20250929 is retired on 2026-11-30."""
    found = names(load_catalogue(today=today).search("claude 4 5", "anthropic"))
    assert (found.index("claude-sonnet-4-5-20250929") < found.index("claude-opus-4-5")) is first


def test_gpt_4o_mini(catalogue: Catalogue):
    assert names(catalogue.search("gpt 4o mini", "openai"))[0] == "gpt-4o-mini"
    assert names(catalogue.search("gpt4o-MINI", "openai"))[0] == "gpt-4o-mini"


def test_deepseek_chat(catalogue: Catalogue):
    assert catalogue.search("deepseek chat")[0].id == "deepseek/deepseek-chat"
    assert names(catalogue.search("chat", "deepseek")) == ["deepseek-chat"]


def test_llama_405(catalogue: Catalogue):
    found = catalogue.search("llama 405")
    assert found[0].verified
    assert all("405b" in model.name.lower() for model in found)


def test_openrouter_qwen_coder(catalogue: Catalogue):
    """litellm lists no model of OpenRouter's, so Qwen's are found at others, and OpenRouter's are typed."""
    assert catalogue.search("openrouter qwen coder") == []
    assert catalogue.search("qwen coder", "openrouter") == []
    assert len(catalogue.search_others("qwen coder", "openrouter")) > 20
    assert catalogue.search("openrouter glm")[0].id == "openrouter/z-ai/glm-5.3"


@pytest.mark.parametrize("query", ["claude-3.5-sonnet", "Claude 3 5 Sonnet", "claude_3.5/SONNET", "claude35sonnet"])
def test_what_stands_between_words_does_not_matter(query: str, catalogue: Catalogue):
    assert "anthropic.claude-3-5-sonnet-20241022-v2:0" in names(catalogue.search(query, "bedrock"))


def test_a_short_word_is_not_found_across_separators(catalogue: Catalogue):
    assert all("o1" in model.id.lower() for model in catalogue.search("o1"))


def test_the_name_as_typed_is_first(catalogue: Catalogue):
    assert names(catalogue.search("gpt-5", "openai"))[0] == "gpt-5"
    assert names(catalogue.search("o1", "openai"))[0] == "o1"


def test_words_that_stand_together_as_typed_count_more():
    catalogue = Catalogue([Model("a/four-sonnet", "a", "four-sonnet"), Model("a/sonnet-four", "a", "sonnet-four")])
    assert names(catalogue.search("sonnet fo")) == ["sonnet-four", "four-sonnet"]
    assert names(catalogue.search("four so")) == ["four-sonnet", "sonnet-four"]


def test_the_provider_can_be_named(catalogue: Catalogue):
    assert catalogue.search("google studio 2.5 pro")[0].id == "gemini/gemini-2.5-pro"
    assert {model.family for model in catalogue.search("aws bedrock haiku")} == {"bedrock", "bedrock_mantle"}


def test_the_family_and_the_others_are_all(catalogue: Catalogue):
    mine, others = catalogue.search("sonnet", "anthropic"), catalogue.search_others("sonnet", "anthropic")
    assert {model.family for model in mine} == {"anthropic"}
    assert "anthropic" not in {model.family for model in others}
    assert {model.id for model in mine + others} == {model.id for model in catalogue.search("sonnet")}


def test_an_empty_query_gives_all_in_order(catalogue: Catalogue):
    assert catalogue.search(" ") == list(catalogue.models)
    assert catalogue.search("", "anthropic") == list(catalogue.of("anthropic"))
    assert catalogue.search("", "nobody") == []


PARTS = st.sampled_from(
    ["claude", "gpt", "4", "4o", "o1", "sonnet", "qwen", "-", "/", ".", " ", "llama3", "Azure", "é"]
)


@given(st.text(max_size=12) | st.lists(PARTS, max_size=4).map(" ".join))
def test_every_word_occurs_in_each_model_found(catalogue: Catalogue, query: str):
    providers = {provider.family: provider.name for provider in catalogue.providers}
    meant = [[word, *catalogue._haystack._vocabulary.near(word)] for word in words(query)]
    for model in catalogue.search(query):
        text = f"{model.name} | {providers[model.family]} {model.family}"
        apart, run = spaced(text), joined(text)
        for one_of in meant:
            assert any(occurs(word, apart, run) for word in one_of), model.id


@given(st.text(max_size=30), st.sampled_from(["anthropic", "openai", "", "nobody"]))
def test_no_query_raises_or_finds_a_model_twice(catalogue: Catalogue, query: str, family: str):
    for found in (catalogue.search(query, family), catalogue.search_others(query, family)):
        assert len({model.id for model in found}) == len(found)
