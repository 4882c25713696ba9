"""What was typed goes to the disk and comes back, but for secrets."""

import json
import os
import signal
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tools.leaks import leaks
from tools.pictures import draft_of

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.catalog.providers import first_class
from tui.checks.check import findings
from tui.checks.finding import Code
from tui.checks.problems import problem_of
from tui.config_file.document import parse_config
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.draft_set import Drafts
from tui.drafts.own_settings import OwnSettings
from tui.drafts.session import Session
from tui.drafts.unfinished import Position, UnfinishedDraft, has_input, may_be_kept, setting_may_be_kept, written
from tui.openhands.base_url_repair import repaired
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY
from tui.openhands.misplaced_keys import misplaced_key
from tui.saving.assignments import requested
from tui.screens.resume_words import typed

KEY = "sk-ant-api03-0123456789abcdef"
CONFIG = '[core]\n[llm]\nmodel = "openai/gpt-4o"\nnum_retries = 8\n[llm.cheap]\nmodel = "openai/gpt-4o-mini"\n'
WHERE = Position("options", ("key", "provider"), "Say so")


def draft(text: str = CONFIG) -> Draft:
    return Draft(parse_config(Path("/nowhere/config.toml"), text), OwnSettings(), {})


def there_and_back(drafts: Drafts, text: str = CONFIG) -> tuple[UnfinishedDraft, Drafts]:
    stopped = UnfinishedDraft.read(written(drafts, WHERE, "/nowhere/config.toml"))
    assert stopped
    return stopped, stopped.drafts(draft(text))


def test_commands_and_removed_keys_come_back(home: Path) -> None:
    text = CONFIG.replace("num_retries = 8", "num_retries = 8\nno_setting = 1\nnone_either = 2")
    drafts = Drafts(draft(text))
    drafts.current.store = Store.COMMAND
    command = drafts.current.credential()
    drafts.current.commands[command] = "pass show openai/work"
    drafts.current.dropped.add("no_setting")
    stopped, back = there_and_back(drafts, text)
    assert (stopped.key, stopped.not_kept) == (False, ())
    assert (back.current.commands, back.current.dropped) == ({command: "pass show openai/work"}, {"no_setting"})
    assert (back.current.store, back.current.new_commands()) == (Store.COMMAND, {command: "pass show openai/work"})
    shown = [row[1:] for row in typed(stopped, back)]
    assert [("pass show openai/work", "plain")] in [[row[-1]] for row in shown]
    assert [("removed", "plain")] in shown
    _stopped, back = there_and_back(drafts)  # somebody else removed it meanwhile
    assert back.current.dropped == set()


def test_what_may_hold_a_key_is_not_kept_and_is_named(home: Path) -> None:
    drafts = Drafts(draft())
    drafts.current.store = Store.COMMAND
    drafts.current.commands[drafts.current.credential()] = f"echo {KEY}"
    drafts.current.further.edit("extra_headers", '{"X-Key": "hunter2"}')
    data = written(drafts, WHERE, "/nowhere/config.toml")
    assert [secret for secret in (KEY, "hunter2") if secret.encode() in data] == []
    stopped, back = there_and_back(drafts)
    assert (stopped.not_kept, back.current.commands) == (("Extra headers", "Command"), {})


def test_what_a_release_left_that_kept_no_commands_is_still_read(home: Path) -> None:
    drafts = Drafts(draft())
    drafts.current.edit("num_retries", "5")
    said = json.loads(written(drafts, WHERE, "/nowhere/config.toml"))
    for notes in said["groups"].values():
        del notes["commands"], notes["dropped"]
    stopped = UnfinishedDraft.read(json.dumps(said).encode())
    assert stopped
    assert stopped.drafts(draft()).current.texts["num_retries"] == "5"


def test_all_groups_come_back_with_provider_and_place(home: Path) -> None:
    drafts = Drafts(draft())
    drafts.current.edit("num_retries", "5")
    drafts.current.choose_provider(next(p for p in first_class() if p.id == "anthropic"))
    drafts.current.edit("model", "anthropic/claude-x")
    drafts.current.store = Store.FILE
    drafts.open("llm.cheap").edit("temperature", "0.5")
    drafts.add("new").edit("top_p", "0.9")
    stopped, back = there_and_back(drafts)
    assert (stopped.where, stopped.key, stopped.not_kept) == (WHERE, False, ())
    assert [d.group for d in back.opened] == ["llm", "llm.cheap", "llm.new"]
    assert back.current.group == "llm.new"
    first = back.open("llm")
    assert first.provider
    assert (first.provider.id, first.store, first.texts) == ("anthropic", Store.FILE, drafts.open("llm").texts)
    first.choose_provider(next(p for p in first_class() if p.id == "openai"))
    assert first.texts["model"] == "openai/gpt-4o"  # what was left at another provider comes back as well
    assert back.open("llm.cheap").texts["temperature"] == "0.5"


def test_a_typed_key_is_not_written_and_its_place_waits_for_it(home: Path) -> None:
    drafts = Drafts(draft())
    drafts.current.edit("base_url", f"https://user:{KEY}@host/v1")
    drafts.current.edit_secret("api_key", Secret(KEY))
    drafts.current.store = Store.FILE
    drafts.current.edit("custom_tokenizer", KEY)
    data = written(drafts, Position("key", (), KEY), "/nowhere/config.toml")
    assert not leaks(data, KEY)
    stopped = UnfinishedDraft.read(data)
    assert stopped
    assert stopped.key
    assert {*stopped.not_kept} == {BY_KEY[key].label for key in ("base_url", "custom_tokenizer")}
    back = stopped.drafts(draft()).current
    assert (back.store, back.wanted_store, back.texts["base_url"]) == (None, Store.FILE, "")
    assert not has_input(back)


def test_what_changed_meanwhile_is_told_and_what_was_typed_stays(home: Path) -> None:
    drafts = Drafts(draft())
    drafts.current.edit("num_retries", "5")
    drafts.current.edit("temperature", "1")
    now = CONFIG.replace("8", "9", 1).replace('gpt-4o"', 'gpt-4.1"').replace("[llm.", "temperature = 1\n[llm.")
    stopped, back = there_and_back(drafts, now)
    found = {m.field.key: (m.before, m.now, m.mine) for m in stopped.meanwhile(back)}
    assert found == {"num_retries": ("8", "9", "5"), "model": ("openai/gpt-4o", "openai/gpt-4.1", None)}
    assert ("num_retries", "5") in {(c.field.key, c.after) for c in back.current.changes()}
    assert back.current.texts["model"] == "openai/gpt-4.1"


def test_nothing_typed_is_nothing_to_go_on_with(home: Path) -> None:
    assert UnfinishedDraft.read(written(Drafts(draft()), Position("retries"), "")) is None


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_is_no_reason_to_fail(home: Path, data: st.DataObject) -> None:
    drafts = Drafts(draft())
    drafts.current.edit("num_retries", "5")
    said = json.loads(written(drafts, WHERE, "/nowhere/config.toml"))
    junk = st.one_of(st.none(), st.text(max_size=5), st.integers(), st.lists(st.text(max_size=3)), st.just({}))
    target = data.draw(st.sampled_from([said, said["groups"]["llm"], said["groups"]]))
    target[data.draw(st.sampled_from([*target, "llm.x"]))] = data.draw(junk)
    stopped = UnfinishedDraft.read(json.dumps(said).encode())
    if stopped:
        stopped.meanwhile(stopped.drafts(draft()))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("anthropic/claude-sonnet-4-5-20250929", True), ("http://127.0.0.1:8000/v1", True), ("Hello there", True),
        ("my-deployment_2", True), (KEY, False), ("https://u:p@host", False), ("https://h/?api-key=abc", False),
        ("0123456789abcdef0123456789abcdef", False),
    ],
)  # fmt: skip
def test_what_may_be_kept(text: str, kept: bool) -> None:
    assert may_be_kept(text) is kept


def test_a_sitting_is_seen_while_it_lasts_and_what_it_leaves_after_it(home: Path) -> None:
    config = home / "config.toml"
    first = Session(config)
    first.keep(b"one", config)
    first.keep(b"two", config)
    read, write = os.pipe()
    other = os.fork()
    if other == 0:  # another process, which holds its file until it ends
        session = Session(config)
        session.keep(b"theirs", config)
        found, others = session.look()
        os.write(write, b"seen" if not found and others == [str(os.getppid())] else b"no")
        signal.pause()
    assert os.read(read, 4) == b"seen"
    assert first.look() == ([], [str(other)])
    os.kill(other, 9)
    os.waitpid(other, 0)
    (left,), others = first.look()
    assert (left.data, others) == (b"theirs", [])
    assert first.look()[0] == []  # it is ours now, and nobody else takes it
    left.remove()
    mode = stat.S_IMODE
    (path,) = (home / ".state/llm-setup/drafts").iterdir()
    assert (path.read_bytes(), mode(path.stat().st_mode), mode(path.parent.stat().st_mode)) == (b"two", 0o600, 0o700)
    first.leave(keep=False)
    assert not path.exists()


def test_the_same_minute_gives_the_same_bytes(home: Path) -> None:
    drafts = Drafts(draft_of(home / "config.toml"))
    one, two = (written(drafts, WHERE, "", now=datetime(2026, 11, 1, 12, 0, s, tzinfo=UTC)) for s in (1, 59))
    assert one == two


ZHIPU, HEX, LETTERS = (
    "0f3a9c1e7b4d4c8a9e1f0a2b3c4d5e6f.aB3xK9mQ2wE7rT5y",
    "9f8e7d6c5b4a39281706f5e4d3c2b1a0",
    "aBcDeFgH" * 5,
)
AWS, UUID, DASHES = (
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCY3q9Zz7kLmN",
    "3f2a9c1e-7b4d-4c8a-9e1f-0a2b3c4d5e6f",
    "Zq7-Lm2X.w9Ka4R-t8Vb3N",
)
BARE_KEYS = (ZHIPU, HEX, LETTERS, AWS, UUID, DASHES, KEY)


@pytest.mark.parametrize("bare", BARE_KEYS)
def test_no_key_goes_to_the_disk_whichever_field_it_was_put_into(home: Path, bare: str) -> None:
    for key, field in BY_KEY.items():
        drafts = Drafts(draft())
        if key not in drafts.current.texts or field.kind is Kind.SECRET:
            continue
        drafts.current.texts[key] = bare if key != "model" else f"openai/{bare}"
        assert not leaks(written(drafts, Position("test", (), f"Is {bare} a key?"), ""), bare), key


@pytest.mark.parametrize(
    ("key", "text"),
    [("model", "anthropic/claude-sonnet-4-5-20250929"), ("model", "bedrock/us.anthropic.claude-3-5-sonnet-v2:0"),
     ("base_url", "http://127.0.0.1:8000/v1"), ("base_url", "https://my-resource.openai.azure.com"),
     ("api_version", "2024-10-21"), ("api_version", "2025-04-01-preview"), ("aws_region_name", "us-gov-west-1"),
     ("num_retries", "8"), ("custom_tokenizer", "meta-llama/Llama-3.1-8B"), ("drop_params", "true"),
     ("log_completions_folder", "/home/me/logs"), ("custom_llm_provider", "openai")],
)  # fmt: skip
def test_what_a_setting_can_be_is_kept(key: str, text: str) -> None:
    assert setting_may_be_kept(key, text)
    assert not misplaced_key(BY_KEY[key], text)


@pytest.mark.parametrize("bare", BARE_KEYS)
@pytest.mark.parametrize("key", ["base_url", "api_version", "aws_region_name", "custom_llm_provider", "model"])
def test_a_key_in_another_field_is_refused_in_words(home: Path, key: str, bare: str) -> None:
    if (key, bare) == ("model", AWS):  # its slash makes it a provider's model
        return
    typed = draft()
    typed.edit(key, bare)
    problem = problem_of(typed, key)
    assert problem
    assert problem.blocks
    assert "looks like an API key" in problem.message
    assert bare not in problem.message
    with pytest.raises(SetupError, match="llm-setup key set"):
        requested([f"{key}={bare}"], [], "llm")
    found = findings(parse_config(home / "config.toml", f'[core]\n[llm]\nmodel = "openai/x"\n{key} = "{bare}"\n'
                                  .replace('model = "openai/x"\nmodel', "model")), {})  # fmt: skip
    assert [f.code for f in found if f.key == key and "looks like an API key" in f.message] == [Code.KEY_IN_FILE]


@pytest.mark.parametrize("bare", [ZHIPU, HEX, KEY])
def test_a_key_is_not_made_into_an_address(bare: str) -> None:
    provider = next(p for p in first_class() if p.id == "openai_compatible")
    assert repaired(bare, provider) == (bare, "")
