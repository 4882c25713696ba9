"""What the tests of real programs set up: values, providers, and commands of ours as a user of a home gives them."""

import itertools
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tools.secret_service import SecretService

from tui.openhands.field import Field, Kind
from tui.openhands.fields import BY_KEY
from tui.openhands.targets.schema import SHORTEST_CONTEXT

KEY = "sk-proj-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1"
REFUSED = [
    ("num_retries", -1), ("num_retries", None), ("num_retries", "x"), ("retry_min_wait", 1.5), ("retry_max_wait", []),
    ("retry_multiplier", -0.5), ("reasoning_effort", "minimal"), ("model", ""), ("model", None), ("top_p", 1.5),
    ("timeout", -1), ("drop_params", "perhaps"), ("drop_params", None), ("max_message_chars", 0), ("api_key", 5),
    ("max_output_tokens", 0), ("temperature", -1), ("base_url", 5), ("openrouter_app_name", None), ("seed", 1.5),
    ("extra_headers", {"a": 1}), ("extra_headers", []), ("usage_id", 3), ("input_cost_per_token", "a"),
]  # fmt: skip
TAKEN = [
    ("num_retries", "8"), ("num_retries", 8.0), ("num_retries", True), ("retry_multiplier", "2.5"), ("timeout", None),
    ("drop_params", "yes"), ("drop_params", 1), ("seed", "-3"), ("temperature", "0.5"), ("top_k", 5),
    ("disable_vision", None), ("num_retries", 0), ("extra_headers", {"a": "b"}), ("unknown", [1]), ("api_key", " "),
]  # fmt: skip


def refused_and_taken(record: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Settings with values that a program refuses or takes: whichever it is, `check` says the same."""
    values = [*REFUSED, *TAKEN, ("max_input_tokens", SHORTEST_CONTEXT)]
    return [(name, value) for name, value in values if name in record or name == "unknown"]


def some(field: Field, chance: random.Random) -> Any:
    """A value that the field takes."""
    if field.key == "max_input_tokens":
        return chance.randint(SHORTEST_CONTEXT, 1_000_000)
    most = 0.5 if field.key.endswith("per_token") else 1
    match field.kind:
        case Kind.INTEGER:
            return chance.randint(max(1, int(field.minimum) if field.minimum > -1e9 else 1), 9999)
        case Kind.NUMBER:
            return round(chance.random() * most, 3)
        case Kind.SWITCH:
            return chance.random() < 0.5
        case Kind.CHOICE:
            return chance.choice(field.choices)
    return chance.choice(["x", "é", "a b", "https://h.example/v1", "quote ' and \" and \\", "日本"])


def holding(home: Path, *keys: str) -> set[str]:
    """The files below `home` in which one of `keys` stands."""
    files = (path for path in home.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path.relative_to(home)) for path in files if any(key.encode() in path.read_bytes() for key in keys)}


@contextmanager
def own_place() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Where we keep a key: a keyring, and the variables that lead there; a private file where none can be started."""
    if shutil.which("dbus-daemon") and shutil.which("gnome-keyring-daemon"):
        with SecretService() as environ:
            yield "keyring", environ
    else:
        yield "file", {}


def llm_setup(home: Path, *words: str, key: str = "", **more: str) -> str:
    """A command of ours, as a user of that home would give it."""
    environ = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **more}
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words], input=key, cwd=home, env=environ, capture_output=True, text=True,
        check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass(frozen=True)
class Setup:
    """One provider, as `set` is told, and what its request must have."""

    words: tuple[str, ...]
    path: str
    key: str = KEY
    base: str = "{root}"
    answered: bool = True


SETUPS = (
    Setup(("model=openai/gpt-test",), "/v1/chat/completions", base="{root}/v1"),
    Setup(("model=anthropic/claude-sonnet-4-5",), "/v1/messages"),
    Setup(("model=azure/dep", "api_version=2024-10-21"), "/openai/deployments/dep/chat/completions"),
    Setup(("model=openrouter/a/b",), "/v1/chat/completions", base="{root}/v1"),
    Setup(("model=gemini/gemini-2.5-flash",), "/models/gemini-2.5-flash:generateContent"),
    Setup(("model=groq/x",), "/v1/chat/completions", base="{root}/v1"),
    Setup(("model=mistral/x",), "/v1/chat/completions", base="{root}/v1"),
    Setup(("model=deepseek/deepseek-chat",), "/v1/chat/completions", base="{root}/v1"),
    Setup(("model=litellm_proxy/x",), "/chat/completions"),
    Setup(("model=ollama/llama3",), "/api/generate", key=""),
    Setup(("model=bedrock/us.amazon.nova-lite-v1:0", "aws_region_name=us-east-1"), "/model/", key="", base="",
          answered=False),
)  # fmt: skip
AWS = {"AWS_ACCESS_KEY_ID": "AKIAZQ7LM2XW9KA4RT8V", "AWS_SECRET_ACCESS_KEY": "Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Zq7Lm2Xw9Ka4Rt8V"}


def real_program(request: pytest.FixtureRequest, called: str, installed: Callable[[], Path | None]) -> Path:
    """The folder in which the real program is installed; skips the test unless such tests are wanted."""
    if not request.config.getoption("--with-openhands"):
        pytest.skip(f"{called}: it is run with --with-openhands")
    folder = installed()
    if folder is None:
        pytest.skip("uv is not installed")
    return folder


def random_settings(known: Iterable[str], count: int) -> Iterator[tuple[random.Random, dict[str, Any]]]:
    """So many models with settings of those that are known; and the chance by which the caller goes on."""
    chance, fields = random.Random(1), [BY_KEY[key] for key in sorted({*known} - {"model", "custom_tokenizer"})]
    for number in range(count):
        chosen = chance.sample(fields, chance.randint(0, len(fields)))
        yield chance, {"model": f"openai/m{number}", **{field.key: some(field, chance) for field in chosen}}


def each_set_up(home: Path, target: str, root: str, file: str) -> Iterator[tuple[Setup, str, dict[str, str]]]:
    """Each provider at `root`, its key in the file and kept by us: the text of the file, and what the program gets."""
    numbers = itertools.count()
    with own_place() as (ours, bus):
        for setup in SETUPS:
            for place in ("config", ours) if setup.key else ("",):
                own = home / str(next(numbers))
                own.mkdir()
                base = [f"base_url={setup.base.format(root=root)}"] if setup.base else []
                llm_setup(own, "set", "--for", target, *setup.words, *base, "num_retries=1")
                if place:
                    llm_setup(own, "key", "set", "--for", target, "--store", place, key=setup.key, **bus)
                words = ("env", "--for", target, "--show-secrets", "--format", "json")
                given = json.loads(llm_setup(own, *words, **bus))
                assert bool(given) == (place == ours)
                environ = given if setup.base else {**AWS, "AWS_BEDROCK_RUNTIME_ENDPOINT": root}
                yield setup, (own / ".openhands" / file).read_text(), environ


def require_reached(set_up: Sequence[Setup], told: Sequence[str], calls: Sequence[Mapping[str, Any]]) -> None:
    """Each that answers was answered, asked at its path, with its key."""
    assert [(setup.words[0], "answered") for setup in set_up if setup.answered] == [
        (setup.words[0], answer) for setup, answer in zip(set_up, told, strict=True) if setup.answered
    ]
    for setup, request in zip(set_up, calls, strict=False):
        assert setup.path in request["path"], setup.words
        assert not setup.key or setup.key in json.dumps(request), setup.words
    versions = [request["path"].partition("api-version=")[2] for request in calls if "/deployments/" in request["path"]]
    assert versions == ["2024-10-21"] * 2
