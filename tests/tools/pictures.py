"""The wizard in a known state, and what it looks like as SVG."""

import asyncio
import html
import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from rich.cells import cell_len
from textual import on
from textual.pilot import Pilot
from tools.patience import LIMIT
from tools.unwarmed import leave_cold

from tui.app import SetupApp
from tui.base.secret import Secret
from tui.catalog.models import Catalogue, load_catalogue
from tui.catalog.snapshot import bundled
from tui.config_file.document import read_config
from tui.credentials.keyring_state import KeyringState, KeyringStatus
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.screens import messages
from tui.widgets.steps import ORDER, Journey, Step

OPEN = KeyringStatus(KeyringState.OPEN, "GNOME Keyring")
TODAY = date(2026, 11, 1)
"""The day on which the pictures are taken: models retire, pictures must not change with the calendar."""


@cache
def catalogue() -> Catalogue:
    """The bundled catalogue, as it is on one day."""
    return load_catalogue(bundled()._replace(day=TODAY - timedelta(11)), today=TODAY)


class StillApp(SetupApp):
    """The app with what is slow already there, and no child process."""

    def __init__(self, draft: Draft, look: KeyringStatus = OPEN) -> None:
        super().__init__(draft)
        self.desk.catalogue = catalogue()
        self.desk.keyring_status = look
        leave_cold(self.desk)
        self.lists.ask = self._say_asked  # type: ignore[method-assign]

    @property
    def draft(self) -> Draft:
        return self.desk.draft

    @property
    def journey(self) -> Journey:
        return self.desk.journey

    def show(self, step: Step) -> None:
        self.navigation.show(step)

    def _begin_slow_work(self) -> None:
        pass

    def _say_asked(self) -> None:
        self.asked = self.draft.credential()

    @on(messages.KeyringStatusRequested)
    def _leave_keyring(self, request: messages.KeyringStatusRequested) -> None:
        request.prevent_default()


def draft_of(path: Path, environ: dict[str, str] | None = None) -> Draft:
    """A draft of the file at `path`, which need not exist."""
    return Draft(read_config(path), OwnSettings(), environ or {})


def anthropic_draft(path: Path, *, key: str = "") -> Draft:
    """A first run with a provider and model chosen, and perhaps a key typed."""
    draft = draft_of(path)
    draft.choose_provider(next(p for p in catalogue().providers if p.id == "anthropic"))
    draft.edit("model", "anthropic/claude-sonnet-4-5-20250929")
    draft.retries_accepted = True
    if key:
        draft.edit_secret("api_key", Secret(key))
    return draft


def picture_of(app: SetupApp) -> str:
    """The screen as SVG. Rich counts characters where it tells a text's length, and wide ones have two cells each."""
    svg = app.export_screenshot(title="llm-setup")
    return re.sub(r'textLength="([\d.]+)"([^>]*)>([^<]*)<', _measured, svg)


def _measured(found: re.Match[str]) -> str:
    length, rest, text = found.groups()
    shown = html.unescape(text)
    if cell_len(shown) <= len(shown):
        return found[0]
    return f'textLength="{float(length) / len(shown) * cell_len(shown):g}"{rest}>{text}<'


async def settled(pilot: Pilot[object], condition: Callable[[], bool] = lambda: True) -> None:
    """Wait until `condition` holds and everything that was asked for is on the screen."""
    deadline = time.monotonic() + LIMIT
    await pilot.pause()
    while not condition():
        assert time.monotonic() < deadline, f"the condition did not come true within {LIMIT:g} s"
        await asyncio.sleep(0.01)
        await pilot.pause()
    await pilot.pause()
    await pilot.pause()


def open_all(app: SetupApp, upto: Step) -> None:
    """Mark the steps before `upto` as passed."""
    app.desk.journey.passed |= set(ORDER[: ORDER.index(upto)])
