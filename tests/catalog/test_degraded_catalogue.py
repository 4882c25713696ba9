"""litellm's files are its internals: whatever became of them, the wizard goes on."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.catalog import litellm_files
from tui.catalog.models import Catalogue, load_catalogue
from tui.catalog.providers import first_class

PRICES = "model_prices_and_context_window_backup.json"
FORMS = "proxy/public_endpoints/provider_create_fields.json"
SUPPORT = "provider_endpoints_support_backup.json"
LIKE = "llms/openai_like/providers.json"

ROW = {"mode": "chat", "litellm_provider": "openai", "max_input_tokens": 1000, "input_cost_per_token": 1e-06}
FORM = {
    "litellm_provider": "xai",
    "provider_display_name": "Xai",
    "credential_fields": [{"key": "api_key", "required": True}],
}
SUPPORTED = {"providers": {"xai": {"display_name": "xAI (`xai`)", "endpoints": {"chat_completions": True}}}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "litellm"
    write(
        folder / PRICES,
        {"sample_spec": {"mode": "one of: chat"}, "gpt-x": ROW, "xai/grok-x": {**ROW, "litellm_provider": "xai"}},
    )
    write(folder / FORMS, [FORM])
    write(folder / SUPPORT, SUPPORTED)
    write(folder / LIKE, {"publicai": {"base_url": "https://api.publicai.co/v1", "api_key_env": "PUBLICAI_API_KEY"}})
    return folder


def write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")


def assert_anything_may_be_typed(catalogue: Catalogue) -> None:
    assert catalogue.models == ()
    assert catalogue.providers == first_class()
    assert "could not be read" in catalogue.problem
    assert catalogue.search("x") == catalogue.search_others("x", "openai") == []
    assert catalogue.get("openai/gpt-4o") is None
    assert catalogue.of("openai") == ()


def test_whole(folder: Path):
    (folder.parent / "litellm-9.8.7.dist-info").mkdir()
    catalogue = load_catalogue(folder)
    assert catalogue.problem == ""
    assert catalogue.litellm_version == "9.8.7"
    assert catalogue.get("openai/gpt-x").context == 1000
    assert catalogue.get("openai/gpt-x").input_per_million == 1.0
    assert [(p.id, p.name) for p in catalogue.providers[15:]] == [("publicai", "Publicai"), ("xai", "xAI")]


def test_litellm_is_not_installed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(litellm_files, "find_spec", lambda _name: None)
    assert_anything_may_be_typed(load_catalogue())


def test_something_else_is_called_litellm(monkeypatch: pytest.MonkeyPatch):
    def refuse(_name: str) -> None:
        raise ValueError("litellm.__spec__ is None")

    monkeypatch.setattr(litellm_files, "find_spec", refuse)
    assert_anything_may_be_typed(load_catalogue())


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "[]", "null", "12", '"x"', "{", "{}", '{"a": 1', '{"a": 1, "b"', '{"a" 1}', "not json",
        '{"a": {"mode": "chat"}', '{"a": null, "b": [1], "c": "x"}', '{"a": {"mode": "embedding"}}', "\ufeff{}",
        '{"a": {"mode": "chat"}}', '{"a": {"mode": "chat", "litellm_provider": 7}}', "[" * 100_000, '{"a":' * 100_000,
    ],
)  # fmt: skip
def test_the_price_list_is_garbled(folder: Path, text: str):
    write(folder / PRICES, text)
    assert_anything_may_be_typed(load_catalogue(folder))


def test_the_price_list_is_not_utf8(folder: Path):
    (folder / PRICES).write_bytes(b'{"a": "\xff\xfe"}')
    assert_anything_may_be_typed(load_catalogue(folder))


def test_the_price_list_has_moved(folder: Path):
    (folder / PRICES).unlink()
    assert_anything_may_be_typed(load_catalogue(folder))


def test_a_folder_is_in_its_place(folder: Path):
    (folder / PRICES).unlink()
    (folder / PRICES).mkdir()
    assert_anything_may_be_typed(load_catalogue(folder))


@pytest.mark.parametrize("file", [FORMS, SUPPORT, LIKE])
@pytest.mark.parametrize(
    "text", [None, "", "12", "[1]", '{"providers": 3}', '[{"litellm_provider": "xai", "credential_fields": [4]}]']
)
def test_without_the_providers_the_models_stay(folder: Path, file: str, text: str | None):
    if text is None:
        (folder / file).unlink()
    else:
        write(folder / file, text)
    catalogue = load_catalogue(folder)
    assert catalogue.get("xai/grok-x") is not None
    assert catalogue.providers[:15] == first_class()
    if catalogue.problem:
        assert [provider.id for provider in catalogue.providers[15:]] == ["xai"]
        assert catalogue.providers[15].prefix == "xai/"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("max_input_tokens", "many"), ("max_input_tokens", -1), ("max_input_tokens", True), ("max_input_tokens", 1e400),
        ("input_cost_per_token", "free"), ("input_cost_per_token", -1), ("input_cost_per_token", float("nan")),
        ("deprecation_date", "soon"), ("deprecation_date", 2025), ("deprecation_date", []), ("supports_vision", "yes"),
        ("supported_output_modalities", "text"), ("supported_output_modalities", None),
    ],
)  # fmt: skip
def test_a_garbled_value_is_an_unknown_one(folder: Path, field: str, value: object):
    write(folder / PRICES, {"gpt-x": {"mode": "chat", "litellm_provider": "openai", field: value}})
    model = load_catalogue(folder).get("openai/gpt-x")
    assert model is not None
    assert (model.context, model.input_per_million, model.vision, model.retired_on) == (None, None, None, None)


def test_a_row_without_text_is_left_out(folder: Path):
    write(folder / PRICES, {"gpt-x": ROW, "gpt-y": {**ROW, "supported_output_modalities": ["image"]}})
    assert load_catalogue(folder).get("openai/gpt-y") is None


def test_of_two_rows_of_one_model_the_one_with_its_prefix_counts(folder: Path):
    """As in litellm."""
    one = {"mode": "chat", "litellm_provider": "deepseek", "max_input_tokens": 5}
    other = {"mode": "chat", "litellm_provider": "deepseek", "max_input_tokens": 7, "max_output_tokens": 3}
    write(folder / PRICES, {"deepseek-x": one, "deepseek/deepseek-x": other})
    found = load_catalogue(folder).search("deepseek x")
    assert [(model.id, model.context, model.max_output) for model in found] == [("deepseek/deepseek-x", 7, 3)]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=4), st.integers(1, 9), st.sampled_from([None, 0, 2]))
def test_members_are_what_json_says_wherever_the_file_is_cut(
    tmp_path_factory: pytest.TempPathFactory, value: dict[str, object], chunk: int, indent: int | None
):
    path = tmp_path_factory.getbasetemp() / "members.json"
    path.write_text(json.dumps(value, indent=indent), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, path.open(encoding="utf-8") as file:
        patch.setattr(litellm_files, "_CHUNK", chunk)
        assert dict(litellm_files._members(file)) == value
