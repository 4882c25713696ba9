"""The catalogue that is bundled, its file format, and what a broken file leads to."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.catalog import models, snapshot
from tui.catalog.long_tail import less_common
from tui.catalog.model import Model
from tui.catalog.models import load_catalogue
from tui.catalog.price_list import models_of
from tui.catalog.providers import first_class
from tui.catalog.search import newest_first
from tui.catalog.snapshot import Snapshot, bundled, read_snapshot, rows_of, snapshot_bytes

WITHOUT_DATA = {
    *("aiml", "bytez", "clarifai", "cometapi", "compactifai", "datarobot", "docker_model_runner", "edenai", "empower"),
    *("galadriel", "github", "hosted_vllm", "huggingface", "llamafile", "maritalk", "nvidia_nim", "predibase", "sap"),
}
"""Providers of which newer releases of litellm say that they cannot chat, for want of data."""
PRICE = st.none() | st.floats(0, 1000, allow_nan=False)
FLAG = st.sampled_from([None, False, True])
COUNT = st.none() | st.integers(1, 10**9)
MODEL = st.tuples(COUNT, COUNT, PRICE, PRICE, PRICE, FLAG, FLAG, FLAG, FLAG, st.none() | st.dates()).map(
    lambda values: Model("x/y", "x", "y", *values)
)
TOLD = {
    "litellm": "1.2.3", "source": "", "day": "2026-11-20", "models": {}, "providers": [], "known": [], "bare": [],
    "releases": {},
}  # fmt: skip


def written(path: Path, told: object) -> Path:
    path.write_bytes(gzip.compress(json.dumps(told).encode()))
    return path


def test_it_is_small() -> None:
    assert snapshot.BUNDLED.stat().st_size < 60_000


def test_providers_of_which_litellm_has_no_data_stay() -> None:
    assert {provider.id for provider in less_common(bundled())} >= WITHOUT_DATA


def test_every_provider_is_one_that_litellm_routes_by() -> None:
    assert {provider.id for provider in less_common(bundled())} - bundled().known == set()
    ours = {"openai_compatible", "openhands"}
    assert {provider.id for provider in first_class()} - bundled().known <= ours


def test_each_family_stands_newest_first() -> None:
    families: dict[str, list[Model]] = {}
    for model in bundled().models():
        families.setdefault(model.family, []).append(model)
    assert all(found == newest_first(found) for found in families.values())


def test_releases_that_openhands_carries_know_less() -> None:
    releases = bundled().releases
    assert list(releases) == ["1.77.7", "1.80.10", "1.84.1"]
    assert all({"openai", "anthropic", "ollama", "litellm_proxy"} <= ids for ids in releases.values())
    assert not any("qwencloud" in ids for ids in releases.values())


@given(st.lists(MODEL, max_size=4))
def test_a_model_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, rows: list[Model]) -> None:
    path = tmp_path_factory.getbasetemp() / "snapshot.json.gz"
    path.write_bytes(snapshot_bytes({**TOLD, "models": {"x": rows_of(rows)}}))
    assert list(read_snapshot(path).models()) == rows


@pytest.mark.parametrize("text", ["", "{}", "[1]", "[" * 100_000, '{"litellm": 1}', "\ufeff{}"])
def test_what_is_no_catalogue_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "snapshot.json.gz"
    for content in (text.encode(), gzip.compress(text.encode()), gzip.compress(text.encode() * 100)[:-9]):
        path.write_bytes(content)
        with pytest.raises((OSError, ValueError)):
            read_snapshot(path)


def test_more_than_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "snapshot.json.gz", {**TOLD, "source": " " * 1000})
    assert read_snapshot(path).day == date(2026, 11, 20)
    monkeypatch.setattr(snapshot, "LARGEST", 500)
    with pytest.raises(ValueError, match="too large"):
        read_snapshot(path)


@pytest.mark.parametrize("error", [FileNotFoundError, ValueError])
def test_without_one_anything_may_be_typed(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def broken() -> Snapshot:
        raise error

    monkeypatch.setattr(models, "current", broken)
    catalogue = load_catalogue()
    assert catalogue.models == ()
    assert catalogue.providers == first_class()
    assert "could not be read" in catalogue.problem
    assert catalogue.search("x") == catalogue.search_others("x", "openai") == []
    assert catalogue.get("openai/gpt-4o") is None


ROW = {"mode": "chat", "litellm_provider": "openai", "max_input_tokens": 1000, "input_cost_per_token": 1e-06}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("max_input_tokens", "many"), ("max_input_tokens", -1), ("max_input_tokens", True), ("max_input_tokens", 1e400),
        ("input_cost_per_token", "free"), ("input_cost_per_token", -1), ("input_cost_per_token", float("nan")),
        ("deprecation_date", "soon"), ("deprecation_date", 2025), ("deprecation_date", []), ("supports_vision", "yes"),
        ("supported_output_modalities", "text"), ("supported_output_modalities", None),
    ],
)  # fmt: skip
def test_a_garbled_value_of_the_price_list_is_an_unknown_one(field: str, value: object) -> None:
    (model,) = models_of({"gpt-x": {"mode": "chat", "litellm_provider": "openai", field: value}})
    assert (model.context, model.input_per_million, model.vision, model.retired_on) == (None, None, None, None)


@pytest.mark.parametrize(
    "row",
    [
        None, 12, [], "chat", {}, {"mode": "chat"}, {"mode": "chat", "litellm_provider": 7},
        {**ROW, "mode": "embedding"}, {**ROW, "supported_output_modalities": ["image"]},
    ],
)  # fmt: skip
def test_what_is_no_row_of_a_chat_model_is_left_out(row: object) -> None:
    assert [model.id for model in models_of({"gpt-x": ROW, "gpt-y": row})] == ["openai/gpt-x"]


def test_of_two_rows_of_one_model_the_one_with_its_prefix_counts() -> None:
    """As in litellm."""
    one = {"mode": "chat", "litellm_provider": "deepseek", "max_input_tokens": 5}
    other = {"mode": "chat", "litellm_provider": "deepseek", "max_input_tokens": 7, "max_output_tokens": 3}
    (model,) = models_of({"deepseek-x": one, "deepseek/deepseek-x": other})
    assert (model.id, model.context, model.max_output) == ("deepseek/deepseek-x", 7, 3)


def test_of_prices_by_length_those_of_a_step_count() -> None:
    row = {**ROW, "input_cost_per_token_above_32k_tokens": 2e-06, "input_cost_per_token_above_128k_tokens": 9e-06}
    (model,) = models_of({"gpt-x": row})
    assert model.input_per_million == 2.0
