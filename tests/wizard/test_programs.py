"""For which programs the wizard sets up: chosen at any time, remembered, saved to all of their files."""

import json
from pathlib import Path
from typing import Any

import pytest
from tools.fake_host import KEY, FakeHost, desk_at

from tui.base.errors import SetupError
from tui.cli import _load, _programs
from tui.credentials.store import Store
from tui.drafts.own_settings import OwnSettings
from tui.handover.farewell import farewell
from tui.openhands.targets.target import Target, targets
from tui.saving import other_files
from tui.screens.desk import Desk
from tui.terminal.terminal_kind import TerminalKind
from tui.widgets.steps import Step
from tui.wizard.programs import Programs
from tui.wizard.save import Save
from tui.wizard.undo import Undo

MODEL = "anthropic/claude-x"


def say(home: Path, name: str) -> Any:
    return json.loads((home / ".openhands" / name).read_text())


def put(home: Path, name: str, whole: Any) -> Path:
    path = home / ".openhands" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(whole))
    return path


@pytest.fixture
def desk(home: Path) -> Desk:
    """A first run on config.toml, with all typed."""
    desk = desk_at(home / "config.toml", key=KEY)
    desk.draft.store = Store.KEYRING
    return desk


async def test_a_choice_is_remembered_and_saved_to_each_file(home: Path, desk: Desk) -> None:
    host = FakeHost(["toml", "cli", "server"])
    await Programs(desk, host).choose()
    assert ([each.name for each in desk.programs], host.said) == (["toml", "cli", "server"], [])
    assert OwnSettings().preference("for") == "toml,cli,server"
    await Save(desk, host).save()
    assert host.shown[-1] is Step.TEST
    for llm in (say(home, "agent_settings.json")["llm"], say(home, "profiles/default.json")):
        assert (llm["model"], llm["num_retries"], "api_key" in llm) == (MODEL, 8, False)
    assert f'model = "{MODEL}"' in (home / "config.toml").read_text()
    assert "agent_settings.json" in desk.saved_words
    files = ", ".join(f"~/{name}" for name in ("config.toml", ".openhands/agent_settings.json", ".openhands/profiles"))
    line = farewell(desk.draft, Store.KEYRING, desk.saved_groups, along=desk.paths_saved_along)
    assert line.startswith(f"Saved [llm] in {files}")
    await Undo(desk, FakeHost(True)).undo()
    assert list((home / ".openhands").rglob("*.json")) == []
    assert not (home / "config.toml").exists()


async def test_a_file_that_cannot_be_saved_takes_nothing_from_those_that_are(
    home: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.programs = [targets()[name] for name in ("toml", "cli", "server")]
    update = other_files.update_target

    def fails(target: Target, *words: Any, write: bool) -> Any:
        if write and target.name == "server":
            raise SetupError("The disk is full.")
        return update(target, *words, write=write)

    heard: list[Any] = []
    desk.save_failed.subscribe(heard.append)
    with monkeypatch.context() as full:
        full.setattr(other_files, "update_target", fails)
        assert not await Save(desk, FakeHost()).save()
    assert "config.toml is saved, but not all of the others. The disk is full." in heard[0].message
    assert (bool(desk.last_save), desk.saved_groups, desk.draft.dirty) == (True, ["llm"], False)
    assert [path.name for path in desk.paths_saved_along] == ["agent_settings.json"]
    assert await Save(desk, FakeHost()).save()  # again, for what is missing
    assert [path.name for path in desk.paths_saved_along] == ["agent_settings.json", "default.json"]
    await Undo(desk, FakeHost(True)).undo()
    assert list((home / ".openhands").rglob("*.json")) == []
    assert not (home / "config.toml").exists()


async def test_an_undo_puts_back_what_it_can_and_names_the_rest(home: Path, desk: Desk) -> None:
    desk.programs = [targets()[name] for name in ("toml", "cli", "server")]
    await Save(desk, FakeHost()).save()
    path = put(home, "agent_settings.json", {"llm": {"model": "openai/x"}})
    host = FakeHost(True)
    await Undo(desk, host).undo()
    assert not (home / "config.toml").exists()
    assert not desk.draft.config.exists
    assert [*(home / ".openhands").rglob("*.json")] == [path]
    assert host.shown == [Step.PROVIDER]
    assert host.said[1:] == ["Not put back: ~/.openhands/agent_settings.json was changed since it was saved."]


async def test_what_was_typed_goes_along_to_the_file_of_another_program(home: Path, desk: Desk) -> None:
    host = FakeHost(["cli"])
    await Programs(desk, host).choose()
    assert (desk.draft.config.kind, desk.draft.texts["model"], desk.others) == ("cli", MODEL, [])
    desk.draft.store = Store.CONFIG
    await Save(desk, host).save()
    assert say(home, "agent_settings.json")["llm"]["api_key"] == KEY.reveal()
    assert not (home / "config.toml").exists()


@pytest.mark.parametrize("names", [["cli"], ["toml", "cli"]])
async def test_what_the_clis_file_got_is_remembered_until_it_is_undone(
    home: Path, desk: Desk, names: list[str]
) -> None:
    await Programs(desk, FakeHost(names)).choose()
    desk.draft.store = Store.FILE
    desk.draft.edit("num_retries", "9")
    await Save(desk, FakeHost()).save()
    path = home / ".openhands/agent_settings.json"
    assert OwnSettings().written(path)["num_retries"] == "9"
    desk.draft.edit("num_retries", "7")
    await Save(desk, FakeHost()).save()
    assert OwnSettings().written(path)["num_retries"] == "7"
    await Undo(desk, FakeHost(True)).undo()
    assert OwnSettings().written(path) == {}


async def test_files_that_are_not_alike_are_made_so_though_nothing_was_typed(home: Path, desk: Desk) -> None:
    await Save(desk, FakeHost()).save()
    put(home, "agent_settings.json", {"llm": {"model": "openai/x", "num_retries": 2, "usage_id": "u"}})
    host = FakeHost(["toml", "cli"])
    await Programs(desk, host).choose()
    assert not desk.draft.dirty
    await Save(desk, host).save()
    assert host.shown[-1] is Step.TEST
    llm = say(home, "agent_settings.json")["llm"]
    assert (llm["model"], llm["num_retries"], llm["usage_id"]) == (MODEL, 8, "u")
    await Save(desk, host).save()
    assert len(host.moves) == 1


async def test_nothing_is_written_where_one_of_the_files_cannot_be(home: Path, desk: Desk) -> None:
    path = put(home, "agent_settings.json", {"schema_version": 9})
    host = FakeHost(["toml", "cli"])
    await Programs(desk, host).choose()
    heard: list[Any] = []
    desk.save_failed.subscribe(heard.append)
    await Save(desk, host).save()
    assert "schema version 9" in heard[0].message
    assert not (home / "config.toml").exists()
    assert json.loads(path.read_text()) == {"schema_version": 9}


async def test_a_file_that_cannot_be_read_is_not_chosen(home: Path, desk: Desk) -> None:
    put(home, "agent_settings.json", {}).write_text("{")
    host = FakeHost(["cli"])
    await Programs(desk, host).choose()
    assert (desk.draft.config.kind, len(host.said), OwnSettings().preference("for")) == ("toml", 1, "")


@pytest.mark.parametrize(
    ("files", "remembered", "opened"),
    [
        ((), "", ["toml", "cli"]), (("config.toml",), "", ["toml"]), (("agent_settings.json",), "", ["cli"]),
        (("profiles/default.json",), "", ["server"]),
        (("agent_settings.json", "profiles/default.json", "config.toml"), "", ["toml", "cli", "server"]),
        (("agent_settings.json",), "server,toml", ["toml", "server"]), ((), "toml", ["toml"]), ((), "cli", ["cli"]),
    ],
)  # fmt: skip
def test_what_is_found_is_opened_and_what_was_chosen_before_it(
    home: Path, files: tuple[str, ...], remembered: str, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    for name in files:
        put(home, name, {"llm": {"model": MODEL}, "model": MODEL}).write_text(
            "[llm]\n" if name == "config.toml" else json.dumps({"llm": {"model": MODEL}, "model": MODEL})
        )
    if remembered:
        OwnSettings().save({("preferences",): {"for": remembered}})
    found = _programs(None)
    assert [each.name for each in found] == opened
    draft = _load(None, TerminalKind(), found[0] if found else None)
    assert draft.config.kind == (opened[0] if opened else "toml")
    if files and opened and opened[0] != "toml" and not remembered:
        assert draft.texts["model"] == MODEL


async def test_a_group_is_saved_along_to_the_profile_of_its_name_where_canvas_is_set_up(home: Path) -> None:
    path = home / "config.toml"
    path.write_text(f'[core]\n[llm]\nmodel = "{MODEL}"\nnum_retries = 3\n[llm.fast]\ntop_p = 0.5\n')
    desk = desk_at(path)
    desk.drafts.rebase(targets()["toml"].read(path))
    desk.drafts.open("llm.fast").edit("seed", "7")
    desk.programs = [targets()["toml"], targets()["cli"], targets()["server"]]
    await Save(desk, FakeHost()).save()
    profile = say(home, "profiles/fast.json")
    assert (profile["model"], profile["num_retries"], profile["top_p"], profile["seed"]) == (MODEL, 3, 0.5, 7)
    assert not (home / ".openhands/agent_settings.json").exists()
    assert not (home / ".openhands/profiles/default.json").exists()
    assert "fast.json" in desk.saved_words
    await Undo(desk, FakeHost(True)).undo()
    assert not (home / ".openhands/profiles/fast.json").exists()
    assert "seed" not in path.read_text()
    desk.drafts.add("no profile's name").edit("model", MODEL)
    assert desk.others == []


CLI_SAYS = {"llm": {"model": "openai/gpt-x", "num_retries": 2, "temperature": 0.5, "timeout": 60, "usage_id": "u"}}


async def test_one_program_gives_its_settings_to_all_and_nothing_else_is_left_there(home: Path) -> None:
    path = home / ".openhands/config.toml"
    put(home, "agent_settings.json", CLI_SAYS)
    path.write_text('[core]\n[llm]\nmodel = "anthropic/x"\ntop_p = 0.5\nsafety_settings = []\n')
    desk = desk_at(path)
    desk.drafts.rebase(targets()["toml"].read(path))
    desk.programs = [targets()["toml"], targets()["cli"]]
    host = FakeHost("cli")
    await Programs(desk, host).make_alike()
    assert (host.shown[-1], desk.alike, desk.draft.texts["num_retries"]) == (Step.REVIEW, True, "2")
    await Save(desk, host).save()
    text = path.read_text()
    wanted = ('model = "openai/gpt-x"', "num_retries = 2", "temperature = 0.5", "timeout = 60", "safety_settings = []")
    assert [line for line in wanted if line not in text] == []
    assert "top_p" not in text
    llm = say(home, "agent_settings.json")["llm"]
    assert {key: llm[key] for key in CLI_SAYS["llm"]} == CLI_SAYS["llm"]
    assert not desk.alike
    await Programs(desk, host).make_alike()
    assert host.said[-1] == "They have the same already."


async def test_where_one_program_alone_is_set_up_the_others_get_its_settings_without_a_question(home: Path) -> None:
    put(home, "agent_settings.json", CLI_SAYS)
    desk = desk_at(home / ".openhands/config.toml")
    desk.programs = [targets()["toml"], targets()["cli"]]
    host = FakeHost()
    await Programs(desk, host).make_alike()
    assert desk.draft.texts["model"] == "openai/gpt-x"
    await Save(desk, host).save()
    assert 'model = "openai/gpt-x"' in (home / ".openhands/config.toml").read_text()


def test_a_config_toml_that_is_named_is_edited_alone(home: Path) -> None:
    put(home, "agent_settings.json", {"llm": {"model": MODEL}})
    assert _programs(home / "config.toml") == []
    assert [*targets()] == ["toml", "cli", "server", "gui"]
