"""`check`: one file for each code, with the line it is on; and nothing to say about a good one."""

import json
import shlex
from pathlib import Path

import pytest
from tools.growth import is_linear

from tui.base.errors import SetupError, Status
from tui.checks.check import Code, Finding, Severity, check
from tui.openhands.names import unknown_setting

KEY = "sk-ant-api03-0123456789abcdef"
RETRIES = "num_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\nretry_multiplier = 2\n"
GOOD = f'[core]\n[llm]\nmodel = "anthropic/claude-x"\n{RETRIES}'


def found(text: str | bytes, environ: dict[str, str] | None = None, mode: int = 0o600) -> list[Finding]:
    """All findings but the one that every file has."""
    path = Path("config.toml")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return [finding for finding in check(path, environ or {}) if finding.code is not Code.NOT_READ]


def only(text: str | bytes, environ: dict[str, str] | None = None, mode: int = 0o600) -> Finding:
    findings = found(text, environ, mode)
    assert len(findings) == 1, findings
    return findings[0]


def with_(lines: str, model: str = "anthropic/claude-x") -> str:
    """A good file with more lines in `[llm]`: the first of them is line 8."""
    return GOOD.replace("anthropic/claude-x", model) + lines


def test_a_good_file_is_only_said_to_be_not_read_by_later_releases() -> None:
    Path("config.toml").write_text(GOOD)
    Path("config.toml").chmod(0o600)
    (finding,) = check(Path("config.toml"), {})
    assert (finding.code, finding.severity, finding.line) == (Code.NOT_READ, Severity.NOTE, 2)


@pytest.mark.parametrize(
    ("text", "code", "group", "key", "line"),
    [
        (b"[llm]\nmodel = = 3\n", Code.NOT_TOML, None, None, 2),
        ("[llm]\n# schön".encode("latin-1"), Code.NOT_UTF8, None, None, 2),
        (b"\xef\xbb\xbf[llm]\n", Code.BOM, None, None, 1),
        ('a = 1\nllm = "x"\n', Code.WRONG_TYPE, "llm", "llm", 2),
        ("[[llm]]\n", Code.WRONG_TYPE, "llm", "llm", 1),
        ("core = 1\n" + GOOD.replace("[core]\n", ""), Code.WRONG_TYPE, None, None, 1),
        (with_("num_retrys = 8\n"), Code.UNKNOWN_KEY, "llm", "num_retrys", 8),
        (with_('embedding_model = "local"\n'), Code.UNKNOWN_KEY, "llm", "embedding_model", 8),
        (with_("timeout = 1.5\n"), Code.WRONG_TYPE, "llm", "timeout", 8),
        (with_('timeout = "eight"\n'), Code.WRONG_TYPE, "llm", "timeout", 8),
        (with_("api_version = 2024-10-21\n"), Code.WRONG_TYPE, "llm", "api_version", 8),
        (with_("[llm.fast]\ntop_p = 'much'\n"), Code.WRONG_TYPE, "llm.fast", "top_p", 9),
        (with_('[llm."gpt-4.1"]\nx = 1\n'), Code.UNKNOWN_KEY, "llm.gpt-4.1", "x", 9),
        (with_("[llm.gpt-4.1]\ntop_p = 1\n"), Code.GROUP_NAME, "llm.gpt-4", "1", 8),
        (with_("[llm.completion_kwargs]\nx = 1\n"), Code.GROUP_NAME, "llm.completion_kwargs", None, 8),
        (with_("custom_tokenizer = [1, 'x']\n").replace("custom_tokenizer", "[extended]\nx"),
         Code.NOT_TOML_0_10, None, None, 9),
        (with_("seed =0x1F\n"), Code.NOT_TOML_0_10, None, None, 8),
    ],
)  # fmt: skip
def test_what_openhands_drops_or_refuses_is_an_error(text, code: Code, group, key, line: int) -> None:
    finding = only(text)
    assert (finding.code, finding.group, finding.key, finding.line) == (code, group, key, line)
    assert finding.severity is Severity.ERROR
    assert finding.voids
    assert finding.message
    assert finding.hint


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        (GOOD.replace('model = "anthropic/claude-x"\n', ""), Code.NO_MODEL, "model"),
        (with_("", model=" "), Code.NO_MODEL, "model"),
        ("", Code.NO_MODEL, "model"),
        (with_("", model="llama-of-mine"), Code.NO_PROVIDER_PREFIX, "model"),
        (with_("", model="litellm_proxy/x"), Code.NEEDS_BASE_URL, "base_url"),
        (with_("", model="ollama/llama3"), Code.NEEDS_BASE_URL, "base_url"),
        (with_("", model="databricks/x"), Code.NEEDS_BASE_URL, "base_url"),
        (with_("base_url = 'https://me.openai.azure.com'\n", model="azure/x"), Code.NEEDS_API_VERSION, "api_version"),
        (with_("base_url = 'localhost:8000/v1'\n", model="openai/x"), Code.BASE_URL_SCHEME, "base_url"),
        (with_("base_url = 'http://'\n", model="openai/x"), Code.BASE_URL_SCHEME, "base_url"),
        (with_("custom_llm_provider = 'anthropic'\n", model="replicate/stranger/model"), Code.TWO_PLACES,
         "custom_llm_provider"),
        (with_("custom_llm_provider = 'mistral'\n", model="openhands/x"), Code.TWO_PLACES, "custom_llm_provider"),
        (with_("", model="anthropic/my-replicate"), Code.TWO_PLACES, "model"),
        (with_("aws_region_name = 'evil.example/'\n", model="bedrock/x"), Code.BAD_REGION, "aws_region_name"),
    ],
)  # fmt: skip
def test_what_no_call_can_be_made_with_is_an_error_that_drops_nothing(text: str, code: Code, key: str) -> None:
    finding = only(text)
    assert (finding.code, finding.group, finding.key) == (code, "llm", key)
    assert finding.severity is Severity.ERROR
    assert not finding.voids


@pytest.mark.parametrize(
    ("text", "code", "group", "key", "line"),
    [
        (with_("top_p = 2\n"), Code.OUT_OF_RANGE, "llm", "top_p", 8),
        (GOOD.replace("num_retries = 8", "num_retries = 0"), Code.OUT_OF_RANGE, "llm", "num_retries", 4),
        (GOOD.replace("multiplier = 2", "multiplier = inf"), Code.OUT_OF_RANGE, "llm", "retry_multiplier", 7),
        (with_("reasoning_effort = 'much'\n"), Code.OUT_OF_RANGE, "llm", "reasoning_effort", 8),
        (GOOD.replace("min_wait = 15", "min_wait = 200"), Code.MIN_ABOVE_MAX, "llm", "retry_min_wait", 5),
        (with_("[llm.slow]\nretry_max_wait = 1\n"), Code.MIN_ABOVE_MAX, "llm.slow", "retry_min_wait", 5),
        (GOOD.replace("[core]\n", ""), Code.MISSING_CORE, None, None, None),
        (GOOD.replace("retry_max_wait = 120\n", ""), Code.MISSING_RETRY_KEYS, "llm", None, 2),
        (with_("", model="nobody/x"), Code.UNKNOWN_PROVIDER, "llm", "model", 3),
        (with_("", model="qwencloud/qwen3-max"), Code.PROVIDER_TOO_NEW, "llm", "model", 3),
        (with_("custom_llm_provider = 'nobody'\n"), Code.UNKNOWN_PROVIDER, "llm", "custom_llm_provider", 8),
        (with_("", model="gemini-2.5-pro"), Code.NO_PROVIDER_PREFIX, "llm", "model", 3),
        (with_("base_url = 'http://h:11434/v1/'\n", model="ollama/x"), Code.BASE_URL_SUFFIX, "llm", "base_url", 8),
        (with_("base_url = 'http://h:8000'\n", model="openai/x"), Code.BASE_URL_SUFFIX, "llm", "base_url", 8),
        (with_("base_url = 'https://h/v1/chat/completions'\n", model="openai/x"), Code.BASE_URL_SUFFIX, "llm",
         "base_url", 8),
        (with_("base_url = 'https://h/openai'\napi_version = '1'\n", model="azure/x"), Code.BASE_URL_SUFFIX, "llm",
         "base_url", 8),
        (with_("base_url = 'http://gpt-4o/v1'\n", model="openai/x"), Code.BASE_URL_HOST, "llm", "base_url", 8),
        (with_(f"api_key = '{KEY}'\n"), Code.KEY_IN_FILE, "llm", "api_key", 8),
        (with_(f"[llm.fast]\naws_secret_access_key = '{KEY}'\n"), Code.KEY_IN_FILE, "llm.fast",
         "aws_secret_access_key", 9),
        (with_("[llm.llm]\ntop_p = 1\n"), Code.GROUP_NAME, "llm.llm", None, 8),
        (with_("[llm.seed]\ntop_p = 1\n"), Code.GROUP_NAME, "llm.seed", None, 8),
        (with_("[LLM]\ntop_p = 1\n"), Code.GROUP_NAME, "LLM", None, 8),
        (with_("[agent]\nllm_config = 'llm.fast'\n[llm.fast]\n"), Code.GROUP_NAME, "agent", "llm_config", 9),
        (with_("[agent.Browsing]\nllm_config = 'no'\n"), Code.GROUP_NAME, "agent.Browsing", "llm_config", 9),
        (with_("base_url = 'https://api.anthropic.com'\n[llm.cloud]\nmodel = 'mistral/x'\n"),
         Code.GROUP_INHERITS_ENDPOINT, "llm.cloud", "base_url", 9),
        (with_("custom_tokenizer = '''x'''\nlog_completions_folder = \"\\\"\"\n"), Code.NOT_TOML_0_10, None, None, 9),
    ],
)  # fmt: skip
def test_all_else_is_a_warning(text: str, code: Code, group, key, line) -> None:
    finding = only(text)
    assert (finding.code, finding.group, finding.key, finding.line) == (code, group, key, line)
    assert finding.severity is Severity.WARNING
    assert not finding.voids
    assert finding.hint


class TestTheKeyOfAnotherProvider:
    SENTENCE = "The key for OpenAI looks like a key of Anthropic."

    def told(self, text: str, environ: dict[str, str] | None = None) -> list[tuple[str, str | None, int | None]]:
        findings = [finding for finding in found(text, environ) if finding.code is Code.KEY_OF_ANOTHER]
        assert all(finding.severity is Severity.WARNING and finding.hint for finding in findings)
        return [(finding.sentence, finding.group, finding.line) for finding in findings]

    def test_in_the_file_and_in_its_groups_is_named(self) -> None:
        assert self.told(with_(f"api_key = '{KEY}'\n", model="openai/x")) == [(self.SENTENCE, "llm", 8)]
        group = f"[llm.g]\nmodel = 'openai/x'\napi_key = '{KEY}'\n"
        assert self.told(with_(f"api_key = '{KEY}'\n{group}")) == [(self.SENTENCE, "llm.g", 11)]

    def test_in_the_environment_is_named_with_its_variable(self) -> None:
        assert self.told(with_("", model="openai/x"), {"LLM_API_KEY": KEY}) == [
            (f"LLM_API_KEY: {self.SENTENCE}", "llm", None)
        ]
        assert self.told(with_(""), {"LLM_API_KEY": KEY, "LLM_MODEL": "openai/x"})

    def test_is_nothing_where_any_key_may_be_the_right_one(self) -> None:
        at_home = "base_url = 'https://gate.example/v1'\n"
        assert not self.told(with_(f"api_key = '{KEY}'\n"), {"LLM_API_KEY": KEY})
        assert not self.told(with_(f"{at_home}api_key = '{KEY}'\n", model="openai/x"))
        assert not self.told(with_("", model="openai/x"), {"LLM_API_KEY": KEY, "LLM_BASE_URL": "https://gate.example"})
        assert not self.told(with_("api_key = 'sk-0123456789abcdefghij'\n", model="deepseek/x"))


HALVES = {
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}


class TestHalfOfAnAwsKey:
    """OpenHands hands it on; without its other half no call can be made, or another key than this one counts."""

    @pytest.fixture(params=HALVES)
    def half(self, request: pytest.FixtureRequest) -> str:
        return request.param

    @pytest.fixture
    def other(self, half: str) -> str:
        return next(key for key in HALVES if key != half)

    def told(self, text: str, environ: dict[str, str]) -> list[Finding]:
        return [finding for finding in found(text, environ) if finding.code is Code.HALF_A_KEY]

    def text(self, *halves: str, model: str = "bedrock/x") -> str:
        return with_("".join(f"{key} = '{HALVES[key]}'\n" for key in halves), model=model)

    def test_in_the_file_is_named(self, half: str, other: str) -> None:
        (finding,) = self.told(self.text(half), {})
        assert (finding.group, finding.key, finding.line) == ("llm", half, 8)
        assert f"{half} is set without {other}" in finding.sentence
        assert not [secret for secret in HALVES.values() if secret in finding.message + finding.hint]

    def test_in_the_environment_is_named_with_its_variable(self, half: str) -> None:
        (finding,) = self.told(self.text(), {f"LLM_{half.upper()}": HALVES[half]})
        assert (finding.key, f"LLM_{half.upper()}." in finding.sentence) == (half, True)

    def test_what_becomes_of_it_differs(self) -> None:
        said = [self.told(self.text(half), {})[0].sentence for half in HALVES]
        assert ["no call can be made" in each for each in said] == [True, False]
        assert ["the machine's own role counts" in each for each in said] == [False, True]

    def test_in_a_group_is_named_there_only(self, half: str) -> None:
        text = self.text() + f"[llm.g]\n{half} = '{HALVES[half]}'\n[llm.h]\n"
        assert [finding.group for finding in self.told(text, {})] == ["llm.g"]

    def test_that_a_group_inherits_is_named_once(self, half: str) -> None:
        assert [finding.group for finding in self.told(self.text(half) + "[llm.g]\n", {})] == ["llm"]

    def test_is_nothing_where_both_are_there_or_none(self, half: str, other: str) -> None:
        for environ in ({f"LLM_{other.upper()}": HALVES[other]}, {other.upper(): HALVES[other]}):
            assert self.told(self.text(half), environ) == []
        assert self.told(self.text(half, other), {}) == []
        assert self.told(self.text(), {}) == []
        assert self.told(self.text(half) + f"[llm.g]\n{other} = '{HALVES[other]}'\n", {})[0].group == "llm"

    def test_is_nothing_to_other_providers(self, half: str) -> None:
        assert self.told(self.text(half, model="openai/gpt-4o"), {}) == []


def test_a_file_with_a_secret_that_others_may_read() -> None:
    text = with_("").replace("[core]", f"[core]\nsearch_api_key = '{KEY}'")
    finding = only(text, mode=0o644)
    assert finding.code is Code.READABLE_BY_OTHERS
    assert finding.hint == "Run: chmod 600 config.toml"
    assert not found(text, mode=0o600)


def test_the_command_that_closes_a_file_can_be_pasted_whatever_its_name(home: Path) -> None:
    folder = home / "it's mine"
    folder.mkdir()
    for path, shown in ((home / "c.toml", "~/c.toml"), (folder / "c.toml", shlex.quote(str(folder / "c.toml")))):
        path.write_text(GOOD + f"api_key = '{KEY}'")
        path.chmod(0o644)
        hints = [each.hint for each in check(path, {}) if each.code is Code.READABLE_BY_OTHERS]
        assert hints == [f"Run: chmod 600 {shown}"]
    assert not found(GOOD + "# api_key = 'your-key'\n", mode=0o644)


@pytest.mark.parametrize("url", ["http://h:4000", "http://h:4000/", "http://h:4000/v1"])
def test_the_base_url_of_a_litellm_proxy_is_right_with_and_without_v1(url: str) -> None:
    assert not found(with_(f"base_url = '{url}'\n", model="litellm_proxy/x"))


@pytest.mark.parametrize(
    ("model", "base_url", "meant"),
    [
        ("OpenAI/gpt-5", "", "openai/gpt-5"), ("google/gemini-2.5-pro", "", "gemini/gemini-2.5-pro"),
        ("litellm-proxy/x", "http://h:4000", "litellm_proxy/x"), ("Anthropic/claude-x", "", "anthropic/claude-x"),
        ("x-ai/grok-4", "", "xai/grok-4"), ("vertexai/gemini-2.5-pro", "", "vertex_ai/gemini-2.5-pro"),
        ("antropic/claude-x", "", "anthropic/claude-x"), ("azure-openai/x", "", "azure/x"),
        ("Qwen/Qwen2.5-Coder", "http://h:8000/v1", "openai/Qwen/Qwen2.5-Coder"),
        ("glm-5", "http://h:8000/v1", "openai/glm-5"), ("glm-5", "http://h:11434", "ollama/glm-5"),
        ("glm-5", "http://h:11434/v1", "openai/glm-5"), ("glm-5", "http://h:4000", "litellm_proxy/glm-5"),
        ("glm-5", "https://openrouter.ai/api/v1", "openrouter/glm-5"),
        ("openrouter/free", "", "openrouter/openrouter/free"), ("openrouter/auto", "", "openrouter/openrouter/auto"),
        ("openrouter/claude-x", "", "openrouter/anthropic/claude-x"),
    ],
)  # fmt: skip
def test_the_name_that_was_probably_meant_is_given(model: str, base_url: str, meant: str) -> None:
    findings = found(with_(f"base_url = '{base_url}'\n" if base_url else "", model=model))
    named = [f for f in findings if f.key == "model"]
    assert [f.hint for f in named] == [f"Write {meant}."]
    assert named[0].severity is Severity.ERROR


def test_openrouters_own_models_lose_their_prefix_on_the_wire() -> None:
    finding = only(with_("", model="openrouter/free"))
    assert (finding.code, finding.severity, finding.line) == (Code.NO_VENDOR, Severity.ERROR, 3)
    assert "asks OpenRouter for “free”" in finding.message
    assert not found(with_("", model="openrouter/openrouter/free"))


@pytest.mark.parametrize(
    ("line", "key", "said"),
    [
        ('model = " openai/gpt-4o"', "model", "begins with a space"),
        ('model = "openai/gpt-4o "', "model", "ends with a space"),
        ('model = "openai/gpt-4o\\n"', "model", "ends with a line break"),
        ('model = "openai/gpt\\u200b-4o"', "model", "cannot be seen"),
        ('base_url = " http://h:8000/v1"', "base_url", "begins with a space"),
        ('base_url = "http://h:8000/v1\\r"', "base_url", "ends with a line break"),
        ('api_version = "2024 10-21"', "api_version", "space inside"),
        ('api_version = "2024-10-21 "', "api_version", "ends with a space"),
        ('aws_region_name = "\\tus-east-1"', "aws_region_name", "begins with a space"),
        ('custom_llm_provider = "openai "', "custom_llm_provider", "ends with a space"),
    ],
)  # fmt: skip
def test_what_openhands_does_not_strip_is_an_error_once(line: str, key: str, said: str) -> None:
    text = with_("", model="openai/gpt-4o")
    text = text.replace('model = "openai/gpt-4o"', line) if key == "model" else text + line + "\n"
    finding = only(text)
    assert (finding.code, finding.key, finding.severity) == (Code.STRAY_CHARACTER, key, Severity.ERROR)
    assert said in finding.message
    assert finding.hint


def test_a_carriage_return_in_a_variable_is_named_with_the_variable() -> None:
    finding = next(f for f in found(GOOD, {"LLM_MODEL": "anthropic/claude-x\r"}) if f.code is Code.STRAY_CHARACTER)
    assert "line break" in finding.message
    assert "LLM_MODEL" in finding.hint


def test_a_version_of_the_wrong_type_is_not_called_missing_as_well() -> None:
    text = with_("base_url = 'https://me.openai.azure.com'\napi_version = 2024-10-21\n", model="azure/x")
    assert only(text).code is Code.WRONG_TYPE


def test_ollama_base_url_alone_is_explained() -> None:
    finding = only(with_("ollama_base_url = 'http://h:11434'\n", model="ollama/x"))
    assert finding.code is Code.NEEDS_BASE_URL
    assert "list of models only" in finding.hint
    assert "http://h:11434" in finding.hint


class TestEnvironment:
    def test_it_wins_over_a_line(self) -> None:
        findings = found(GOOD, {"LLM_NUM_RETRIES": "3", "LLM_RETRY_MIN_WAIT": "15", "LLM_RETRY_MAX_WAIT": "x"})
        (finding,) = [finding for finding in findings if finding.code is not Code.UNUSABLE_VARIABLE]
        assert (finding.code, finding.key, finding.line) == (Code.SHADOWED_BY_ENVIRONMENT, "num_retries", 4)
        assert "LLM_NUM_RETRIES=3" in finding.message

    def test_it_says_what_the_file_does_not(self) -> None:
        assert not found(GOOD.replace('model = "anthropic/claude-x"\n', ""), {"LLM_MODEL": "anthropic/x"})

    def test_it_does_not_reach_groups(self) -> None:
        text = with_("[llm.proxy]\nmodel = 'litellm_proxy/x'\n")
        finding = next(f for f in found(text, {"LLM_BASE_URL": "http://h:4000"}) if f.group == "llm.proxy")
        assert finding.code is Code.NEEDS_BASE_URL


KEYS = {
    "${OPENAI_API_KEY}": Code.NOT_A_KEY, "${{ secrets.KEY }}": Code.NOT_A_KEY, "ENV_VAR:KEY": Code.NOT_A_KEY,
    "os.environ/KEY": Code.NOT_A_KEY, "{env:KEY}": Code.NOT_A_KEY, "op://vault/item/field": Code.NOT_A_KEY,
    "OPENAI_API_KEY": Code.NOT_A_KEY, "your-api-key": Code.NOT_A_KEY, "<your-api-key>": Code.NOT_A_KEY,
    "XXX": Code.NOT_A_KEY, f'"{KEY}"': Code.UNUSABLE_KEY, f"{KEY}\n": Code.UNUSABLE_KEY,
    f"\ufeff{KEY}": Code.UNUSABLE_KEY, KEY.replace("a", "\u0430"): Code.UNUSABLE_KEY, f" {KEY}": Code.UNUSABLE_KEY,
    f"Bearer {KEY}": Code.UNUSABLE_KEY,
}  # fmt: skip


class TestKeysThatCannotBeUsed:
    @pytest.mark.parametrize(("key", "code"), KEYS.items())
    def test_in_the_file(self, key: str, code: Code) -> None:
        findings = found(with_(f"api_key = {json.dumps(key)}\n"))
        wanted = [code] if code is Code.NOT_A_KEY else [code, Code.KEY_IN_FILE]
        assert [finding.code for finding in findings] == wanted
        assert (findings[0].severity, findings[0].line, findings[0].key) == (Severity.ERROR, 8, "api_key")
        assert not any(KEY[4:12] in finding.sentence + finding.hint for finding in findings)

    @pytest.mark.parametrize(("key", "code"), KEYS.items())
    def test_in_the_environment(self, key: str, code: Code) -> None:
        finding = only(GOOD, {"LLM_API_KEY": key})
        assert (finding.code, finding.severity, finding.line) == (code, Severity.ERROR, None)
        assert "LLM_API_KEY: " in finding.sentence
        assert KEY[4:12] not in finding.sentence + finding.hint

    @pytest.mark.parametrize("key", ["your-api-key", "XXX", "dummy", "EMPTY"])
    def test_a_server_of_ones_own_takes_any_text(self, key: str) -> None:
        text = with_(f"api_key = '{key}'\nbase_url = 'http://localhost:8000/v1'\n", model="openai/x")
        assert Code.NOT_A_KEY not in {finding.code for finding in found(text)}
        assert Code.NOT_A_KEY in {f.code for f in found(text.replace(key, "${KEY}"))}


class TestVariablesThatOpenHandsCannotRead:
    @pytest.mark.parametrize(
        ("name", "value", "said", "severity"),
        [
            ("LLM_NUM_RETRIES", '"3"', "ignores it", Severity.ERROR),
            ("LLM_NUM_RETRIES", "three", "ignores it", Severity.ERROR),
            ("LLM_RETRY_MIN_WAIT", "1.5", "ignores it", Severity.ERROR),
            ("LLM_TIMEOUT", "60s", "ignores it", Severity.ERROR),
            ("LLM_TEMPERATURE", "0,5", "ignores it", Severity.ERROR),
            ("LLM_SAFETY_SETTINGS", "[{", "does not start", Severity.ERROR),
            ("LLM_COMPLETION_KWARGS", '{"a": true}', "ignores it", Severity.ERROR),
            ("LLM_DROP_PARAMS", "yes", "for false", Severity.WARNING),
            ("LLM_CACHING_PROMPT", "on", "for false", Severity.WARNING),
            ("LLM_NUM_RETRIES", "-1", "1 or more", Severity.WARNING),
            ("LLM_REASONING_EFFORT", "high ", "one of", Severity.WARNING),
        ],
    )
    def test_are_named(self, name: str, value: str, said: str, severity: Severity) -> None:
        findings = [f for f in found(GOOD, {name: value}) if f.code is not Code.SHADOWED_BY_ENVIRONMENT]
        assert [(f.severity, f.line, f.group) for f in findings] == [(severity, None, "llm")]
        assert said in findings[0].sentence
        assert name in findings[0].sentence
        assert findings[0].hint

    def test_those_that_it_reads_are_not(self) -> None:
        environ = {"LLM_NUM_RETRIES": "8", "LLM_DROP_PARAMS": "True", "LLM_DISABLE_VISION": "0", "LLM_TIMEOUT": " 60 "}
        environ |= {"LLM_SAFETY_SETTINGS": "[]", "LLM_API_KEY": KEY, "LLM_MODEL": ""}
        assert not found(GOOD, environ)


def test_a_name_that_means_a_place_for_a_key_is_not_taken_for_a_misspelt_key() -> None:
    for name in ("api_key_env", "api_key_file", "api_key_command"):
        finding = only(with_(f"{name} = 'OPENAI_API_KEY'\n"))
        assert finding.code is Code.UNKNOWN_KEY
        assert "Did you mean" not in finding.hint
        assert "LLM_API_KEY" in finding.hint


def test_set_sends_nobody_with_the_name_of_a_variable_to_the_key() -> None:
    error = unknown_setting("api_key_env")
    assert "Did you mean" not in error.hint
    assert "key set" in error.hint


class TestGroups:
    def test_the_fault_of_llm_is_said_once(self) -> None:
        text = with_("[llm.a]\ntop_p = 1\n[llm.b]\ntop_p = 1\n", model="litellm_proxy/x")
        assert only(text).group == "llm"

    def test_a_key_for_another_host(self) -> None:
        text = with_(f"api_key = '{KEY}'\n[llm.local]\nmodel = 'openai/x'\nbase_url = 'http://h:8000/v1'\n")
        assert [f.key for f in found(text) if f.code is Code.GROUP_INHERITS_ENDPOINT] == ["api_key"]

    def test_a_key_for_the_same_provider_is_shared(self) -> None:
        text = with_(f"api_key = '{KEY}'\n[llm.fast]\nmodel = 'anthropic/y'\n")
        assert only(text).code is Code.KEY_IN_FILE

    def test_a_file_of_groups_only_is_no_error_and_its_groups_are_checked_for_themselves(self) -> None:
        text = f"[core]\n[llm.fast]\nmodel = 'openai/gpt-5'\n{RETRIES}"
        finding = only(text)
        assert (finding.code, finding.severity, finding.line) == (Code.NO_MODEL, Severity.WARNING, None)
        assert "-l NAME" in finding.hint
        assert not found(text, {"LLM_MODEL": "openai/gpt-5"})
        bare = [(f.code, f.severity, f.group, f.line) for f in found("[core]\n[llm.fast]\nseed = 3\n")]
        assert bare == [
            (Code.NO_MODEL, Severity.ERROR, "llm.fast", 2), (Code.NO_MODEL, Severity.WARNING, "llm", None),
            (Code.MISSING_RETRY_KEYS, Severity.WARNING, "llm.fast", 2),
        ]  # fmt: skip

    def test_a_dropped_section_is_checked_to_the_end(self) -> None:
        codes = {f.code for f in found(with_("x = 1\ntop_p = 2\n", model="litellm_proxy/x"))}
        assert codes == {Code.UNKNOWN_KEY, Code.OUT_OF_RANGE, Code.NEEDS_BASE_URL}


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("num_retrys", "num_retries"), ("numRetries", "num_retries"), ("retry-min-wait", "retry_min_wait"),
        ("LLM_MODEL", "model"), ("api_base", "base_url"), ("max_tokens", "max_output_tokens"), ("apikey", "api_key"),
        ("embedding_model", "LLM_EMBEDDING_MODEL"), ("embedding_base_url", "0.29"), ("zzz", "Remove it"),
    ],
)  # fmt: skip
def test_the_hint_names_what_was_meant(key: str, hint: str) -> None:
    assert hint in only(with_(f"{key} = 'x'\n")).hint


def test_errors_come_first() -> None:
    findings = found("[llm]\nmodel = 'litellm_proxy/x'\ntop_p = 3\nx = 1\n")
    assert [f.severity for f in findings] == sorted(
        (f.severity for f in findings), key=lambda s: s is not Severity.ERROR
    )


def test_no_finding_holds_a_secret() -> None:
    url = "https://user:hunter2-hunter2@h/x"
    text = (
        f"[llm]\nmodel = 'azure/x'\napi_key = ['{KEY}']\naws_secret_access_key = '{KEY}'\nbase_url = '{url}'\n"
        f"api_kee = '{KEY}'\n[llm.g]\nmodel = 'openai/x'\napi_key = '''{KEY}'''\n"
    )
    environ = {"LLM_AWS_SECRET_ACCESS_KEY": "other-" + KEY, "LLM_BASE_URL": url + "/y"}
    findings = found(text, environ, mode=0o644)
    assert {Code.SHADOWED_BY_ENVIRONMENT, Code.KEY_IN_FILE, Code.WRONG_TYPE} <= {f.code for f in findings}
    for said in (finding.message + finding.hint for finding in findings):
        assert KEY not in said
        assert "hunter2" not in said


def test_an_empty_key_is_no_secret() -> None:
    assert not found(with_("api_key = ''\n"), mode=0o644)


def test_a_missing_file_cannot_be_checked() -> None:
    with pytest.raises(SetupError) as caught:
        check(Path("nowhere.toml"), {})
    assert caught.value.status is Status.UNUSABLE


def test_every_code_is_tried_here_or_where_several_files_are_compared() -> None:
    here = Path(__file__).parent
    files = [*here.glob("test_check*.py"), here.parent / "commands/test_several_programs.py"]
    source = "".join(path.read_text() for path in files)
    assert not [code.name for code in Code if f"Code.{code.name}" not in source and f'"{code}"' not in source]


def test_a_large_file_takes_no_time() -> None:
    def groups(count: int) -> str:
        return GOOD + "".join(
            f"[llm.g{number}]\nmodel = 'anthropic/m{number}'\n" + "# a comment\n" * 44 + RETRIES
            for number in range(count)
        )

    assert not found(groups(200))
    assert is_linear(found, groups, 50)


def test_a_key_in_the_place_of_a_model_is_not_quoted_by_halves() -> None:
    """An AWS secret may hold a slash: what stands before it is no provider's name."""
    messages = [finding.message for finding in found(with_("", "wJalrXUt7FEMI/K7MDENG+bPxRfiCYEX3MPLEKEY"))]
    assert any("provider “•••”" in message for message in messages)
    assert "wJalr" not in "".join(messages)
