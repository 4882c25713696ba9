"""Whose key it is, as far as its beginning tells."""

import re
from typing import Final

_BEGINNINGS: Final = {
    "sk-ant-": "anthropic", "sk-or-": "openrouter", "sk-proj-": "openai", "sk-svcacct-": "openai", "gsk_": "groq",
    "AIza": "gemini", "AQ.": "gemini", "xai-": "xai", "pplx-": "perplexity", "nvapi-": "nvidia_nim",
    "csk-": "cerebras", "fw_": "fireworks_ai", "tgp_v1_": "together_ai", "r8_": "replicate", "hf_": "huggingface",
    "ghp_": "github", "github_pat_": "github", "vck_": "vercel_ai_gateway",
}  # fmt: skip
"""Beginnings that one provider alone has; `sk-` alone is OpenAI's, DeepSeek's, OpenHands' and that of most proxies."""
_KEY: Final = re.compile(rf"(?:sk-|{'|'.join(map(re.escape, _BEGINNINGS))})[\w+/=.:~-]{{12,}}")


def provider_by_key(key: str) -> str | None:
    """The id of the provider whose keys alone begin so; None where that does not tell."""
    return next((id_ for beginning, id_ in _BEGINNINGS.items() if key.startswith(beginning)), None)


def looks_like_key(text: str) -> bool:
    """Whether `text`, blanks and line breaks around it left out, can hardly be anything but a key."""
    return _KEY.fullmatch(text.strip()) is not None
