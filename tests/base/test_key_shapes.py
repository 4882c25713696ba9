"""What a key looks like, whose it is, and what is none."""

import random
import string
import uuid

import pytest
from tools.growth import is_linear

from tui.base.key_shapes import SHAPES, Shape, looks_like_key, may_be_key, provider_by_key, without_keys
from tui.catalog.first_class import first_class
from tui.catalog.models import load_catalogue
from tui.config_file.mask import mask
from tui.openhands.fields import FIELDS

REST = "0123456789abcdefghij"


@pytest.mark.parametrize(
    ("beginning", "provider"),
    [
        ("sk-ant-api03-", "anthropic"), ("sk-or-v1-", "openrouter"), ("sk-proj-", "openai"), ("gsk_", "groq"),
        ("AIzaSy", "gemini"), ("xai-", "xai"), ("sk-", None), ("", None), ("Sk-ant-", None),
    ],
)  # fmt: skip
def test_beginnings(beginning: str, provider: str | None) -> None:
    assert provider_by_key(beginning + REST) == provider


def test_the_providers_own_beginnings_name_no_other_provider() -> None:
    for provider in first_class():
        assert provider_by_key(provider.key_prefix + REST) in (None, provider.id)


@pytest.mark.parametrize("key", ["sk-" + REST, "sk-ant-" + REST, f"\n gsk_{REST}\n", "AIza" + REST, "hf_" + REST])
def test_hardly_anything_but_a_key(key: str) -> None:
    assert looks_like_key(key)


@pytest.mark.parametrize(
    "text",
    ["", "sk-", "sk-short", "https://api.example.com/v1", "claude-sonnet-4-5-20250929", "openai/gpt-4o", "us-east-1",
     f"Is sk-{REST} a key?", "Reply with the single word: ready", "anthropic/claude-opus-4-1-20250805"],
)  # fmt: skip
def test_other_texts(text: str) -> None:
    assert not looks_like_key(text)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.beginning)
def test_every_shape_is_known_by_itself_and_in_a_comment(shape: Shape) -> None:
    assert looks_like_key(shape.example)
    assert may_be_key(shape.example)
    assert shape.source
    for line in (f"# {shape.example} # old", f'model = "x" # was {shape.example}', f"#{shape.example}"):
        assert mask(line) == line.replace(shape.example, "•••" + shape.example[-4:])


def test_no_beginning_hides_a_longer_one() -> None:
    assert [shape for shape in SHAPES if provider_by_key(shape.example) != (shape.provider or None)] == []


def test_nothing_of_the_catalogue_is_taken_for_a_key() -> None:
    catalogue = load_catalogue()
    texts = [model.id for model in catalogue.models]
    for provider in catalogue.providers:
        texts += [provider.id, provider.name, provider.default_base_url, provider.docs, provider.prefix]
    texts += [field.key for field in FIELDS] + [field.variable for field in FIELDS]
    assert len(texts) > 3000
    assert [text for text in texts if may_be_key(text) or without_keys(text) != text] == []


@pytest.mark.parametrize(
    "text",
    ["/home/someone/.config/llm-setup/keys/openai.json", "3f2a9c1e-7b4d-4c8a-9e1f-0a2b3c4d5e6f",
     "9fceb02d0ae598e95dc970b74767f19372d60af8", "sha256:" + "0123456789abcdef" * 4, "task-2024-sk-learn-models",
     "desk-0123456789abcdefgh", "my_hf_model_name_v2_of_2024", "fw_version_2024_01_01_final", "sk-learn-based-models",
     "pa-north-office-building-2", "pk-my-deployment-in-europe-2", "claude-sonnet-4-5-20250929", "rk-of-all-tables-9"],
)  # fmt: skip
def test_what_only_looks_odd_passes_in_running_text(text: str) -> None:
    assert without_keys(f"see {text}, please") == f"see {text}, please"


def _drawn(letters: str, count: int) -> str:
    return "".join(random.Random(f"{letters}{count}").choices(letters, k=count))


ALL = string.ascii_letters + string.digits


@pytest.mark.parametrize(
    "key",
    [_drawn("0123456789abcdef", 32), f"{_drawn('0123456789abcdef', 32)}.{_drawn(ALL, 16)}", str(uuid.UUID(int=7**40)),
     _drawn(string.ascii_letters, 40), _drawn(ALL + "/+", 40), f"{_drawn(ALL, 8)}.{_drawn(ALL, 32)}", _drawn(ALL, 84),
     "-".join(_drawn(ALL, count) for count in (6, 7, 8, 9)), _drawn(string.ascii_lowercase, 40)],
)  # fmt: skip
def test_keys_without_a_beginning_may_be_keys(key: str) -> None:
    assert may_be_key(key)
    assert without_keys(key) == key  # only where a field wants something else


@pytest.mark.parametrize("piece", ["sk-", "sk-a", "AQ.", "a-eyJ-", "eyJa.", "hf_", "sk-1", "AKIA", "x:y@"])
def test_a_long_comment_of_beginnings_takes_no_time(piece: str) -> None:
    """Where the time grew with the square of the length, 200,000 characters took over 100 s."""
    assert is_linear(mask, lambda count: "# " + piece * count, 20_000 // len(piece))
