"""The bundled catalogue, once for all tests, on a day that does not move."""

from datetime import date

import pytest

from tui.catalog.models import Catalogue, load_catalogue
from tui.catalog.snapshot import bundled


@pytest.fixture(scope="session")
def day() -> date:
    return date(2026, 11, 15)


@pytest.fixture(scope="session")
def catalogue(day: date) -> Catalogue:
    catalogue = load_catalogue(bundled(), today=day)
    assert catalogue.problem == ""
    return catalogue
