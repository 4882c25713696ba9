"""A newer catalogue, asked for from the palette's command."""

import json
from pathlib import Path

from tools.pictures import StillApp, anthropic_draft, settled

from tui.catalog.snapshot import bundled


def said(app: StillApp) -> str:
    return "\n".join(str(toast.message) for toast in app._notifications)


async def test_the_catalogue_is_refreshed_and_what_came_is_said(home: Path) -> None:
    rows = {model.id: {"mode": "chat", "litellm_provider": model.family} for model in bundled().models()}
    new = {"mode": "chat", "litellm_provider": "anthropic"}
    (home / "prices.json").write_text(json.dumps({**rows, "anthropic/claude-99": new}))
    draft = anthropic_draft(home / "config.toml")
    draft.environ = {"LLM_SETUP_CATALOGUE": str(home / "nowhere.json")}
    app = StillApp(draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: app.desk.catalogue is not None)
        app.host.begin(app.catalogue.refresh, "refresh", exclusive=True)
        await settled(pilot, lambda: "cannot be used" in said(app))
        assert app.desk.catalogue.get("anthropic/claude-99") is None
        draft.environ = {"LLM_SETUP_CATALOGUE": str(home / "prices.json")}
        app.host.begin(app.catalogue.refresh, "refresh", exclusive=True)
        await settled(pilot, lambda: app.desk.catalogue.get("anthropic/claude-99") is not None)
        assert "new: anthropic/claude-99" in said(app)
