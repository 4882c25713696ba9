"""What people type, and what they mean by it."""

import re
from datetime import date

import pytest
from tools.queries import QUERIES

from tui.catalog.models import Catalogue, load_catalogue


def place(catalogue: Catalogue, query: str, wanted: str) -> int | None:
    """At which place the first model that was meant stands, from 0."""
    found = (n for n, model in enumerate(catalogue.search(query)) if re.fullmatch(wanted, model.id))
    return next(found, None)


def test_the_one_that_was_meant_stands_first_or_nearly(catalogue: Catalogue) -> None:
    places = {query: place(catalogue, query, wanted) for query, wanted in QUERIES}
    assert len(places) >= 120
    late = {query: at for query, at in places.items() if at is None or at > 2}
    not_first = {query: at for query, at in places.items() if at != 0}
    assert len(late) <= 0.03 * len(places), late
    assert len(not_first) <= 0.15 * len(places), not_first


def test_the_maker_stands_before_those_who_name_it(catalogue: Catalogue) -> None:
    assert catalogue.search("openai gpt 5")[0].id == "openai/gpt-5"


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
