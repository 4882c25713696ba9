"""Whatever a command prints passes one gate, and no key leaves by it, wherever the key stands."""

import json
import subprocess
from pathlib import Path

import pytest
from tools.llm_server import LlmServer

from tui.base.key_shapes import SHAPES, may_be_key
from tui.catalog.models import load_catalogue
from tui.commands.gate import gate
from tui.openhands.fields import BY_KEY, FIELDS
from tui.openhands.misplaced_keys import parts_like_keys

KEY = "sk-proj-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg-Qe_Uo"
BARE = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"
AWS = "wJalrXUt7FEMI/K7MDENG+bPxRfiCYEX3MPLEKEY"
SECRET = "Hunter2/with+slash"
FILE = '[core]\n[llm]\nmodel = "openai/gpt-5"\nnum_retries = 1\nretry_min_wait = 0\n'
MANY = [
    ["show"], ["show", "--json"], ["check"], ["check", "--json"], ["env"], ["env", "--format", "json"],
    ["env", "--format", "docker"], ["env", "--format", "dotenv"], ["schedule"], ["schedule", "--json"],
    ["set", "seed=1", "--dry-run"], ["set", "seed=1", "--dry-run", "--json"], ["key", "status"], ["providers"],
    ["exec", "--", "no-such-program"], ["doctor", "--offline"], ["doctor", "--offline", "--json"],
    ["report", "--offline"], ["report", "--offline", "--json"],
]  # fmt: skip


def pieces(key: str, text: str) -> list[str]:
    letters = "".join(c for c in text.lower() if c.isalnum())
    bare = "".join(c for c in key.lower() if c.isalnum())
    return [bare[at : at + 8] for at in range(len(bare) - 7) if bare[at : at + 8] in letters]


@pytest.mark.parametrize(
    "environ",
    [
        {"LLM_BASE_URL": f"https://user:{SECRET}@127.0.0.1:9/v1"}, {"LLM_BASE_URL": f"https://user:{KEY}@127.0.0.1:9"},
        {"LLM_BASE_URL": f"user:{SECRET}@127.0.0.1:9"}, {"LLM_BASE_URL": f"https://u:{SECRET}@[x"},
        {"LLM_MODEL": KEY}, {"LLM_CUSTOM_LLM_PROVIDER": KEY}, {"PYTHON_KEYRING_BACKEND": KEY},
        {"LLM_MODEL": f"openai/{BARE}", "LLM_API_KEY": BARE}, {"LLM_API_VERSION": KEY},
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_key_in_the_environment(run, config, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    path = config(FILE)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    for words in MANY:
        done = run(*words, "--config", str(path)) if words[0] != "exec" else run("exec", *words[1:])
        said = done.out + done.err
        assert "Traceback" not in said
        found = [key for key in (KEY, BARE, SECRET) if pieces(key, said)]
        assert not found, (words, said)
        if "--json" in words and done.out:
            json.loads(done.out)


@pytest.mark.parametrize("key", [KEY, BARE, AWS, "Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0PgQe5Uo2Ab"])
@pytest.mark.parametrize(
    "words",
    [["set", "--group", "KEY", "--unset", "seed"], ["show", "--group", "KEY"], ["models", "--provider", "KEY"],
     ["show", "--no-such=KEY"], ["KEY"], ["set", "KEY=1"], ["set", "seed=KEY"], ["set", "model", "KEY"],
     ["env", "--format", "KEY"], ["exec", "--", "KEY"], ["group", "rename", "KEY", "b"], ["test", "--rehearse", "KEY"],
     ["key", "set", "--name", "KEY"], ["key", "move", "--store", "KEY"], ["schedule", "--num-retries", "KEY"],
     ["check", "--config", "KEY"], ["set", "--unset", "KEY"], ["set", "api_key=KEY"], ["test", "--speed", "KEY"],
     ["show", "--config", "KEY"], ["test", "--rehearse", "429,KEY"],
     ["set", "base_url=https://user:KEY@host", "--dry-run"], ["set", "base_url=https://user:KEY@host"]],
    ids=" ".join,
)  # fmt: skip
def test_a_key_as_an_argument(run, config, words: list[str], key: str) -> None:
    config(FILE)
    done = run(*(word.replace("KEY", key) for word in words))
    assert pieces(key, done.out + done.err) == []


@pytest.mark.parametrize(
    "text",
    [f'[llm]\n{KEY} = "x"\n', f'[llm]\nmodel = "openai/x"\n["llm"."{KEY}"]\nmodel = "openai/y"\n', f'[{KEY}]\na = 1\n',
     f'[llm]\nmodel = "{KEY}"\n', f'[llm]\nmodel = "x"\nbase_url = "https://u:{SECRET}@h/v1"\n',
     f'[llm]\nmodel = "x"\nbase_url = "u:{SECRET}@h/v1"\n', f'[llm]\ncustom_llm_provider = "{KEY}"\n',
     f'[llm]\napi_key = "{BARE}"\n["llm"."{BARE}"]\nmodel = "x"\nseed = "{BARE}"\n', f'[llm]\n# {KEY}\nseed = 1\n',
     f'[llm]\napi_version = "{BARE}"\n',
     f'[llm]\nmodel = "x"\n[agent]\nllm_config = "{KEY}"\n', f'[llm]\nopenrouter_site_url = "x?key={KEY}"\n'],
)  # fmt: skip
def test_a_key_in_a_file(run, config, text: str) -> None:
    path = config(text)
    for words in MANY[:13]:
        done = run(*words, "--config", str(path))
        assert [key for key in (KEY, BARE, SECRET) if pieces(key, done.out + done.err)] == [], words


ZHIPU = "9f8e7d6c5b4a39281706f5e4d3c2b1a0.Zq7Lm2Xw9Ka4Rt8V"


@pytest.mark.parametrize("key", [BARE, ZHIPU, AWS], ids=["Azure's", "Zhipu's", "AWS' secret"])
@pytest.mark.parametrize(
    "more",
    ["# key: KEY", 'model = "KEY"', 'custom_llm_provider = "KEY"', 'aws_region_name = "KEY"', 'frob = "KEY"',
     'reasoning_effort = "KEY"', '"KEY" = 1', 'base_url = "https://h/v1#KEY"',
     'safety_settings = [{ category = "KEY" }]',
     '[llm.g.completion_kwargs]\nextra_headers = { Authorization = "Bearer KEY" }', '[agent]\nllm_config = "KEY"',
     '[llm.g.completion_kwargs]\nextra_headers = { X-Tenant = "KEY" }', '[llm."KEY"]\nseed = 1', '["KEY"]\na = 1',
     '[mcp]\nstdio_servers = [{ name = "a", command = "x", args = ["-t", "KEY"], env = { A = "KEY" } }]',
     '[mcp]\nsse_servers = ["https://h/?t=KEY"]', '[sandbox]\nruntime_startup_env_vars = { A = "KEY" }'],
)  # fmt: skip
def test_a_key_without_a_beginning_in_a_file(run, config, more: str, key: str) -> None:
    model = "" if more.startswith("model") else 'model = "openai/x"\n'
    path = config(f"[core]\n[llm]\n{model}{more.replace('KEY', key)}\n")
    group = ["--group", "g"] if "llm.g" in more else []
    for words in [["show"], ["show", "--json"], ["check"], ["env", *group], ["env", "--format", "json", *group],
                  ["set", "seed=1", "--dry-run"]]:  # fmt: skip
        done = run(*words, "--config", str(path))
        assert pieces(key, done.out + done.err) == [], (words, done)


def test_the_account_in_an_address_is_none(run, config) -> None:
    url = f"https://api.cloudflare.com/client/v4/accounts/{BARE}/ai/v1"
    config(FILE + f'base_url = "{url}"\n')
    assert run("env", "--format", "json").json["LLM_BASE_URL"] == url


def test_the_rest_of_a_refusal_stays(run, config) -> None:
    config(FILE)
    said = run("set", f"api_version={BARE}").err
    assert "api_version: An API version is a date such as 2024-10-21; this looks like an API key." in said


def test_what_is_no_secret_passes(run, config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", "ollama")
    fit = gate()
    texts = [field.key for field in FIELDS] + [field.help for field in FIELDS] + ["/home/u/.config/llm-setup/x.env"]
    texts += ["3f2a9c1e-7b4d-4c8a-9e1f-0a2b3c4d5e6f", "9fceb02d0ae598e95dc970b74767f19372d60af8", "mail@example.com"]
    assert [text for text in texts if fit(text) != text] == []
    models = run("models", "--json").json
    assert len({model["id"] for model in models}) == len(models) > 2400
    assert not any("•" in model["id"] for model in models)
    config(FILE + '["llm"."3f2a9c1e-7b4d-4c8a-9e1f-0a2b3c4d5e6f"]\nmodel = "openai/x"\n')
    assert "llm.3f2a9c1e-7b4d-4c8a-9e1f-0a2b3c4d5e6f" in run("show", "--json").json["groups"]


MIXED = "Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg"


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (f'model = "openai/{BARE}"', BARE), (f'model = "openai/{MIXED}"', MIXED), (f'model = "azure/{BARE}"', BARE),
        (f'model = "bedrock/{AWS}"', AWS), (f'model = "{BARE}"', BARE),
        (f'model = "openai/x"\nbase_url = "https://127.0.0.1:9/{AWS}"', AWS),
        (f'model = "openai/x"\nbase_url = "https://127.0.0.1:9/{AWS}/v1"', AWS),
        (f'model = "openai/x"\nbase_url = "https://127.0.0.1:9/hook/{MIXED}/v1"', MIXED),
        (f'model = "openai/x"\n# {MIXED}\n# not it: {AWS}', MIXED),
    ],
)  # fmt: skip
def test_what_may_be_a_key_is_dots_where_it_may_be_a_name_as_well(run, config, lines: str, key: str) -> None:
    text = f"[core]\n[llm]\n{lines}\nnum_retries = 1\nretry_min_wait = 0\n"
    path = config(text)
    for words in (["show"], ["show", "--json"], ["check"], ["check", "--json"], ["schedule"], ["test", "--json"],
                  ["set", "seed=1", "--dry-run"], ["set", "model=openai/y", "--dry-run"]):  # fmt: skip
        done = run(*words, "--config", str(path))
        assert pieces(key, done.out + done.err) == [], (words, done)
    assert path.read_text() == text
    run("set", "seed=1", "--config", str(path))
    assert path.read_text().replace("seed = 1\n", "") == text


@pytest.mark.parametrize("model", [f"azure/{BARE}", f"openai/{BARE}"])
def test_a_model_with_such_a_name_is_handed_over_by_it(run, config, model: str) -> None:
    """It is what a deployment may be called: without it nothing would work."""
    path = config(f'[core]\n[llm]\nmodel = "{model}"\nbase_url = "https://x.openai.azure.com"\n')
    assert run("env", "--format", "json", "--config", str(path)).json["LLM_MODEL"] == model


def test_no_usual_name_or_address_is_taken_for_a_key() -> None:
    ids = [model.id for model in load_catalogue().models]
    ids += [
        "watsonx/deployment/3f2a9c1e-7b4d-4c8a-9e1f-0a2b3c4d5e6f", "ft:gpt-4o-mini-2024-07-18:org::A1b2C3d4",
        f"replicate/meta/llama-2-70b-chat:{BARE}{BARE}", "openrouter/anthropic/claude-3.7-sonnet:thinking",
        "bedrock/arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6",
    ]  # fmt: skip
    assert [each for each in ids if parts_like_keys(BY_KEY["model"], each)] == []
    urls = [
        f"https://gateway.ai.cloudflare.com/v1/{BARE}/my-gateway/openai", "http://127.0.0.1:11434",
        "https://3f2a9c1e-7b4d-4c8a-9e1f-0a2b3c4d5e6f.example/v1", "https://api.example/v1/projects/my-project-123",
        "https://x.services.ai.azure.com/openai/deployments/gpt-4o-2024-08-06/", "https://h/v1?api-version=2024-10-21",
        "https://dbc-a1b2345c-d6e7.cloud.databricks.com/serving-endpoints",
    ]  # fmt: skip
    assert [each for each in urls if parts_like_keys(BY_KEY["base_url"], each)] == []


def test_show_secrets_shows_them(run, config, monkeypatch: pytest.MonkeyPatch) -> None:
    config(FILE + f'api_key = "{KEY}"\n')
    assert run("env", "--format", "json", "--show-secrets").json["LLM_API_KEY"] == KEY
    assert f"LLM_API_KEY={KEY}" in run("env", "--show-secrets").out


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\nsecond-line", "\x07"])
def test_a_key_with_a_line_break_never_goes_out(run, config, monkeypatch, end: str) -> None:
    with LlmServer() as server:
        path = config(FILE + f'base_url = "{server.base_url}"\n')
        monkeypatch.setenv("LLM_API_KEY", KEY + end)
        tested = run("test", "--json", "--config", str(path))
        (result,) = [json.loads(line) for line in tested.out.splitlines()]
        assert (result["diagnosis"]["code"], result["diagnosis"]["field"]) == ("bad-key", "api_key")
        if end in ("\n", "\r", "\r\n"):
            assert result["diagnosis"]["message"] == "The key ends with a line break."
        others = [
            run("models", "--live", "--config", str(path)),
            run("env", "--show-secrets"),
            run("exec", "--", "true"),
        ]
        assert [done.status for done in others] == [3, 3, 3]
        for done in (tested, *others):
            assert pieces(KEY, done.out + done.err) == []
        assert server.requests() == []


def test_the_same_key_of_several_lines_in_the_file(run, config) -> None:
    with LlmServer() as server:
        path = config(FILE + f'base_url = "{server.base_url}"\napi_key = """{KEY}\n{BARE}\n"""\n')
        done = run("test", "--json", "--config", str(path))
        assert json.loads(done.out)["diagnosis"]["code"] == "bad-key"
        assert pieces(KEY, done.out + done.err) == pieces(BARE, done.out + done.err) == []
        assert server.requests() == []


def test_env_quotes_control_characters_so_that_a_shell_reads_them_back(run, config, home: Path) -> None:
    config(FILE + 'openrouter_app_name = "a\\u001b]52;c;eA==\\u0007\'\\\\ b\\n1é"\n')
    done = run("env")
    assert "\x1b" not in done.out
    asked = f'{done.out}\nprintf "%s" "$LLM_OPENROUTER_APP_NAME"'
    said = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout == "a\x1b]52;c;eA==\x07'\\ b\n1é"
    assert "\x1b" not in run("env", "--format", "docker").out


def test_the_examples_are_may_be_keys() -> None:
    assert all(may_be_key(shape.example) for shape in SHAPES)


def test_a_key_of_bytes_that_are_no_text_ends_no_command(run, config, monkeypatch: pytest.MonkeyPatch) -> None:
    path = config(FILE)
    monkeypatch.setenv("LLM_API_KEY", KEY + "\udcff")
    for words in MANY:
        done = run(*words, "--config", str(path)) if words[0] != "exec" else run("exec", *words[1:])
        assert pieces(KEY, done.out + done.err) == [], words
    assert "cannot be seen" in run("check").out
