"""Screens are driven by Textual's pilot."""

import pytest


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual paints every 16 ms, and its pilot sleeps for 20, two or three times a key: half of all the time."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 1 / 240)
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 200)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1 / 2000)
