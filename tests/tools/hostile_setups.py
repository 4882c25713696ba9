"""Settings of a stranger that try to take a key somewhere else, and what comes of them in a made-up internet.

`hostile_setups.py FOLDER COUNT PARTS` tries COUNT set-ups in each mode, in PARTS forks of one process that has imported
litellm, and leaves MODE-PART.jsonl: one line for each set-up, and one at the end with what they came to. `test` calls
each as the live test does, without first asking whether the settings agree: only the guard is in the way. `openhands`
calls those that `exec` would hand over, with litellm alone and nobody watching; `unwatched` does that with all of them,
of which it tries `FEW`, and shows that the attack is one.
"""

import asyncio
import contextlib
import gc
import importlib
import itertools
import json
import os
import random
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TextIO
from urllib.parse import quote, urlsplit

from tools.fake_internet import AllHosts, FakeInternet

from tui.base import guard
from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.checks.agreement import require_agreement
from tui.config_file.document import ConfigText, read_config
from tui.drafts.draft import Draft, take_effective
from tui.drafts.own_settings import OwnSettings
from tui.saving.consent import Risk
from tui.trial import plan, probe, wire
from tui.trial.probe_client import _message
from tui.trial.probe_order import ProbeOrder

ALL = 3638
FEW = 60
KEY = "sk-MARK-0123456789abcdefghijklmnop"
ACCESS, SECRET = "AKIAMARK0123456789AB", "MARKsecret/0123456789+abcdefghijklmnopqr"
MARKS = [mark.encode() for key in (KEY, ACCESS, SECRET) for mark in (key, quote(key, safe=""))]

PREFIXES = (
    "anthropic", "openai", "gemini", "openrouter", "azure", "groq", "litellm_proxy", "bedrock", "mistral", "deepseek",
    "xai", "moonshot", "ollama", "lm_studio", "replicate", "openhands", "cohere", "cohere_chat", "huggingface",
    "sagemaker", "sagemaker_chat", "databricks", "watsonx", "watsonx_text", "cloudflare", "snowflake", "together_ai",
    "fireworks_ai", "azure_ai", "datarobot", "nlp_cloud", "predibase", "aiohttp_openai", "text-completion-openai",
    "hosted_vllm", "bedrock_mantle", "vertex_ai", "perplexity", "baseten", "oobabooga", "triton", "petals", "vllm",
    "clarifai", "ai21", "aleph_alpha", "maritalk", "custom", "custom_openai", "openai_like", "volcengine", "gigachat",
    "xinference", "ovhcloud", "gradient_ai", "bytez", "langgraph", "langflow", "oci", "sap", "meta_llama", "nadir",
)  # fmt: skip
PATHS = (
    "x", "stranger/model", "replicate/stranger/model", "my-replicate", "https://evil.example/x", "http://evil.example",
    "//evil.example/x", "@evil.example/x", "x@evil.example", "../../../evil.example", "x?u=https://evil.example",
    "x#evil.example", "evil.example/anthropic.claude-v2", "us-west-2/anthropic.claude-v2", "agent/ABC/DEF",
    "agentcore/arn:aws:bedrock-agentcore:us-east-1:1:runtime/x", "converse/anthropic.claude-v2", "invoke/x",
    "arn:aws:bedrock:evil.example/:1:inference-profile/x", "arn:aws:bedrock:us-east-1:1:inference-profile/x",
    "converse/arn:aws:bedrock:evil.example#:1:application-inference-profile/x", "anthropic.claude-v2", "claude-2",
    "command-r", "command-r-plus", "gpt-4o", "gpt-3.5-turbo-instruct", "ft:gpt-3.5-turbo:x", "ft:babbage-002",
    "openai/gpt-4o", "anthropic/claude-sonnet-4", "clarifai/a.b.c", "responses/x", "deepseek-chat", "mistral-large",
    "meta/llama:02e509c789964a7ea8736978a43525956ef40397be9033abf9fd2badfe68c9e3", "gpt-5", "snowflake-arctic",
)  # fmt: skip
CUSTOM = ("anthropic", "openai", "openrouter", "bedrock", "replicate", "litellm_proxy", "azure", "gemini",
          "custom_openai", "cohere", "sagemaker", "huggingface", "ollama", "databricks", "groq", "mistral")  # fmt: skip
REGIONS = ("us-east-1", "evil.example/", "x.evil.example#", "us-east-1.evil.example/", "evil.example?",
           "a@evil.example/", "evil.example:443/", "us-east-1\\\\@evil.example", "..", "us-east-1%2eevil")  # fmt: skip
URLS = (
    "https://evil.example/v1", "http://evil.example", "https://api.anthropic.com@evil.example",
    "https://evil.example#@api.openai.com", "https://api.openai.com.evil.example/v1", "//evil.example", "evil.example",
    "https://evil.example\\\\@api.openai.com", "https://user:pw@evil.example/", "https://127.0.0.1:1", "https://[::1]",
    "https://api.openai.com/v1", "https://evil.example:8443/x?y=https://api.openai.com", "https://a.openai.azure.com",
    "https://eviL.eXample./v1", "ftp://evil.example", "https://us-south.ml.cloud.ibm.com",
)  # fmt: skip
KWARGS = (
    "{ min_p = 0.0 }", '{ api_base = "https://evil.example" }', '{ base_url = "https://evil.example" }',
    '{ aws_bedrock_runtime_endpoint = "https://evil.example" }', '{ fallbacks = ["replicate/x", "openai/x"] }',
    '{ aws_sts_endpoint = "https://evil.example", aws_role_name = "r", aws_session_name = "s" }',
    '{ deployment_id = "x" }', "{ azure = true }", "{ use_litellm_proxy = true }", '{ model = "replicate/x" }',
    '{ aws_region_name = "evil.example/" }', '{ vertex_location = "evil.example/" }',
    '{ extra_headers = { Host = "evil.example" } }', '{ custom_llm_provider = "replicate" }',
)  # fmt: skip
ENVIRONS: tuple[dict[str, str], ...] = (
    {"AWS_REGION": "evil.example/"}, {"AWS_DEFAULT_REGION": "x.evil.example#"},
    {"VERTEXAI_LOCATION": "evil.example/"}, {"AWS_REGION_NAME": "evil.example/"},
)  # fmt: skip

ODD: dict[str, tuple[Any, ...]] = {
    "custom_llm_provider": CUSTOM, "aws_region_name": REGIONS, "base_url": URLS, "kwargs": KWARGS, "environ": ENVIRONS,
}  # fmt: skip

HOMES = {
    "aiohttp_openai": r"api\.openai\.com", "anthropic": r"api\.anthropic\.com", "azure": r"$", "azure_ai": r"$",
    "baseten": r"(inference|.*\.api)\.baseten\.co",
    "bedrock": r"bedrock-[a-z-]+\.[a-z0-9-]+\.amazonaws\.(com(\.cn)?|eu)",
    "bedrock_mantle": r"bedrock-mantle\.[a-z0-9-]+\.api\.aws", "cohere_chat": r"api\.cohere\.com",
    "gigachat": r"(ngw|gigachat)\.devices\.sberbank\.ru", "github": r"models\.inference\.ai\.azure\.com",
    "huggingface": r"(router\.)?huggingface\.co", "openai": r"api\.openai\.com", "ollama": r"localhost",
    "openhands": r"llm-proxy\.app\.all-hands\.dev", "sagemaker": r"runtime\.sagemaker\.[a-z0-9-]+\.amazonaws\.com",
    "sagemaker_chat": r"runtime\.sagemaker\.[a-z0-9-]+\.amazonaws\.com", "together_ai": r"api\.together\.(ai|xyz)",
    "text-completion-openai": r"api\.openai\.com", "gemini": r"generativelanguage\.googleapis\.com",
    "replicate": r"api\.replicate\.com", "openrouter": r"openrouter\.ai", "groq": r"api\.groq\.com",
    "mistral": r"api\.mistral\.ai", "deepseek": r"api\.deepseek\.com", "xai": r"api\.x\.ai",
    "nadir": r"api\.getnadir\.com",
    "moonshot": r"api\.moonshot\.ai", "perplexity": r"api\.perplexity\.ai", "fireworks_ai": r"api\.fireworks\.ai",
    "datarobot": r"app\.datarobot\.com", "nlp_cloud": r"api\.nlpcloud\.io",
    "predibase": r"serving\.app\.predibase\.com",
    "cloudflare": r"api\.cloudflare\.com", "ai21_chat": r"api\.ai21\.com", "maritalk": r"chat\.maritaca\.ai",
    "volcengine": r"ark\.cn-beijing\.volces\.com", "ovhcloud": r"oai\.endpoints\.kepler\.ai\.cloud\.ovh\.net",
    "gradient_ai": r"inference\.do-ai\.run", "bytez": r"api\.bytez\.com", "meta_llama": r"api\.llama\.com",
    "clarifai": r"api\.clarifai\.com", "langgraph": r"localhost", "langflow": r"localhost",
    "meta": r"api\.meta\.ai",
}  # fmt: skip
"""Whose servers a provider's key is for, written down apart from the program's own table."""
BARE = {"ft:gpt-3.5-turbo:x": "openai", "ft:babbage-002": "openai", "anthropic.claude-v2": "bedrock"}
"""Names without a provider that litellm knows, and we do not: whose they are."""


class Setup(NamedTuple):
    """One hostile set-up: the text of a config.toml, its group, and the environment."""

    text: str
    group: str
    environ: dict[str, str]


def setups(count: int) -> Iterator[Setup]:
    """The first `count`, always the same: each prefix with each path, and up to three more things that are odd."""
    draw = random.Random(14)
    pairs = list(itertools.product(PREFIXES, PATHS))
    draw.shuffle(pairs)
    for prefix, path in itertools.islice(itertools.cycle(pairs), count):
        odd = {key: draw.choice(values) for key, values in draw.sample([*ODD.items()], draw.choice((0, 1, 1, 2, 3)))}
        said = {"model": path if draw.random() < 0.06 else f"{prefix}/{path}"}
        said |= {key: odd[key] for key in ("custom_llm_provider", "aws_region_name", "base_url") if key in odd}
        lines = [f'{key} = "{value}"' for key, value in said.items()]
        kwargs = [f"completion_kwargs = {odd['kwargs']}"] if "kwargs" in odd else []
        tables = ["[core]", "[llm]", *(["[llm.own]"] if kwargs else [])]
        yield Setup("\n".join([*tables, *lines, *kwargs]), tables[-1].strip("[]"), odd.get("environ", {}))


def draft_of(setup: Setup, path: Path) -> Draft:
    """The set-up as commands take it."""
    path.write_text(setup.text + "\n")
    config: ConfigText = read_config(path)
    draft = Draft(config, OwnSettings(), setup.environ, setup.group)
    take_effective(draft)
    return draft


def is_home(draft: Draft, host: str) -> bool:
    """Whether the key of these settings may be seen at `host`."""
    credential = draft.credential()
    if host == "iam.cloud.ibm.com":  # where a key of IBM's becomes a token for IBM
        return (urlsplit(credential.origin or "").hostname or ".cloud.ibm.com").endswith(".cloud.ibm.com")
    if credential.origin and not credential.origin.startswith("unclear:"):
        return urlsplit(credential.origin).hostname == host.lower()
    if credential.origin:
        return False
    model = draft.effective_text("model")
    named = draft.effective_text("custom_llm_provider") or BARE.get(model) or model.partition("/")[0]
    id_ = named if credential.provider == "unknown" else credential.provider
    return re.fullmatch(HOMES.get(id_, "$"), host) is not None


def keys_of(draft: Draft) -> dict[str, Secret]:
    """A key for each secret that the provider takes, and one for those that we know little of."""
    keys = {"api_key": KEY, "aws_access_key_id": ACCESS, "aws_secret_access_key": SECRET}
    return {key: Secret(keys[key]) for key in draft.secret_keys() or keys}


def order_for(draft: Draft, *, agreed: bool) -> ProbeOrder | None:
    """What is called; None where the program refuses, `agreed` or not: where the settings have to agree."""
    plan.require_agreement = require_agreement if agreed else (lambda _draft: None)
    try:
        return plan.order_of(draft, "hi", keys_of(draft), [*Risk])
    except SetupError:
        return None


async def call(order: ProbeOrder, *, watched: bool) -> None:
    """One call by the probe's own handler, with the guard or without."""
    if not watched:
        wire.begin = lambda _allowed, _logins=(): open_watch()  # type: ignore[assignment]
    with contextlib.suppress(Exception):
        await probe.call({**_message(order, 5.0)})


class OpenWatch(wire.Watch):
    """Counts, and refuses nothing."""

    def leaving(self, request: Any) -> None:
        """Let it go."""


def open_watch() -> wire.Watch:
    """In the place of `wire.begin`."""
    watch = OpenWatch([])
    watch.allowed_hosts = AllHosts()
    wire._watch.set(watch)
    guard.allowed_hosts.set(watch.allowed_hosts)
    return watch


async def try_them(mode: str, chosen: Iterable[Setup], internet: FakeInternet, folder: Path, tell: TextIO) -> None:
    """One after another, so that each request belongs to one set-up."""
    called = 0
    for setup in chosen:
        draft = draft_of(setup, folder / "config.toml")
        order = order_for(draft, agreed=mode == "openhands")
        before = len(internet.requests)
        if order is not None:
            called += 1
            await asyncio.create_task(call(order, watched=mode == "test"))
        seen = internet.requests[before:]
        hosts = [host for host, _port, request in seen if any(mark in request for mark in MARKS)]
        foreign = [host for host in hosts if not is_home(draft, host)]
        told = {"setup": setup, "owner": draft.credential().service, "hosts": hosts, "foreign": foreign}
        print(json.dumps(told), file=tell)
    print(json.dumps({"called": called, "requests": len(internet.requests)}), file=tell)


def fork(mode: str, part: int, chosen: Iterable[Setup], internet: FakeInternet, folder: Path) -> int:
    """Try them in a process of its own; its id."""
    if pid := os.fork():
        return pid
    try:
        own = folder / f"{mode}-{part}"
        own.mkdir()
        internet.open()
        with own.with_suffix(".jsonl").open("w") as tell:
            asyncio.run(try_them(mode, chosen, internet, own, tell))
        os._exit(0)
    finally:
        os._exit(1)


def main(folder: Path, count: int, parts: int) -> int:
    """The number of forks that failed."""
    internet = FakeInternet(folder)
    internet.install()
    wire.install()
    asyncio.run(probe.warm({}))
    importlib.import_module("openai.resources")
    importlib.import_module("anyio").sleep = lambda _pause: asyncio.sleep(0)  # before OpenAI's client tries again
    every = [*setups(count)]
    order_for(draft_of(every[0], folder / "config.toml"), agreed=True)  # reads the catalogue
    gc.freeze()
    jobs = [(mode, part, every[part::parts]) for mode in ("test", "openhands") for part in range(parts)]
    jobs.append(("unwatched", 0, every[:FEW]))
    forks = [fork(mode, part, chosen, internet, folder) for mode, part, chosen in jobs]
    return sum(os.waitpid(pid, 0)[1] != 0 for pid in forks)


if __name__ == "__main__":
    os._exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
