"""What is said of a highlighted row stands in two lines below the list of a terminal of 80 columns, and is not cut."""

from textwrap import wrap

import pytest
from tools.pictures import catalogue

from tui.catalog.provider import Provider
from tui.screens import model_words

ROOM = 76


def lines_of(*parts: str) -> list[str]:
    return [line for part in parts for line in wrap(part, ROOM)]


@pytest.mark.parametrize("provider", catalogue().providers, ids=lambda provider: provider.id)
def test_of_a_provider(provider: Provider) -> None:
    assert len(lines_of(provider.note)) <= 2


def test_of_a_model() -> None:
    said = {model.id: model_words.told(model) for model in catalogue().models}
    assert {id_: parts for id_, parts in said.items() if len(lines_of(*parts)) > 2} == {}
