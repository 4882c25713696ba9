"""What a draft is saved to beside its own file: the files of further programs say the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from tools.pictures import draft_of

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.catalog.providers import first_class
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.openhands.targets.target import CLI, GUI, SERVER, targets
from tui.saving.other_files import carry_out, plan_for

KEY = "sk-ant-api03-0123456789abcdef"


def say(home: Path, name: str) -> Any:
    return json.loads((home / ".openhands" / name).read_text())


@pytest.fixture
def draft(home: Path) -> Draft:
    draft = draft_of(home / "config.toml")
    draft.choose_provider(first_class()[0])
    draft.edit("model", "anthropic/claude-x")
    draft.edit("num_retries", "3")
    return draft


def others(*names: str) -> list[Any]:
    known = targets()
    return [known[name] for name in names]


def test_a_draft_of_one_file_makes_those_of_other_programs(home: Path, draft: Draft) -> None:
    draft.edit("custom_llm_provider", "x")
    plan = plan_for(draft, others(CLI, SERVER))
    assert [each.left_out for each in carry_out(plan, write=False)] == [{"custom_llm_provider": ""}] * 2
    assert not (home / ".openhands").exists()
    done = carry_out(plan, write=True)
    assert [len(each.updates) for each in done] == [1, 2]
    for llm in (say(home, "agent_settings.json")["llm"], say(home, "profiles/default.json")):
        assert (llm["model"], llm["num_retries"], llm["retry_max_wait"]) == ("anthropic/claude-x", 3, 120)
        assert "custom_llm_provider" not in llm


def test_a_key_goes_along_where_files_are_its_place_and_nowhere_else(home: Path, draft: Draft) -> None:
    draft.edit_secret("api_key", Secret(KEY))
    for store, kept in ((Store.KEYRING, None), (Store.CONFIG, KEY)):
        draft.store = store
        carry_out(plan_for(draft, others(GUI)), write=True)
        assert say(home, "settings.json")["agent_settings"]["llm"].get("api_key") == kept


@pytest.mark.parametrize("store", [None, Store.KEYRING, Store.ENVIRONMENT])
def test_a_key_of_another_provider_does_not_stay_beside_the_new_model(home: Path, draft: Draft, store: Store) -> None:
    path = home / ".openhands/agent_settings.json"
    path.parent.mkdir()
    llm = {"model": "openai/gpt-5", "api_key": "sk-proj-0123456789abcdef", "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE"}
    path.write_text(json.dumps({"llm": llm}))
    draft.store = store
    carry_out(plan_for(draft, others(CLI)), write=True)
    assert not {"api_key", "aws_access_key_id"} & set(say(home, "agent_settings.json")["llm"])


def test_a_key_of_the_same_provider_and_address_stays(home: Path, draft: Draft) -> None:
    path = home / ".openhands/agent_settings.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"llm": {"model": "anthropic/claude-y", "api_key": KEY}}))
    carry_out(plan_for(draft, others(CLI)), write=True)
    assert say(home, "agent_settings.json")["llm"]["api_key"] == KEY
    draft.edit("base_url", "https://gateway.example/v1")
    carry_out(plan_for(draft, others(CLI)), write=True)
    assert "api_key" not in say(home, "agent_settings.json")["llm"]


def test_what_goes_from_the_draft_goes_there_and_what_is_not_ours_stays(home: Path, draft: Draft) -> None:
    path = home / ".openhands/agent_settings.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"llm": {"model": "openai/x", "seed": 1, "top_k": 2, "usage_id": "u"}, "later": [1]}))
    draft.loaded["seed"] = draft.texts["seed"] = "1"
    draft.edit("seed", "")
    carry_out(plan_for(draft, others(CLI)), write=True)
    done = say(home, "agent_settings.json")
    assert (done["later"], done["llm"]["usage_id"], done["llm"]["top_k"], "seed" in done["llm"]) == ([1], "u", 2, False)


def test_a_file_that_cannot_be_written_to_is_said_before_anything_is(home: Path, draft: Draft) -> None:
    path = home / ".openhands/agent_settings.json"
    path.parent.mkdir()
    path.write_text("{")
    with pytest.raises(SetupError, match="not JSON"):
        carry_out(plan_for(draft, others(SERVER, CLI)), write=False)
    assert list(path.parent.iterdir()) == [path]
