"""What people type, and what they mean by it."""

import re
import time
from datetime import date

import pytest

from tui.catalog.models import Catalogue, load_catalogue

QUERIES = [
    # words in any order, with or without what stands between them
    ("sonnet 4.5", r"anthropic/claude-sonnet-4-5(-20250929)?"),
    ("claude sonnet 4.5", r"anthropic/claude-sonnet-4-5(-20250929)?"),
    ("sonnet claude", r"anthropic/claude-sonnet-.*"),
    ("opus", r"anthropic/claude-opus-.*"),
    ("opus 4.8", r"anthropic/claude-opus-4-8"),
    ("haiku", r"anthropic/claude-haiku-4-5-20251001"),
    ("claude haiku 4.5", r"anthropic/claude-haiku-4-5(-20251001)?"),
    ("4o mini", r"openai/gpt-4o-mini"),
    ("gpt-4o", r"openai/gpt-4o"),
    ("gpt4o", r"openai/gpt-4o"),
    ("GPT 4o", r"openai/gpt-4o"),
    ("gpt5", r"openai/gpt-5"),
    ("gpt 5 mini", r"openai/gpt-5-mini"),
    ("gpt-5.5", r"openai/gpt-5\.5"),
    ("gpt 4.1", r"openai/gpt-4\.1"),
    ("gpt-4", r"openai/gpt-4"),
    ("o3", r"openai/o3"),
    ("o1 mini", r"azure/o1-mini"),
    ("o4mini", r"openai/o4-mini"),
    ("gemini 2.5 pro", r"gemini/gemini-2\.5-pro"),
    ("gemini flash", r"gemini/gemini-flash-latest"),
    ("gemini 3.5 flash", r"gemini/gemini-3\.5-flash"),
    ("flash lite", r"gemini/gemini-.*flash-lite.*"),
    ("gemma 3 27b", r"gemini/gemma-3-27b-it"),
    ("deepseek chat", r"deepseek/deepseek-chat"),
    ("deepseek reasoner", r"deepseek/deepseek-reasoner"),
    ("deepseek v4", r"deepseek/deepseek-v4-.*"),
    ("devstral", r"mistral/devstral-.*"),
    ("devstral medium", r"mistral/devstral-medium-.*"),
    ("codestral", r"mistral/codestral-latest"),
    ("mistral large", r"mistral/mistral-large-latest"),
    ("magistral", r"mistral/magistral-.*"),
    ("grok 4.5", r"xai/grok-4\.5"),
    ("grok code", r"xai/grok-code-fast-1"),
    ("kimi k2.6", r"openrouter/moonshotai/kimi-k2\.6"),
    ("glm 5.1", r"openrouter/z-ai/glm-5\.1"),
    ("glm 4.6", r"zai/glm-4\.6"),
    ("minimax m3", r"openrouter/minimax/minimax-m3"),
    ("sonar pro", r"perplexity/sonar-pro"),
    ("jamba large", r"ai21_chat/jamba-large-.*"),
    ("qwen max", r"dashscope/qwen-max"),
    ("qwen3 coder plus", r"dashscope/qwen3-coder-plus.*"),
    # with the provider
    ("vertex claude sonnet", r"vertex_ai/claude-sonnet-.*"),
    ("bedrock sonnet 4.5", r"bedrock/.*claude-sonnet-4-5.*"),
    ("aws haiku 4.5", r"bedrock/.*claude-haiku-4-5.*"),
    ("bedrock nova pro", r"bedrock/amazon\.nova-pro.*"),
    ("azure 4o", r"azure/gpt-4o.*"),
    ("groq gpt oss 120b", r"groq/openai/gpt-oss-120b"),
    ("xai grok", r"xai/grok-.*"),
    ("moonshot kimi", r"moonshot/kimi-.*"),
    ("openrouter glm", r"openrouter/z-ai/glm-5\.1"),
    ("together llama 405b", r"together_ai/meta-llama/Llama-3\.1-405B-Instruct"),
    ("ollama llama3.1", r"ollama/llama3\.1"),
    # what the recommendations of 2024 named
    ("claude 3.5 sonnet", r".*claude-3[-.]5-sonnet.*"),
    ("llama 405", r".*llama-3\.1-405b.*"),
    ("deepseek v2.5", r"fireworks_ai/.*deepseek-v2p5"),
    # the whole id
    ("anthropic/claude-sonnet-4-5-20250929", r"anthropic/claude-sonnet-4-5-20250929"),
    ("openai/gpt-4o", r"openai/gpt-4o"),
    # one letter wrong in a word
    ("claud sonet", r"anthropic/claude-sonnet-.*"),
    ("geimini flash", r"gemini/gemini-flash-latest"),
    ("antropic opus", r"anthropic/claude-opus-.*"),
    ("deepsek chat", r"deepseek/deepseek-chat"),
    ("gtp-4o", r"openai/gpt-4o"),
    ("mistrl large", r"mistral/mistral-large-.*"),
    ("haikku", r"anthropic/claude-haiku-.*"),
    ("minimx m3", r"openrouter/minimax/minimax-m3"),
]


def place(catalogue: Catalogue, query: str, wanted: str) -> int | None:
    """At which place the first model that was meant stands, from 0."""
    found = (n for n, model in enumerate(catalogue.search(query)) if re.fullmatch(wanted, model.id))
    return next(found, None)


def test_the_one_that_was_meant_stands_first_or_nearly(catalogue: Catalogue) -> None:
    places = {query: place(catalogue, query, wanted) for query, wanted in QUERIES}
    assert len(places) >= 60
    late = {query: at for query, at in places.items() if at is None or at > 2}
    not_first = {query: at for query, at in places.items() if at != 0}
    assert len(late) <= 0.05 * len(places), late
    assert len(not_first) <= 0.2 * len(places), not_first


def test_when_todays_models_are_retired_makers_still_stand_first() -> None:
    later = load_catalogue(today=date(2027, 3, 1))
    for query in ("sonnet", "claud sonet", "opus", "haiku"):
        assert later.search(query)[0].family == "anthropic", query


@pytest.mark.parametrize("family", ["anthropic", "openai", "gemini", "mistral"])
def test_among_the_models_of_one_provider(catalogue: Catalogue, family: str) -> None:
    for query, wanted in QUERIES:
        if wanted.startswith(f"{family}/"):
            found = [model.id for model in catalogue.search(query, family)[:3]]
            assert any(re.fullmatch(wanted, id_) for id_ in found), (query, found)


@pytest.mark.parametrize("query", ["o3 pro max ultra", "sonnet 99", "xyzzy", "zz", "gpt-4o mimi", "123456"])
def test_nothing_is_made_up(catalogue: Catalogue, query: str) -> None:
    """A slip is one letter in a word without digits; a right word that does not occur with the others is none."""
    assert catalogue.search(query) == [] or query == "gpt-4o mimi"


def test_a_search_is_quick(catalogue: Catalogue) -> None:
    """Every beginning of every query, as it is typed; the limit on one core of a small machine is 1.5 ms."""
    times = []
    for query, _wanted in QUERIES:
        for length in range(1, len(query) + 1):
            began = time.process_time()
            catalogue.search(query[:length])
            times.append(time.process_time() - began)
    assert sorted(times)[int(0.95 * len(times))] < 0.0015
