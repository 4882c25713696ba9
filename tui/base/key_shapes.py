"""What an API key looks like: the one place that knows, asked by masks, pastes, drafts, search boxes and commands.

It lies at the bottom of the house, because the mask of a file needs it as much as the Key step does.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

from tui.base.secret import Secret


class Shape(NamedTuple):
    """Keys that begin alike."""

    beginning: str
    provider: str
    """The catalogue's id of the only provider whose keys begin so; "" where several have them, or none of ours."""
    source: str
    """Where that is known from."""
    example: str
    """Made up."""
    plain: bool = False
    """Nothing but letters and digits follows: without that, names in programs begin so as well."""


_MADE_UP: Final = "Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg"


def _shape(beginning: str, provider: str, source: str, *, plain: bool = False) -> Shape:
    return Shape(beginning, provider, source, beginning + _MADE_UP, plain)


_PAGE, _GITLEAKS, _SCANNING = "the provider's key page", "gitleaks", "GitHub's secret scanning"
SHAPES: Final = (
    _shape("sk-ant-", "anthropic", _GITLEAKS),
    _shape("sk-or-", "openrouter", _PAGE),
    _shape("sk-proj-", "openai", _GITLEAKS),
    _shape("sk-svcacct-", "openai", _GITLEAKS),
    _shape("sk-admin-", "openai", _GITLEAKS),
    _shape("sk-", "", "OpenAI, DeepSeek, Moonshot, OpenHands and most proxies"),
    _shape("pk-", "", "Langfuse"),
    _shape("rk-", "", "OpenAI's older restricted keys"),
    _shape("sess-", "", "OpenAI's sessions"),
    _shape("gsk_", "groq", _PAGE),
    _shape("AIza", "gemini", _GITLEAKS),
    _shape("AQ.", "gemini", _PAGE),
    _shape("ya29.", "", "Google's access tokens"),
    _shape("xai-", "xai", _PAGE),
    _shape("pplx-", "perplexity", _GITLEAKS),
    _shape("nvapi-", "nvidia_nim", _PAGE),
    _shape("csk-", "cerebras", _PAGE),
    _shape("fw_", "fireworks_ai", _PAGE, plain=True),
    _shape("tgp_v1_", "together_ai", _PAGE),
    _shape("r8_", "replicate", _PAGE, plain=True),
    _shape("hf_", "huggingface", _GITLEAKS, plain=True),
    _shape("api_org_", "huggingface", _GITLEAKS, plain=True),
    _shape("ghp_", "github", _GITLEAKS, plain=True),
    _shape("gho_", "", _GITLEAKS, plain=True),
    _shape("ghu_", "", _GITLEAKS, plain=True),
    _shape("ghs_", "", _GITLEAKS, plain=True),
    _shape("github_pat_", "github", _GITLEAKS),
    _shape("glpat-", "", _GITLEAKS),
    _shape("vck_", "vercel_ai_gateway", _PAGE, plain=True),
    _shape("jina_", "jina_ai", _PAGE, plain=True),
    _shape("pa-", "voyage", _PAGE),
    _shape("dapi", "databricks", _GITLEAKS, plain=True),
    _shape("dop_v1_", "", _GITLEAKS, plain=True),
    _shape("AKIA", "", _GITLEAKS, plain=True),
    _shape("ASIA", "", _GITLEAKS, plain=True),
    _shape("ABSK", "bedrock", _GITLEAKS),
    _shape("bedrock-api-key-", "bedrock", _GITLEAKS),
    _shape("sk_", "", _SCANNING, plain=True),
    _shape("sk_live_", "", _SCANNING, plain=True),
    _shape("e2b_", "", _PAGE, plain=True),
    _shape("tvly-", "", _PAGE),
    _shape("lsv2_", "", _PAGE),
    _shape("cpk_", "chutes", _PAGE),
)
"""Longer beginnings stand before those that they begin with."""
_JWT: Final = r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?"
"""Keys of MiniMax, Hyperbolic and others; session tokens of most."""
_LEAST: Final = 16
"""Characters after the beginning, in running text; of a text that is nothing else, 12 are enough."""
_WEAK: Final = frozenset({"pk-", "rk-", "pa-", "dapi", "ABSK", "AKIA", "ASIA"})
"""Beginnings that ordinary words have too: what follows has to look random."""


def provider_by_key(key: str) -> str | None:
    """The id of the provider whose keys alone begin so; None where that does not tell."""
    found = next((shape for shape in SHAPES if key.startswith(shape.beginning)), None)
    return (found.provider or None) if found else None


def beginning_of(key: str) -> str:
    """The part of `key` that is no secret: how all keys of its shape begin; "" where none is known."""
    return next((shape.beginning for shape in SHAPES if key.startswith(shape.beginning)), "")


def begins_like_key(text: str) -> bool:
    """Whether `text` begins as keys do: a second line that does so is a second key."""
    return text.startswith(tuple(shape.beginning for shape in SHAPES))


def looks_like_key(text: str) -> bool:
    """Whether `text`, spaces and line breaks around it left out, can hardly be anything but a key."""
    bare = text.strip()
    return _whole().fullmatch(bare) is not None or (bare != "" and without_keys(bare, lambda _key: "") == "")


def without_keys(text: str, shown: Callable[[str], str] = lambda key: Secret(key).masked()) -> str:
    """`text` without the keys of known shape in it; `shown` says what stands in their place. In linear time."""

    def replaced(found: re.Match[str]) -> str:
        return shown(found[0]) if _is_key(found[0]) else found[0]

    return _running().sub(replaced, text)


def _is_key(run: str) -> bool:
    """Names of programs and people have few digits, and only at the ends of their parts."""
    if not any(c.isdigit() for c in run):
        return False
    weak = next((beginning for beginning in _WEAK if run.startswith(beginning)), "")
    return not weak or is_random(run[len(weak) :])


_PLACEHOLDERS: Final = frozenset({
    "a", "an", "and", "any", "anything", "api", "azure", "change", "dummy", "empty", "fake", "foo", "bar", "here",
    "insert", "is", "key", "litellm", "llamacpp", "llm", "lm", "local", "localhost", "me", "my", "needed", "no", "none",
    "not", "null", "ollama", "openai", "paste", "placeholder", "proxy", "real", "required", "secret", "server", "sk",
    "some", "string", "studio", "test", "the", "this", "to", "todo", "token", "unused", "used", "value", "vllm", "xxx",
    "your",
})  # fmt: skip


def is_placeholder(text: str) -> bool:
    """Whether `text` only stands where a key should, as `lm-studio` and `sk-no-key-required` do: it is no secret."""
    words = re.split(r"[^a-z]+", text.lower().strip("<>{}$ "))
    return not any(c.isdigit() for c in text) and all(word in _PLACEHOLDERS for word in words if word)


@cache
def _running() -> re.Pattern[str]:
    """Each match takes its whole run of letters, so that no letter is looked at twice."""
    wide = "|".join(re.escape(shape.beginning) for shape in SHAPES if not shape.plain)
    plain = "|".join(re.escape(shape.beginning) for shape in SHAPES if shape.plain)
    begins = r"(?<![A-Za-z0-9])"
    return re.compile(
        rf"{begins}(?:(?:{wide})[A-Za-z0-9_-]{{{_LEAST},}}|(?:{plain})[A-Za-z0-9]{{{_LEAST},}}(?![A-Za-z0-9_]))|{_JWT}"
    )


@cache
def _whole() -> re.Pattern[str]:
    strong = (shape for shape in SHAPES if not shape.plain and shape.beginning not in _WEAK)
    return re.compile(rf"(?:{'|'.join(re.escape(shape.beginning) for shape in strong)})[\w+/=.:~-]{{12,}}")


# -- keys of a shape without a beginning: it takes a field that wants something else to know them

_TOKEN: Final = re.compile(r"[A-Za-z0-9]+")
_DRAWN: Final = re.compile(
    r"[0-9a-f]{32,}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?=\D*\d)[A-Za-z0-9/+]{40}",
    re.IGNORECASE,
)
"""Azure's, a UUID, AWS' secret access key."""
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_CHANGE: Final = re.compile(r"(?<=[0-9])[A-Za-z]|(?<=[A-Za-z])[0-9]|(?<=[a-z])[A-Z]")
_WORD: Final = re.compile(r"[A-Z]?[a-z]{3,}|[A-Z]{4,}")
SHORTEST: Final = 16
"""Characters; no provider's key is shorter."""
_LONGEST_WORD: Final = 24


def may_be_key(text: str) -> bool:
    """Whether `text` may be a key of whatever shape: 32 hex digits, a UUID, `hex.secret`, 40 letters, an AWS secret.

    Names of models and addresses are none; names that were drawn by lot are.
    """
    bare = text.strip()
    if len(bare) < SHORTEST or any(c.isspace() for c in bare):
        return False
    return looks_like_key(bare) or _DRAWN.fullmatch(bare) is not None or is_random(bare)


def is_random(text: str) -> bool:
    """Whether the letters of `text` look drawn by lot: without a break for long, or mixed with digits and capitals."""
    tokens = _TOKEN.findall(text)
    if any(len(token) >= _LONGEST_WORD and not token.isdigit() for token in tokens):
        return True
    letters, changes = sum(map(len, tokens)), sum(len(_CHANGE.findall(token)) for token in tokens)
    in_words = sum(map(len, _WORD.findall(text)))
    few_words = len(tokens) == 1 or in_words * 5 <= letters * 2
    return letters >= SHORTEST and (changes * 5 >= letters * 2 or (changes * 5 >= letters and few_words))


def has_fixed_form(text: str) -> bool:
    """Whether `text` has just the letters and the length of a key without a beginning."""
    return _DRAWN.fullmatch(text.strip()) is not None


def is_id(text: str) -> bool:
    """Whether `text` is a UUID: some give such names to their groups."""
    return _UUID.fullmatch(text.strip()) is not None


def is_key_name(name: str) -> bool:
    """Whether the name of a group or a model is a key: it may well look random."""
    return is_drawn(name) and not is_id(name)


def is_drawn(text: str) -> bool:
    """Whether `text` was drawn by lot, as a key is and hardly a name: of hex digits, or long and without a break."""
    bare = text.strip()
    if looks_like_key(bare) or has_fixed_form(bare):
        return True
    return any(len(token) >= _LONGEST_WORD and _is_mixed(token) for token in _TOKEN.findall(bare))


def _is_mixed(token: str) -> bool:
    """Names of classes are long as well, and consist of words."""
    return not token.isdigit() and sum(map(len, _WORD.findall(token))) * 5 <= len(token) * 2
