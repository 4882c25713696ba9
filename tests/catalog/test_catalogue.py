"""What is in the bundled catalogue."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from tools.patience import LIMIT

from tui.catalog.first_class import first_class
from tui.catalog.models import Catalogue, Model, load_catalogue, typical_task_cost
from tui.catalog.reputation import EARLIER, NAMES, OPENROUTER
from tui.catalog.snapshot import bundled

JUNK = ("ft:", "audio", "tts", "realtime", "image", "search-preview", "computer-use", "guard", "embed")


def test_counts_are_about_right(catalogue: Catalogue, day: date):
    assert 2300 <= len(catalogue.models) <= 3300
    assert 60 <= len({model.family for model in catalogue.models}) <= 100
    assert 200 <= sum(model.retired(day) for model in catalogue.models) <= 300
    assert 90 <= len(catalogue.providers) <= 140


@pytest.mark.parametrize(("days", "words"), [(-3, "0 days"), (0, "0 days"), (1, "1 day"), (32, "32 days")])
def test_its_origin_and_age_are_told(days: int, words: str):
    snapshot = bundled()
    told = Catalogue(snapshot=snapshot, today=snapshot.day + timedelta(days)).origin
    assert told == f"litellm {snapshot.litellm}, {words} old"
    assert Catalogue().origin == ""


def test_ids_are_unique_and_have_their_prefix_once(catalogue: Catalogue):
    assert len({model.id for model in catalogue.models}) == len(catalogue.models)
    for model in catalogue.models:
        assert model.id == f"{model.family}/{model.name}"
        assert not model.name.startswith(f"{model.family}/")
        assert not model.name.startswith("amazon-nova/")
        assert catalogue.get(model.id) is model


def test_every_family_has_a_provider(catalogue: Catalogue):
    families = [provider.family for provider in catalogue.providers if provider.family]
    assert len(set(families)) == len(families)
    assert {model.family for model in catalogue.models} <= set(families)
    ids = [provider.id for provider in catalogue.providers]
    assert len(set(ids)) == len(ids)


def test_there_is_no_junk(catalogue: Catalogue):
    for model in catalogue.models:
        assert not any(part in model.name.lower() for part in JUNK), model.id
        assert model.family not in ("github_copilot", "chatgpt", "anyscale", "inferenceapis", "sample_spec")
        assert not model.id.startswith(("azure/eu/", "azure/us/", "azure/global", "bedrock/us-east-1/", "bedrock/*/"))
        assert "commitment" not in model.id
        assert not model.name.startswith(("together-ai-", "fireworks-ai-"))


@pytest.mark.parametrize(
    "id_",
    [
        "anthropic/claude-sonnet-4-5-20250929", "openai/gpt-4o", "openai/gpt-4", "vertex_ai/gemini-2.5-pro",
        "gemini/gemini-2.5-pro", "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0", "azure/gpt-4o",
        "deepseek/deepseek-chat", "amazon_nova/nova-pro-v1", "groq/openai/gpt-oss-120b", "azure/o1-mini",
        "fireworks_ai/accounts/fireworks/models/deepseek-v2p5", "openrouter/z-ai/glm-5.1", "xai/grok-4.5",
        "ai21_chat/jamba-1.5", "mistral/devstral-latest",
    ],
)  # fmt: skip
def test_ids_are_canonical(id_: str, catalogue: Catalogue):
    assert catalogue.get(id_) is not None


def test_a_row_is_read_as_it_is(catalogue: Catalogue):
    model = catalogue.get("anthropic/claude-sonnet-4-5-20250929")
    assert model is not None
    assert (model.context, model.max_output) == (200_000, 64_000)
    assert (model.input_per_million, model.cached_per_million, model.output_per_million) == (3.0, 0.3, 15.0)
    assert (model.vision, model.tools, model.caching, model.reasoning) == (True, True, True, True)
    assert model.retired_on == date(2026, 11, 30)


def test_what_is_absent_is_unknown(catalogue: Catalogue):
    assert any(model.vision is None for model in catalogue.models)
    assert any(model.input_per_million is None for model in catalogue.models)
    assert any(model.input_per_million == 0 for model in catalogue.models)


def test_order_is_verified_today_then_current_then_retired(catalogue: Catalogue, day: date):
    soon = day + timedelta(days=14)
    ranks = [
        2 + (not model.verified) if model.retired(soon) else int(model.place is None) for model in catalogue.models
    ]
    assert ranks == sorted(ranks)
    for family in ("anthropic", "openai", "bedrock"):
        listed = catalogue.of(family)
        assert listed == tuple(model for model in catalogue.models if model.family == family)
    assert catalogue.of("nobody") == ()


FIRST = {
    "anthropic": "claude-sonnet-5-5",
    "openai": "gpt-5.6",
    "gemini": "gemini-4-argon",
    "openrouter": "anthropic/claude-sonnet-5.5",
    "azure": "gpt-5.6",
    "groq": "qwen/qwen3.8-27b",
    "litellm_proxy": "",
    "vertex_ai": "gemini-4-argon",
    "bedrock": "global.anthropic.claude-sonnet-5-5",
    "mistral": "devstral-latest",
    "deepseek": "deepseek-v4-pro",
    "openhands": "",
    "ollama": "qwen3-coder:480b-cloud",
    "lm_studio": "",
    "openai_compatible": "",
}
"""What Enter takes at each of the providers that most have: none of them is of 2024, and none is superseded."""


@pytest.mark.parametrize("provider", first_class(), ids=lambda provider: provider.id)
def test_the_first_model_is_one_of_today_and_no_superseded_recommendation(provider, catalogue: Catalogue, day: date):
    found = catalogue.search("", provider.listed_as)
    assert (found[0].name if found else "") == FIRST[provider.id]
    assert not found or not found[0].retired(day + timedelta(days=90))


def test_newer_versions_stand_before_older_ones(catalogue: Catalogue):
    for family, newer, older in (
        ("anthropic", "claude-opus-5-5", "claude-opus-4-8"),
        ("anthropic", "claude-opus-4-8", "claude-opus-4-5-20251101"),
        ("openai", "gpt-6.1-sol", "gpt-5.4"),
        ("openai", "gpt-5.4", "gpt-5"),
        ("deepseek", "deepseek-v4-pro", "deepseek-v3.2"),
        ("gemini", "gemini-3.5-flash", "gemini-2.5-flash"),
    ):
        listed = [model.name for model in catalogue.of(family)]
        assert listed.index(newer) < listed.index(older)


@pytest.mark.parametrize(
    ("id_", "needs"),
    [
        ("xai", [("api_key", True)]),
        ("dashscope", [("api_key", True)]),
        ("azure_ai", [("base_url", True), ("api_key", True)]),
        ("databricks", [("base_url", True), ("api_key", True)]),
        ("hosted_vllm", [("base_url", True), ("api_key", False)]),
        ("llamafile", [("base_url", True), ("api_key", False)]),
        ("oci", [("api_key", False)]),
        ("sagemaker", [("aws_region_name", True), ("aws_access_key_id", False), ("aws_secret_access_key", False)]),
    ],
)
def test_what_the_long_tail_needs(id_: str, needs: list[tuple[str, bool]], catalogue: Catalogue):
    provider = next(provider for provider in catalogue.providers if provider.id == id_)
    assert [(need.key, need.required) for need in provider.needs] == needs


def test_what_config_toml_has_no_place_for_is_said(catalogue: Catalogue):
    oracle = next(provider for provider in catalogue.providers if provider.id == "oci")
    assert "oci_tenancy" in oracle.note
    cloudflare = next(provider for provider in catalogue.providers if provider.id == "cloudflare")
    assert cloudflare.needs_environment == ("CLOUDFLARE_ACCOUNT_ID",)


def test_long_tail_is_alphabetical_behind_the_first_class(catalogue: Catalogue):
    names = [provider.name.casefold() for provider in catalogue.providers[15:]]
    assert names == sorted(names)
    assert catalogue.providers[0].id == "anthropic"
    assert not {"github_copilot", "chatgpt", "custom", "vllm", "anthropic_text"} & {p.id for p in catalogue.providers}


@pytest.mark.parametrize(
    ("query", "least"),
    [("claude 3 5 sonnet", 15), ("gpt-4o", 8), ("llama 405b", 10), ("deepseek v2p5", 1)],
)
def test_the_models_of_2024_are_marked_wherever_they_are(query: str, least: int, catalogue: Catalogue):
    assert sum(model.verified for model in catalogue.search(query)) >= least


def test_no_fine_tune_of_others_is_taken_for_a_verified_model(catalogue: Catalogue):
    for model in catalogue.models:
        others = ("hermes", "gpt-4-turbo", "gpt-4-32k", "o1", "argon-cyber", "flash-cyber", "astra-law")
        if any(part in model.name.lower() for part in others):
            assert not model.verified, model.id


def test_what_was_verified_later_is_marked_where_it_exists(catalogue: Catalogue):
    known = [model for id_ in EARLIER if (model := catalogue.get(id_))]
    assert all(model.verified for model in known)
    assert EARLIER - {model.id for model in known} <= {
        "mistral/devstral-small-2507", "mistral/devstral-medium-2507", "moonshot/kimi-k2-0711-preview",
    }  # fmt: skip
    assert not catalogue.get("anthropic/claude-sonnet-4-5").verified
    assert all(catalogue.get(f"openrouter/{name}").verified for name in OPENROUTER)


def test_the_present_list_is_found_at_makers_and_at_clouds(catalogue: Catalogue):
    there = {model.place for model in catalogue.models}
    missing = {name for place, name in enumerate(NAMES) if place not in there}
    assert missing <= {"gpt-5.2-codex", "kimi-for-coding", "devstral-medium-2512", "nemotron-3.5-lightning-30b-a3b"}
    for id_ in (
        "bedrock/us.anthropic.claude-sonnet-5-5", "vertex_ai/claude-opus-5-5@default", "bedrock/zai.glm-5.3",
        "azure/gpt-6.1-sol-2026-09-29", "openrouter/anthropic/claude-sonnet-5.5", "minimax/MiniMax-M3",
    ):  # fmt: skip
        assert (model := catalogue.get(id_)) is None or model.place is not None, id_
    for id_ in ("bedrock/anthropic.claude-3-5-sonnet-20241022-v2:0", "openai/gpt-4o", "anthropic/claude-opus-4-6"):
        assert catalogue.get(id_).verified
        assert catalogue.get(id_).place is None


def test_the_recommendation_of_2024_points_at_todays(catalogue: Catalogue):
    model = catalogue.get("anthropic/claude-3-5-sonnet-20241022")
    assert model.verified
    assert model.recommended == "recommended in 2024, retired 2025-10-28; today: claude-sonnet-5-5"
    assert "53 %" in model.note
    assert catalogue.get("openai/gpt-4").recommended == "verified in 2024, retired 2026-10-23; today: gpt-5.6"
    assert catalogue.get("openai/gpt-4o").recommended == ""


def test_todays_choice_is_never_a_retired_one():
    later = load_catalogue(today=date(2026, 12, 25))  # Vertex AI retires claude-sonnet-5 on the day before
    assert later.get("vertex_ai/claude-sonnet-5").place is not None
    usable = [model for model in later.of("vertex_ai") if not model.retired(later.today)]
    assert list(later.of("vertex_ai")).index(later.get("vertex_ai/claude-sonnet-5")) >= len(usable)


def test_nothing_was_retired_before_its_day():
    early = load_catalogue(today=date(2026, 2, 18))
    assert not early.get("anthropic/claude-3-7-sonnet-20250219").retired(date(2026, 2, 18))
    assert early.get("anthropic/claude-3-7-sonnet-20250219").retired(date(2026, 2, 19))
    assert early.get("anthropic/claude-3-7-sonnet-20250219").recommended == ""


def test_o1_thinks_too_much_and_local_models_are_weak(catalogue: Catalogue):
    assert "thinks too much" in catalogue.get("azure/o1-mini").note
    assert "too much" in catalogue.get("openai/o1").note
    assert "JSON" in catalogue.get("ollama/llama3.1").note
    assert catalogue.get("ollama/gpt-oss:120b-cloud").note == ""


@pytest.mark.parametrize(
    ("prices", "cost"),
    [
        ((3.0, 15.0, 0.3), 1.233),
        ((3.0, 15.0, None), 3.825),
        ((0.0, 0.0, None), 0.0),
        ((None, 15.0, 0.3), None),
        ((3.0, None, 0.3), None),
    ],
)
def test_a_typical_task(prices: tuple[float | None, float | None, float | None], cost: float | None):
    into, out, cached = prices
    model = Model("x/y", "x", "y", input_per_million=into, output_per_million=out, cached_per_million=cached)
    assert typical_task_cost(model) == (None if cost is None else pytest.approx(cost))


def test_it_is_small_and_imports_nothing_heavy():
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "def mb(): return int(Path('/proc/self/statm').read_text().split()[1]) * 4096 / 2**20\n"
        "from tui.catalog.models import load_catalogue\n"
        "before = mb(); catalogue = load_catalogue(); grown = mb() - before\n"
        "assert len(catalogue.models) > 2000\n"
        "assert not {'litellm', 'textual', 'rich', 'importlib.metadata', 'asyncio'} & set(sys.modules)\n"
        "print(grown)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, timeout=LIMIT, capture_output=True, text=True)
    assert float(ran.stdout) < 7
