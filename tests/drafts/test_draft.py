"""What the draft says will be written, and whose the keys are."""

import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
from tools.pictures import anthropic_draft, draft_of

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.catalog.providers import Provider, first_class
from tui.checks.problems import problem_of, problems
from tui.checks.variables import shadows
from tui.config_file.document import parse_config, read_config
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.draft_set import Drafts
from tui.drafts.own_settings import OwnSettings
from tui.drafts.repairs import take_out

KEY = Secret("sk-ant-api03-0123456789abcdef")
PROVIDERS = {provider.id: provider for provider in first_class()}

DOCUMENTED = {"num_retries": 8, "retry_min_wait": 15, "retry_max_wait": 120, "retry_multiplier": 2}


def provider(id_: str) -> Provider:
    return PROVIDERS[id_]


def draft_with(tmp_path: Path, text: str, environ: dict[str, str] | None = None) -> Draft:
    path = tmp_path / "config.toml"
    path.write_text(text)
    return draft_of(path, environ)


def first_run(tmp_path: Path) -> Draft:
    draft = draft_of(tmp_path / "config.toml")
    draft.choose_provider(provider("anthropic"))
    draft.edit("model", "anthropic/claude-x")
    return draft


def test_a_file_without_the_section_is_a_first_run(tmp_path: Path) -> None:
    assert draft_with(tmp_path, "[core]\nx = 1\n").first_run
    assert not draft_with(tmp_path, "[llm]\n").first_run


def test_nothing_typed_changes_nothing(tmp_path: Path) -> None:
    draft = draft_with(tmp_path, '[llm]\nmodel = "anthropic/x"\n')
    assert not draft.dirty
    assert draft.preview() == draft.config.text


def test_a_change_brings_the_four_retry_settings_and_core_along(tmp_path: Path) -> None:
    draft = draft_with(tmp_path, '[llm]\nmodel = "anthropic/x"\nnum_retries = 3\n')
    draft.edit("temperature", "0.5")
    written = tomllib.loads(draft.preview())
    assert written["core"] == {}
    assert written["llm"] == {
        "model": "anthropic/x", "num_retries": 3, "temperature": 0.5,
        "retry_min_wait": 8, "retry_max_wait": 64, "retry_multiplier": 8,
    }  # fmt: skip


def test_accepting_the_retries_writes_those_that_are_missing(tmp_path: Path) -> None:
    draft = draft_with(tmp_path, '[core]\n[llm]\nmodel = "anthropic/x"\n')
    draft.retries_accepted = True
    assert [change.field.key for change in draft.changes()] == [
        "num_retries", "retry_min_wait", "retry_max_wait", "retry_multiplier",
    ]  # fmt: skip


def test_an_emptied_field_leaves_the_file(tmp_path: Path) -> None:
    draft = draft_with(tmp_path, '[llm]\nmodel = "anthropic/x"\ntop_p = 0.5 # why\n')
    draft.edit("top_p", " ")
    assert "top_p" not in tomllib.loads(draft.preview())["llm"]


def test_the_embedding_settings_never_reach_the_section(tmp_path: Path) -> None:
    draft = first_run(tmp_path)
    draft.edit("embedding_model", "local")
    assert "embedding" not in draft.preview()
    assert draft.dirty


def test_another_provider_clears_the_endpoint_and_a_return_brings_it_back(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "config.toml")
    draft.choose_provider(provider("azure"))
    draft.edit("base_url", "https://me.openai.azure.com")
    draft.edit("api_version", "2024-10-21")
    draft.choose_provider(provider("anthropic"))
    assert draft.texts["base_url"] == draft.texts["api_version"] == ""
    draft.choose_provider(provider("azure"))
    assert draft.texts["base_url"] == "https://me.openai.azure.com"


def test_a_key_typed_for_one_provider_is_not_there_for_another(tmp_path: Path) -> None:
    draft = first_run(tmp_path)
    draft.edit_secret("api_key", KEY)
    draft.choose_provider(provider("openai"))
    assert draft.typed_secret() is None
    draft.choose_provider(provider("anthropic"))
    assert draft.typed_secret() == KEY


def test_a_key_typed_for_one_address_is_not_there_for_another(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "config.toml")
    draft.choose_provider(provider("openai_compatible"))
    draft.edit("base_url", "http://localhost:1234/v1")
    draft.edit_secret("api_key", KEY)
    draft.edit("base_url", "http://evil.example/v1")
    assert draft.typed_secret() is None
    draft.edit("base_url", "http://localhost:1234/v1/other")
    assert draft.typed_secret() == KEY


@pytest.mark.parametrize("url", ["http://good\\@evil", "nonsense", "http://[::bad"])
def test_a_key_for_an_unclear_address_is_not_filed_under_the_providers_own(tmp_path: Path, url: str) -> None:
    draft = first_run(tmp_path)
    own = draft.credential().service
    draft.edit("base_url", url)
    assert draft.credential().service != own


def test_the_environments_address_decides_whose_key_it_is(tmp_path: Path) -> None:
    draft = draft_with(tmp_path, '[llm]\nmodel = "openai/x"\n', {"LLM_BASE_URL": "http://proxy:4000"})
    assert draft.credential().origin == "http://proxy:4000"


def test_a_key_in_the_file_belongs_to_the_files_provider_and_address(tmp_path: Path) -> None:
    text = f'[llm]\nmodel = "anthropic/x"\napi_key = "{KEY.reveal()}"\n'
    draft = draft_with(tmp_path, text)
    assert draft.secret_in_file() == KEY
    assert draft.remembered_store is Store.CONFIG
    draft.choose_provider(provider("openai"))
    assert draft.secret_in_file() is None
    assert draft.edits()["api_key"] is None  # OpenHands would send it to OpenAI


def test_a_better_place_takes_the_key_out_of_the_file(tmp_path: Path) -> None:
    draft = draft_with(tmp_path, f'[llm]\nmodel = "anthropic/x"\napi_key = "{KEY.reveal()}"\n')
    assert not draft.dirty
    draft.store = Store.KEYRING
    assert draft.dirty
    assert KEY.reveal() not in draft.preview()


def test_what_is_missing_or_wrong_blocks_saving(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "config.toml")
    assert [p.field.key for p in problems(draft)] == ["model"]
    draft.choose_provider(provider("azure"))
    assert {p.field.key for p in problems(draft)} == {"base_url", "api_version", "model"}
    draft.edit("base_url", "me.openai.azure.com")
    assert "http" in problem_of(draft, "base_url").message
    draft.edit("num_retries", "many")
    assert problem_of(draft, "num_retries").blocks


def test_crossed_waits_are_a_remark_only(tmp_path: Path) -> None:
    draft = first_run(tmp_path)
    draft.edit("retry_min_wait", "200")
    assert [problem.blocks for problem in problems(draft)] == [False]


GROUPED = """\
[core]
[llm]
model = "anthropic/claude-x"
temperature = 0.0
num_retries = 8
retry_min_wait = 15
retry_max_wait = 120
retry_multiplier = 2

[llm.cheap]
model = "openai/gpt-4o-mini"
"""


def group_of(tmp_path: Path, name: str, environ: dict[str, str] | None = None) -> Draft:
    default = draft_with(tmp_path, GROUPED, environ)
    return Draft(default.config, default.own, default.environ, f"llm.{name}")


def test_a_group_has_what_it_does_not_say_from_above(tmp_path: Path) -> None:
    draft = group_of(tmp_path, "cheap")
    assert draft.effective_text("model") == "openai/gpt-4o-mini"
    assert draft.effective_text("temperature") == "0.0"
    assert draft.texts["temperature"] == ""
    assert draft.provider == provider("openai")
    assert not draft.dirty


def test_a_group_writes_only_what_differs(tmp_path: Path) -> None:
    draft = group_of(tmp_path, "cheap")
    draft.edit("temperature", "0.0")
    assert draft.edits() == {}
    draft.edit("temperature", "0.7")
    assert draft.edits() == {"temperature": 0.7}
    assert tomllib.loads(draft.preview())["llm"]["cheap"] == {"model": "openai/gpt-4o-mini", "temperature": 0.7}


def test_the_environment_does_not_reach_a_group(tmp_path: Path) -> None:
    draft = group_of(tmp_path, "cheap", {"LLM_BASE_URL": "http://proxy:4000"})
    assert draft.credential().origin is None


def test_another_state_of_the_file_keeps_what_was_typed(tmp_path: Path) -> None:
    draft = draft_with(tmp_path, GROUPED)
    draft.edit("temperature", "0.3")
    draft.rebase(draft_with(tmp_path, GROUPED.replace("num_retries = 8", "num_retries = 9")).config)
    assert [(c.field.key, c.after) for c in draft.changes()] == [("temperature", "0.3")]
    assert draft.texts["num_retries"] == "9"


@pytest.mark.parametrize(
    ("provider_id", "url", "words"),
    [
        ("ollama", "http://h:11434/v1", "without /v1"),
        ("openai_compatible", "http://h:8000", "usually ends with /v1"), ("lm_studio", "http://h:1234", "with /v1"),
        ("azure", "https://h/openai", "no path"), ("openai", "https://api.openai.com", "with /v1"),
        ("openai_compatible", "http://h/v1/chat/completions", "ends before /chat/completions"),
    ],
)  # fmt: skip
def test_an_odd_end_of_the_url_is_a_remark_only(tmp_path: Path, provider_id: str, url: str, words: str) -> None:
    draft = draft_of(tmp_path / "config.toml")
    draft.choose_provider(provider(provider_id))
    draft.edit("model", f"{provider(provider_id).prefix}x")
    draft.edit("api_version", "2024-10-21")
    draft.edit("base_url", url)
    (problem,) = problems(draft)
    assert words in problem.message
    assert (problem.field.key, problem.blocks) == ("base_url", False)


@pytest.mark.parametrize(
    ("provider_id", "url"),
    [
        ("litellm_proxy", "http://h:4000"), ("ollama", "http://h:11434"), ("openai_compatible", "http://h:8000/v1/"),
        ("openai_compatible", "https://h.example/api/v3"), ("azure", "https://h.openai.azure.com/"), ("gemini", "http://h:80/x"),
        ("anthropic", "https://[::1]/v1/messages"), ("openhands", "http://h/v1"), ("openai", ""),
    ],
)  # fmt: skip
def test_a_usual_url_is_no_problem(tmp_path: Path, provider_id: str, url: str) -> None:
    draft = draft_of(tmp_path / "config.toml")
    draft.choose_provider(provider(provider_id))
    draft.edit("model", f"{provider(provider_id).prefix}x")
    draft.edit("api_version", "2024-10-21")
    draft.edit("base_url", url)
    assert problems(draft) == []


def test_what_the_environment_has_need_not_be_typed(tmp_path: Path) -> None:
    text = '[llm]\nmodel = "litellm_proxy/x"\n'
    assert problem_of(draft_with(tmp_path, text), "base_url").blocks
    assert problem_of(draft_with(tmp_path, text, {"LLM_BASE_URL": "http://h:4000"}), "base_url") is None


def test_a_model_that_leads_nowhere_blocks_and_an_unknown_provider_does_not(tmp_path: Path) -> None:
    assert problem_of(draft_with(tmp_path, '[llm]\nmodel = "llama-of-mine"\n'), "model").blocks
    assert not problem_of(draft_with(tmp_path, '[llm]\nmodel = "nobody/x"\n'), "model").blocks
    assert problem_of(draft_with(tmp_path, '[llm]\nmodel = "gpt-4o"\n'), "model") is None
    assert problem_of(draft_with(tmp_path, '[llm]\nmodel = "deepseek-reasoner"\n'), "model") is None  # litellm knows


class TestShadows:
    def said(self, tmp_path: Path, **environ: str) -> list[str]:
        return shadows(draft_with(tmp_path, '[llm]\nmodel = "anthropic/x"\ndrop_params = true\n', environ))

    def test_only_what_differs_is_said(self, tmp_path: Path) -> None:
        assert self.said(tmp_path, LLM_MODEL="anthropic/x", LLM_DROP_PARAMS="1", LLM_TIMEOUT="soon") == []
        assert len(self.said(tmp_path, LLM_MODEL="openai/y", LLM_DROP_PARAMS="yes", LLM_TIMEOUT="60")) == 3

    def test_no_secret_is_shown(self, tmp_path: Path) -> None:
        (key,) = self.said(tmp_path, LLM_API_KEY=KEY.reveal())
        (url,) = self.said(tmp_path, LLM_BASE_URL="https://user:hunter2@host/v1")
        assert "LLM_API_KEY is set" in key
        assert KEY.reveal() not in key
        assert "hunter2" not in url
        assert "host/v1" in url


def test_what_openhands_would_take_is_no_problem(tmp_path: Path) -> None:
    draft = draft_with(
        tmp_path, '[core]\n[llm]\nmodel = "anthropic/x"\nnum_retries = "8"\ndrop_params = "yes"\ntop_k = 4.0\n'
    )
    assert draft.texts["num_retries"] == "8"
    assert draft.texts["drop_params"] == "true"
    assert not [problem for problem in problems(draft) if problem.blocks]
    assert not draft.dirty


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("anthropic/x", "ANTHROPIC_API_BASE"), ("anthropic/x", "ANTHROPIC_BASE_URL"), ("openai/x", "OPENAI_BASE_URL"),
        ("gemini/x", "GEMINI_API_BASE"), ("groq/x", "GROQ_API_BASE"), ("xai/x", "XAI_API_BASE"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("group", ["llm", "llm.b"])
def test_litellms_own_variables_for_an_address_count_as_well(home: Path, model: str, name: str, group: str) -> None:
    path = home / "config.toml"
    path.write_text(f'[llm]\nmodel = "{model}"\napi_key = "sk-of-the-provider"\n[llm.b]\n')
    elsewhere = {name: "https://elsewhere.example/v1"}
    draft = Draft(read_config(path), OwnSettings(), elsewhere, group)
    assert draft.credential().origin == "https://elsewhere.example"
    assert draft.base_url == "https://elsewhere.example/v1"
    draft.edit("base_url", "https://named.example")
    assert draft.credential().origin == "https://named.example"


def test_every_such_variable_is_litellms() -> None:
    """Tried by hand as well: with each of them set, litellm calls a server of one's own."""
    from tui.catalog.endpoints import base_url_variables

    names = {name for provider in first_class() for name in base_url_variables(provider.id)} - {"VERTEX_AI_API_BASE"}
    (folder,) = find_spec("litellm").submodule_search_locations
    for path in Path(folder).rglob("*.py"):
        names -= {name for name in names if f'"{name}"' in path.read_text()}
    assert names == set()


@pytest.mark.parametrize("store", Store)
def test_a_place_chosen_for_one_address_is_not_chosen_for_another(home: Path, store: Store) -> None:
    draft = anthropic_draft(home / "config.toml")
    draft.store, draft.variable = store, "ANTHROPIC_API_KEY"
    draft.edit("base_url", "https://proxy.example")
    assert (draft.store, draft.variable) == (None, "")
    draft.store = store
    draft.edit("base_url", "https://proxy.example/v1")
    assert draft.store is store


def test_a_key_that_is_no_setting_is_taken_out_and_its_value_goes_where_it_was_meant(tmp_path: Path) -> None:
    text = '[llm]\nmodel = "openai/gpt-5"\ntemprature = 0.5  # mine\nnonsense = 1\ntoken = "sk-0123456789abcdef"\n'
    draft = draft_with(tmp_path, text)
    assert draft.unknown_keys == ["temprature", "nonsense", "token"]
    take_out(draft)
    assert draft.unknown_keys == []
    assert draft.dirty
    assert draft.texts["temperature"] == "0.5"
    assert draft.typed_secret() == Secret("sk-0123456789abcdef")
    after = tomllib.loads(draft.preview())["llm"]
    assert after["temperature"] == 0.5
    assert {"temprature", "nonsense", "token", "api_key"}.isdisjoint(after)


@pytest.mark.parametrize("value", ['"hot"', "[1]", "{ a = 1 }", "7"])
def test_what_a_setting_cannot_be_does_not_go_there(tmp_path: Path, value: str) -> None:
    draft = draft_with(tmp_path, f'[llm]\nmodel = "openai/gpt-5"\ntemprature = {value}\n')
    take_out(draft)
    assert draft.texts["temperature"] == ""


def test_a_setting_that_is_there_is_not_overwritten_by_a_misspelt_one(tmp_path: Path) -> None:
    draft = draft_with(tmp_path, '[llm]\nmodel = "openai/gpt-5"\ntemperature = 1.0\ntemprature = 0.5\n')
    take_out(draft)
    assert tomllib.loads(draft.preview())["llm"]["temperature"] == 1.0


def test_what_is_written_along_is_not_counted_as_a_change(tmp_path: Path) -> None:
    draft = draft_with(tmp_path, '[llm]\nmodel = "anthropic/x"\n')
    assert draft.lacks_retries
    draft.edit("temperature", "0.5")
    assert len(draft.changes()) == 5
    assert draft.count == 1
    draft.edit("num_retries", "3")
    assert draft.count == 2
    draft.retries_accepted = True
    assert draft.count == 5
    assert not draft.lacks_retries


def test_a_group_that_was_begun_is_there_until_it_is_saved_or_forgotten(tmp_path: Path) -> None:
    drafts = Drafts(draft_with(tmp_path, '[llm]\nmodel = "anthropic/x"\n\n[llm.a]\nseed = 1\n'))
    with pytest.raises(SetupError, match="already"):
        drafts.add("a")
    draft = drafts.add("cheap")
    with pytest.raises(SetupError, match="already"):
        drafts.add("cheap")
    assert drafts.dirty == [draft]
    assert tomllib.loads(draft.preview())["llm"]["cheap"] == DOCUMENTED
    drafts.rename(draft, "cheaper")
    assert draft.group == "llm.cheaper"
    assert tomllib.loads(draft.preview())["llm"]["cheaper"] == DOCUMENTED
    drafts.forget("llm.cheaper")
    assert drafts.dirty == []
    assert drafts.current.group == "llm"


def test_a_group_that_somebody_else_removed_stays_only_with_what_was_typed(tmp_path: Path) -> None:
    drafts = Drafts(draft_with(tmp_path, "[llm]\nseed = 1\n[llm.a]\nseed = 1\n[llm.b]\nseed = 1\n"))
    drafts.open("llm.a")
    drafts.open("llm.b").edit("seed", "2")
    drafts.rebase(parse_config(tmp_path / "config.toml", "[llm]\nseed = 1\n"))
    assert [draft.group for draft in drafts.opened] == ["llm", "llm.b"]
    assert [draft.group for draft in drafts.dirty] == ["llm.b"]


def test_what_stands_in_the_file_is_tried_with_its_blanks_and_what_is_typed_is_not(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[llm]\nmodel = " openai/gpt-4o"\nbase_url = "http://h:1/v1 "\n')
    draft = draft_of(path)
    assert draft.effective_text("model") == " openai/gpt-4o"
    assert draft.effective_value("base_url") == "http://h:1/v1 "
    assert not draft.dirty
    assert {problem.field.key for problem in problems(draft) if problem.blocks} == {"model", "base_url"}
    draft.edit("model", "openai/gpt-4o ")
    draft.edit("base_url", "http://h:1/v1")
    assert draft.effective_text("model") == "openai/gpt-4o"
    assert not [problem for problem in problems(draft) if problem.blocks]
    assert {change.field.key: change.after for change in draft.changes()}["model"] == "openai/gpt-4o"
