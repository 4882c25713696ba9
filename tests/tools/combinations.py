"""Hostile files, environments and words of commands, in combinations that a seed draws."""

import json
import random
from typing import NamedTuple

from tui.base.key_shapes import beginning_of

KEYS = {
    "of the environment": "sk-proj-Env7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0PgQe",
    "of the private file": "sk-ant-api03-File4Rt8Vb3Nc6Yd1Hs5Jf0PgQe7Lm2Xw9",
    "of config.toml": "sk-or-v1-Conf9c8e7d6b5a4938271605f4e3d2c1b0a9",
    "hex": "9f8e7d6c5b4a39281706f5e4d3c2b1a0",
    "AWS": "wJalrXUt7FEMI/K7MDENG+bPxRfiCYEX3MPLEKEY",
    "drawn by lot": "Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg",
    "a token": "ghp_Tok4Rt8Vb3Nc6Yd1Hs5Jf0PgQe7Lm2Xw9Ka",
}
"""Each of them may stand where it should not."""
_MODELS = [
    "openai/gpt-4o", "anthropic/claude-sonnet-4-5", "gpt-4o", "bedrock/anthropic.claude-v2", "azure/KEY",
    "openai/KEY",
    "KEY", "replicate/stranger/model", "ollama/llama3", "openhands/x", "litellm_proxy/KEY", "vertex_ai/gemini",
    "x/y/z",
    " openai/gpt-4o", "openai/\\u001b]52;c;eA==\\u0007", "openai/\\u202egpt", "", "openrouter/auto", "sagemaker/KEY",
]  # fmt: skip
_URLS = [
    "STRANGER", "http://127.0.0.1:9/v1", "https://user:KEY@h.example/v1", "https://h.example/KEY/v1", "KEY",
    "h.example",
    "https://h.example/v1?key=KEY", "https://h.example/#KEY", "ftp://h", "http://[x", "https://\\u001b[31mh",
    "//KEY@h",
    "https://api.openai.com/v1", "http:/h", "https://h:99999/", "https://u:KEY/x@h",
]  # fmt: skip
_LINES = [
    'api_key = "KEY"', 'api_key = ["KEY"]', "api_key = {a = 'KEY'}", 'api_key = """KEY\nKEY"""', 'api_key = "${KEY}"',
    "api_key = '\"KEY\"'", "# KEY", "# api_key = KEY", "# Authorization: Bearer KEY", "seed = nan", "seed = -0.0",
    "num_retries = 9223372036854775808", "num_retries = inf", "retry_min_wait = -1", "retry_multiplier = 1e308",
    "temperature = 2024-01-01", "timeout = 0001-01-01T00:00:00+23:59", 'aws_region_name = "KEY"',
    "max_message_chars = []",
    'aws_secret_access_key = "KEY"', 'aws_access_key_id = "AKIAKEY"', 'api_version = "KEY"', '"KEY" = 1', "KEY = 1",
    'custom_llm_provider = "KEY"', 'custom_llm_provider = "anthropic"', 'ollama_base_url = "https://u:KEY@h"',
    'completion_kwargs = {extra_headers = {Authorization = "Bearer KEY"}}', 'completion_kwargs = {"KEY" = 1}',
    'completion_kwargs = {api_base = "STRANGER"}', 'openrouter_app_name = "a\\u001b]0;KEY\\u0007"',
    "caching_prompt = 'KEY'",
    'safety_settings = [{category = "KEY"}]', 'reasoning_effort = "KEY"', "num_retires = 3", 'correct_num = "KEY"',
     'openrouter_site_url = "https://KEY@h/"', 'input_cost_per_token = "KEY"',
]  # fmt: skip
_TABLES = [
    '[llm.KEY]\nmodel = "openai/x"', '[llm."KEY"]', '[llm.g]\nmodel = "openai/KEY"\napi_key = "KEY"',
    "[llm.g]\nseed = nan",
    '[llm.llm]\nbase_url = "STRANGER"', '[agent]\nllm_config = "KEY"', '[sandbox]\nenv = {A = "KEY"}', "[[llm.g]]",
    '[security]\nKEY = "x"', '[mcp]\nsse_servers = [{url = "https://h?k=KEY", api_key = "KEY"}]',
    "[condenser]\ntype = 3",
    '[llm."g\\u001b[2J"]\nseed = 1', '[llm."draft_editor"]\nmodel = "openai/x"', "[KEY]", 'x."KEY".y = 1',
]  # fmt: skip
_ENDS = ["", "\n", "\r\n", "\x00", "\ufeff", '"""', "[llm\n", "= 3", "\ud800", "a = 1\na = 1\n", "\x1b[31m", "# KEY"]
_VARIABLES = [
    ("LLM_API_KEY", "ENV"), ("LLM_API_KEY", '"ENV"'), ("LLM_API_KEY", "Bearer ENV"), ("LLM_API_KEY", "ENV\n"),
    ("LLM_API_KEY", ""),
    ("OPENAI_API_KEY", "ENV"), ("ANTHROPIC_API_KEY", "ENV"), ("LLM_MODEL", "KEY"), ("LLM_MODEL", "openai/KEY\r"),
    ("LLM_BASE_URL", "STRANGER"), ("LLM_BASE_URL", "https://u:KEY@h/v1"), ("LLM_NUM_RETRIES", "nan"),
    ("LLM_TIMEOUT", "1e999"),
    ("LLM_CUSTOM_LLM_PROVIDER", "KEY"), ("LLM_COMPLETION_KWARGS", "{'a': KEY}"), ("LLM_COMPLETION_KWARGS",
    "[" * 5000),
    ("HTTPS_PROXY", "http://u:KEY@127.0.0.1:9"), ("NO_PROXY", "*"), ("COLUMNS", "1"), ("LANG", "zh_CN.UTF-8"),
    ("TERM", "KEY"),
    ("PYTHON_KEYRING_BACKEND", "KEY"), ("LLM_SETUP_CATALOGUE", "KEY"), ("LLM_AWS_REGION_NAME", "x.evil/"),
    ("XDG_CACHE_HOME", "/dev/null"),
    ("LLM_SETUP_FOR", "KEY"), ("LLM_SETUP_CONFIG", "config.toml"), ("PYTHONIOENCODING", "ascii"), ("LLM_SEED",
    "0x10"),
]  # fmt: skip
_COMMANDS = [
    "check", "check --json", "show", "show --json", "schedule", "schedule --json", "env", "env --format json",
    "env --format docker", "env --format dotenv", "set seed=4", "set seed=4 --dry-run",
    "set model=openai/KEY --dry-run",
    "set base_url=https://u:KEY@h --dry-run", "set temperature=nan", "set num_retries=4 --group g", "set --unset KEY",
    "set base_url=https://h/v1 model=openai/x", "key status", "key status --json", "key delete",
    "key move --store file",
    "key set --store file", "key KEY", "group copy g h", "group rename g h", "group add KEY", "group remove g",
    "undo",
    "models --search KEY", "models --provider KEY", "models --search gpt --json", "providers --json", "exec -- true",
    "test --rehearse down --json --speed 1000000", "test --rehearse KEY", "KEY", "--theme KEY", "show --group KEY",
    "test --json", "models --live", "show --for cli", "check --for cli,toml", "set seed=3 --for cli --dry-run",
    "env --for cli",
    "completion bash", "set --for KEY seed=1", "show --config KEY", "test --prompt KEY --json", "exec", "exec -- KEY",
]  # fmt: skip


class Combination(NamedTuple):
    """What is tried; in none of the texts a key stands but those of `KEYS`."""

    number: int
    toml: bytes
    settings: bytes
    """Of the OpenHands CLI."""
    environ: dict[str, str]
    words: list[str]
    stdin: str
    keys: list[str]
    """Those that stand somewhere."""

    @property
    def case(self) -> str:
        """In a few words."""
        return f"number {self.number}: {' '.join(self.words)}, {self.environ}, {self.toml[:600]!r}"


def combination(number: int, stranger: str) -> Combination:
    """The one that `number` draws; a server that no key was given for listens at `stranger`."""
    chance = random.Random(number)
    used: list[str] = []

    def filled(text: str, key: str = "") -> str:
        drawn = key or chance.choice([*KEYS.values()])
        if "KEY" in text.replace("KEYRING", "").replace("API_KEY", ""):
            used.append(drawn)
            text = text.replace("API_KEY", "\0").replace("KEYRING", "\1").replace("KEY", drawn)
        return text.replace("\0", "API_KEY").replace("\1", "KEYRING").replace("STRANGER", stranger)

    toml = "[core]\n[llm]\n" if chance.random() < 0.9 else ""
    if chance.random() < 0.85:
        toml += filled(f'model = "{chance.choice(_MODELS)}"\n')
    if chance.random() < 0.5:
        toml += filled(f'base_url = "{chance.choice(_URLS)}"\n')
    for lines, most in ((_LINES, 4), (_TABLES, 2)):
        chosen = chance.sample(lines, chance.randrange(most + 1))
        toml += "".join(filled(line) + "\n" for line in chosen)
    if chance.random() < 0.15:
        toml += filled(chance.choice(_ENDS))
    environ = {
        name: filled(value).replace("ENV", KEYS["of the environment"])
        for name, value in chance.sample(_VARIABLES, chance.choice([0, 0, 1, 1, 2, 3]))
    }
    if any(KEYS["of the environment"] in value for value in environ.values()):
        used.append(KEYS["of the environment"])
    words = [filled(word) for word in chance.choice(_COMMANDS).split()]
    settings = {
        "llm": {
            "model": filled(chance.choice(_MODELS)), "base_url": filled(chance.choice(_URLS)),
            "api_key": filled("KEY"), "num_retries": chance.choice([3, "x", 10**400, None, [], -1, 1.5]),
            "litellm_extra_body": {filled("KEY"): filled("KEY")},
        },
        filled("KEY"): filled("KEY"),
    }  # fmt: skip
    text = json.dumps(settings)[: chance.choice([None, None, None, 30])] if chance.random() < 0.3 else ""
    return Combination(
        number, toml.encode(errors="surrogatepass"), text.encode(), environ, words, filled("KEY\n"), [*set(used)]
    )


def shown(key: str, text: str, least: int = 10) -> bool:
    """Whether `least` letters of what is secret in `key` stand in `text`, whatever stands between them."""
    letters = "".join(c for c in text.lower() if c.isalnum())
    bare = "".join(c for c in key.removeprefix(beginning_of(key)).lower() if c.isalnum())
    return any(bare[at : at + least] in letters for at in range(len(bare) - least + 1))
