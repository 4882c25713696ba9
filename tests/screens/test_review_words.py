"""What the pane of Review says the program will have."""

import json
from pathlib import Path

import pytest

from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.openhands.targets.target import targets
from tui.screens.review_words import what_openhands_will_have


@pytest.mark.parametrize(
    ("name", "at"), [("toml", ()), ("cli", ("llm",)), ("server", ()), ("gui", ("agent_settings", "llm"))]
)
def test_the_settings_are_told_for_the_file_of_each_program(home: Path, name: str, at: tuple[str, ...]) -> None:
    target = targets()[name]
    path = target.locate(home / "config.toml" if name == "toml" else None)
    path.parent.mkdir(parents=True, exist_ok=True)
    said: dict[str, object] = {"model": "anthropic/claude-x", "top_p": 0.5}
    for key in reversed(at):
        said = {key: said}
    path.write_text('[llm]\nmodel = "anthropic/claude-x"\ntop_p = 0.5\n' if name == "toml" else json.dumps(said))
    draft = Draft(target.read(path), OwnSettings(), {})
    draft.edit("temperature", "0.7")
    pane = str([row(60) if callable(row) else row for row in what_openhands_will_have(draft)])
    assert [text for text in ("anthropic/claude-x", "top_p", "temperature", "0.7") if text not in pane] == []
