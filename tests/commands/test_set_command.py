"""`set`: all or nothing, and nothing but what was asked for."""

import os
import tomllib
from pathlib import Path

import pytest
from tools.leaks import leaking_files

from tui.openhands.field import Kind
from tui.openhands.fields import FIELDS

CANARY = "sk-canary-0123456789abcdef"
RETRIES = "num_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\nretry_multiplier = 2\n"


def test_only_what_is_set_changes(run, config) -> None:
    path = config('# mine\n[core]\n\n[llm]\nmodel = "anthropic/x"  # best\ntemperature = 0.5\n')
    done = run("set", "temperature=0.7", "LLM_DROP_PARAMS=false")
    assert done.status == 0
    text = '# mine\n[core]\n\n[llm]\nmodel = "anthropic/x"  # best\ntemperature = 0.7\ndrop_params = false\n'
    assert path.read_text() == text
    assert done.out.splitlines()[:2] == ["--- ~/config.toml", "+++ ~/config.toml"]
    assert {"-temperature = 0.5", "+temperature = 0.7", "+drop_params = false"} <= set(done.out.splitlines())


def test_json(run, config) -> None:
    config('[core]\n[llm]\nmodel = "anthropic/x"\n')
    done = run("set", "seed=3", "--json")
    assert set(done.json) == {"changed", "diff", "backup"}
    assert done.json["changed"] is True
    assert "+seed = 3\n" in done.json["diff"]


def test_a_file_that_is_not_there_is_made(run, home: Path) -> None:
    assert run("set", "model=anthropic/x", "--config", "new/config.toml").status == 0
    made = tomllib.loads((home / "new/config.toml").read_text())
    assert made == {"llm": {"model": "anthropic/x", **tomllib.loads(RETRIES)}, "core": {}}


def test_a_dry_run_writes_nothing(run, config) -> None:
    path = config('[llm]\nmodel = "anthropic/x"\n')
    before = path.read_text()
    done = run("set", "seed=3", "embedding_model=e", "--dry-run", "--json")
    assert (done.status, done.json["changed"]) == (0, True)
    assert '+embedding_model = "e"' in done.json["diff"]
    assert path.read_text() == before
    assert not list(path.parent.rglob("settings.toml"))


@pytest.mark.parametrize(
    "words",
    [
        ("model=anthropic/x",),
        ("temperature=0.50", "LLM_SEED=3"),
        ("num_retries=8",),
        ("retry_multiplier=2.0",),
        ("--unset", "timeout"),
        ("embedding_model=e",),
    ],
)
def test_nothing_to_change_touches_nothing(run, config, words: tuple[str, ...]) -> None:
    """Neither are [core] or retry settings added then."""
    path = config('[llm]\nmodel = "anthropic/x"\ntemperature = 0.5\nseed = 3\nnum_retries = 8\nretry_multiplier = 2\n')
    if words == ("embedding_model=e",):
        assert run("set", *words).status == 0
    os.utime(path, (1, 1))
    done = run("set", *words, "--json")
    assert (done.status, done.json) == (0, {"changed": False, "diff": "", "backup": None})
    assert path.stat().st_mtime == 1


def test_twice_is_as_once(run, config) -> None:
    path = config("")
    words = ("set", "num_retries=3", "model=openai/x", "base_url=http://h/v1")
    assert run(*words, "--json").json["changed"] is True
    once = path.read_text()
    assert run(*words, "--json").json["changed"] is False
    assert path.read_text() == once


# -- what comes along


def test_core_and_the_missing_retry_settings_come_along(run, config) -> None:
    path = config("[llm]\nretry_max_wait = 60\n")
    assert run("set", "num_retries=3").status == 0
    llm = {"num_retries": 3, "retry_min_wait": 8, "retry_max_wait": 60, "retry_multiplier": 8}
    assert tomllib.loads(path.read_text()) == {"llm": llm, "core": {}}


@pytest.mark.parametrize("words", [("seed=3",), ("--unset", "num_retries")])
def test_retry_settings_come_only_with_one_of_them(run, config, words: tuple[str, ...]) -> None:
    path = config("[core]\n[llm]\nnum_retries = 8\n")
    assert run("set", *words).status == 0
    assert "retry_min_wait" not in path.read_text()


def test_a_group_has_the_retry_settings_of_the_default_group(run, config) -> None:
    path = config(f"[core]\n[llm]\n{RETRIES}[llm.a]\n")
    assert run("set", "--group", "a", "num_retries=3").status == 0
    assert tomllib.loads(path.read_text())["llm"]["a"] == {"num_retries": 3}


def test_a_group_gets_those_that_stand_nowhere(run, config) -> None:
    path = config("[core]\n[llm]\nretry_max_wait = 60\n[llm.a]\n")
    assert run("set", "--group", "a", "num_retries=3").status == 0
    assert tomllib.loads(path.read_text())["llm"] == {
        "retry_max_wait": 60,
        "a": {"num_retries": 3, "retry_min_wait": 8, "retry_multiplier": 8},
    }


# -- groups


def test_a_new_group_is_made(run, config) -> None:
    path = config('[core]\n[llm]\nmodel = "anthropic/x"\n')
    assert run("set", "--group", "gpt-4.1", "model=openai/gpt-4.1").status == 0
    made = f'[llm."gpt-4.1"]\nmodel = "openai/gpt-4.1"\n{RETRIES}'
    assert path.read_text() == f'[core]\n[llm]\nmodel = "anthropic/x"\n\n{made}'


def test_a_group_writes_what_is_set_though_it_would_inherit_it(run, config) -> None:
    path = config("[core]\n[llm]\nseed = 3\n[llm.a]\n")
    assert run("set", "--group", "a", "seed=3", "--json").json["changed"] is True
    assert tomllib.loads(path.read_text())["llm"]["a"] == {"seed": 3}


@pytest.mark.parametrize("name", ["model", "api_key", "", " ", "a\nb", " a", "embedding_model"])
def test_names_that_no_group_should_have(run, config, name: str) -> None:
    path = config("[core]\n[llm]\n")
    assert run("set", "--group", name, "seed=3").status == 2
    assert path.read_text() == "[core]\n[llm]\n"


def test_the_default_group_by_its_name(run, config) -> None:
    path = config("[core]\n[llm]\n")
    assert run("set", "--group", "llm", "seed=3").status == 0
    assert path.read_text() == "[core]\n[llm]\nseed = 3\n"


def test_nothing_is_taken_out_of_a_group_that_is_not_there(run, config) -> None:
    config("[core]\n[llm]\n[llm.a]\n")
    done = run("set", "--group", "b", "--unset", "seed")
    assert done.status == 2
    assert "no group [llm.b]" in done.err
    assert "The file has: a." in done.err


# -- taking out


def test_unset(run, config) -> None:
    path = config('[core]\n[llm]\nseed = 3\nmodel = "anthropic/x"\n')
    assert run("set", "--unset", "seed", "top_k=4", "--unset", "LLM_TIMEOUT").status == 0
    assert path.read_text() == '[core]\n[llm]\nmodel = "anthropic/x"\ntop_k = 4\n'


def test_what_openhands_does_not_know_can_be_taken_out(run, config) -> None:
    path = config('[core]\n[llm]\nmodle = "anthropic/x"\nembedding_model = "e"\n')
    assert run("set", "--unset", "modle").status == 0
    assert path.read_text() == '[core]\n[llm]\nembedding_model = "e"\n'


@pytest.mark.parametrize("words", [("--unset", "a"), ("--unset", "model"), ("model=anthropic/x",)])
def test_a_group_is_not_changed_as_a_setting(run, config, words: tuple[str, ...]) -> None:
    text = "[core]\n[llm]\n[llm.a]\nseed = 3\n[llm.model]\nseed = 4\n"
    path = config(text)
    done = run("set", *words)
    assert done.status == 2
    assert "is a group" in done.err
    assert path.read_text() == text


# -- what [llm] may not hold


def test_embedding_settings_are_kept_by_us(run, config, home: Path) -> None:
    path = config("[core]\n[llm]\n")
    assert run("set", "LLM_EMBEDDING_MODEL=local", "embedding_deployment_name=d", "--json").json["changed"] is True
    assert path.read_text() == "[core]\n[llm]\n"
    assert run("show", "--json").json["environment"] == {
        "LLM_EMBEDDING_MODEL": "local",
        "LLM_EMBEDDING_DEPLOYMENT_NAME": "d",
    }
    assert run("set", "--unset", "LLM_EMBEDDING_MODEL", "--json").json["diff"].endswith('-embedding_model = "local"\n')
    assert run("show", "--json").json["environment"] == {"LLM_EMBEDDING_DEPLOYMENT_NAME": "d"}


def test_our_broken_settings_are_noticed_before_anything_is_written(run, config, home: Path) -> None:
    path = config("[core]\n[llm]\n")
    own = home / ".config/llm-setup/settings.toml"
    own.parent.mkdir(parents=True)
    own.write_text("broken")
    assert run("set", "seed=3", "embedding_model=e").status == 3
    assert (path.read_text(), own.read_text()) == ("[core]\n[llm]\n", "broken")


# -- refusals


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("num_retries=0",), "num_retries: "),
        (("num_retries=eight",), "a whole number"),
        (("retry_min_wait=-1",), "0 or more"),
        (("retry_min_wait=1.5",), "a whole number"),
        (("retry_multiplier=nan",), "a number"),
        (("retry_multiplier=inf",), "a number"),
        (("drop_params=yes",), "true, false"),
        (("reasoning_effort=huge",), "one of"),
        (("seed=" + "9" * 5000,), "a whole number"),
        (("base_url=",), "--unset base_url"),
        (("model=\n",), "--unset model"),
        (("model=a\x1b[2Jb",), "cannot be in it"),
        (("model=a\udcffb",), "cannot be in it"),
        (("modle=x",), "Did you mean model?"),
        (("LLM_MODLE=x",), "Did you mean model?"),
        (("llm_model=x",), "Did you mean model?"),
        (("seed",), "Argument 2 is not"),
        (("",), "Argument 2 is not"),
        (("=x",), "not a setting"),
        (("seed=1", "LLM_SEED=2"), "named twice"),
        (("seed=1", "--unset", "seed"), "named twice"),
        (("--unset", "foo"), "not a setting"),
        (("safety_settings=[]",), "Edit it in the file"),
        (("--group", "a", "embedding_model=e"), "same for all groups"),
        ((), "No settings given"),
    ],
)
def test_refused(run, config, words: tuple[str, ...], said: str) -> None:
    path = config("[llm]\n[llm.a]\n")
    os.utime(path, (1, 1))
    done = run("set", "top_k=3", *words) if words else run("set")
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert path.read_text() == "[llm]\n[llm.a]\n"
    assert path.stat().st_mtime == 1


def test_all_that_is_wrong_is_named_at_once(run, config) -> None:
    config("")
    done = run("set", "num_retries=0", "foo=1", "timeout=x")
    assert len(done.err.splitlines()) == 3


@pytest.mark.parametrize(
    "words",
    [
        ("api_key=" + CANARY,),
        ("LLM_API_KEY=" + CANARY,),
        ("aws_secret_access_key=" + CANARY,),
        ("apikey=" + CANARY,),
        (CANARY,),
        (CANARY + "=1",),
        ("num_retries=" + CANARY,),
        ("drop_params=" + CANARY,),
        ("reasoning_effort=" + CANARY,),
        ("base_url=" + CANARY + "\x01",),
        ("--unset", CANARY),
        ("--api-key", CANARY),
        ("--api-key=" + CANARY,),
        ("--" + CANARY,),
    ],
)
def test_a_key_is_refused_and_never_repeated(run, config, home: Path, words: tuple[str, ...]) -> None:
    config("[llm]\n")
    done = run("set", *words)
    assert (done.status, done.out) == (2, "")
    assert "canary" not in done.err
    assert leaking_files(home, CANARY) == []


def test_secret_fields_lead_to_their_own_command(run, config) -> None:
    config(f'[llm]\napi_key = "{CANARY}"\n')
    assert "key set" in run("set", "api_key=x").err
    assert "key delete" in run("set", "--unset", "api_key").err


def test_a_key_in_the_file_is_dots_in_the_difference(run, config) -> None:
    path = config(f'[llm]\napi_key = "{CANARY}"\nbase_url = "http://user:{CANARY}@host/v1"\n')
    for words in (["--json"], ["--json", "--dry-run"], []):
        done = run("set", f"seed={len(words)}", *words)
        assert done.status == 0
        assert "canary" not in done.out + done.err
    assert f'api_key = "{CANARY}"' in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        (("model=anthropic/y",), "OpenAI", "Anthropic"),
        (("base_url=https://gateway.example/v1",), "OpenAI", "https://gateway.example"),
        (("--group", "g", "model=groq/y"), "OpenAI", "Groq"),  # [llm.g] takes the key of [llm]
    ],
)
def test_that_a_key_in_the_file_goes_elsewhere_from_now_on_is_said(run, config, words, before, after) -> None:
    path = config(f'[core]\n[llm]\nmodel = "openai/x"\napi_key = "{CANARY}"\n{RETRIES}[llm.g]\n')
    path.chmod(0o600)
    for more in (["--dry-run"], []):
        done = run("set", *words, *more)
        assert f"api_key in ~/config.toml was given for {before}, and goes to {after} from now on. Unless" in done.err
    assert "was given for" not in run("set", *words, "seed=1").err  # it goes there already


def test_a_key_that_still_goes_where_it_was_given_for_is_no_matter(run, config) -> None:
    config(f'[core]\n[llm]\nmodel = "openai/x"\napi_key = "{CANARY}"\n[llm.g]\napi_key = "other-key-0123456789"\n')
    for words in (["model=openai/y"], ["seed=1"], ["--group", "g", "seed=2"]):
        assert "was given for" not in run("set", *words).err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("retry_min_wait=130",), "The shortest wait is above the longest"),
        (("model=azure/deployment",), "needs Base URL"),
    ],
)
def test_rules_between_settings_are_warnings(run, config, words: tuple[str, ...], said: str) -> None:
    path = config('[core]\n[llm]\nmodel = "anthropic/x"\n')
    done = run("set", *words)
    assert done.status == 0
    assert said in done.err
    assert words[0].split("=")[0] in path.read_text()


# -- files that cannot be used


@pytest.mark.parametrize("content", [b"[llm\n", b"\xef\xbb\xbf[llm]\n", b"\xff\xfe", b'llm = "x"\n', b"llm = [1]\n"])
def test_a_file_that_cannot_be_read_is_not_overwritten(run, home: Path, content: bytes) -> None:
    (home / "config.toml").write_bytes(content)
    done = run("set", "seed=3")
    assert (done.status, done.out) == (3, "")
    assert (home / "config.toml").read_bytes() == content


def test_a_symbolic_link_stays_one(run, home: Path) -> None:
    (home / "real.toml").write_text("[core]\n[llm]\n")
    (home / "config.toml").symlink_to("real.toml")
    assert run("set", "seed=3").status == 0
    assert (home / "config.toml").is_symlink()
    assert (home / "real.toml").read_text() == "[core]\n[llm]\nseed = 3\n"


def test_its_help_names_every_setting_and_what_it_takes(run) -> None:
    help_text = " ".join(run("set", "--help").out.split())
    for field in FIELDS:
        taken = f"never as an argument: llm-setup key set --name {field.variable}"
        assert f" {field.key} {taken if field.kind is Kind.SECRET else field.takes}" in help_text
