"""What the Model step offers, and what of it stands first."""

from pathlib import Path

import pytest
from tools.pictures import catalogue, draft_of

from tui.catalog.models import Model
from tui.catalog.typed_models import serves
from tui.drafts.model_choice import ModelChoice


def offered(home: Path, region: str, query: str = "") -> list[str]:
    draft = draft_of(home / "config.toml")
    draft.choose_provider(next(provider for provider in catalogue().providers if provider.id == "bedrock"))
    draft.edit("aws_region_name", region)
    mine, _others = ModelChoice(draft, catalogue()).rows(query)
    return [row.name for row in mine if isinstance(row, Model)]


@pytest.mark.parametrize(
    ("region", "first", "never"),
    [
        ("us-east-1", "global.anthropic.claude-sonnet-5-5", "eu."),
        ("eu-central-1", "global.anthropic.claude-sonnet-5-5", "us."),
        ("us-gov-west-1", "anthropic.claude-sonnet-5-5", "global."),
        ("", "global.anthropic.claude-sonnet-5-5", "nowhere."),
    ],
)
def test_a_profile_of_another_part_of_the_world_stands_behind_those_that_can_be_called(
    home: Path, region: str, first: str, never: str
) -> None:
    for query in ("", "sonnet"):
        names = offered(home, region, query)
        assert query or names[0] == first
        assert names == sorted(names, key=lambda name: not serves(name, region))
        assert not any(name.startswith(never) for name in names[:5])
