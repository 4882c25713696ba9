"""Record what a real OpenHands gives to litellm, and what litellm then sends, for forty set-ups.

    PYTHON-OF-OPENHANDS tests/tools/record_openhands_requests.py > tests/trial/openhands_requests.json

Needs openhands-ai, whose `openhands.llm.llm.LLM` is asked with each set-up of `SETUPS` against a server of this
process. Our own side of the comparison takes the set-ups from here.
"""

import copy
import importlib.metadata
import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PROMPT = "Reply with the single word: ready"
KEY = "sk-recorded-0123456789abcdef"
HERE = "http://127.0.0.1:PORT"
"""Stands for the server's address in what is recorded."""
GEMINI_RULES = [{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_NONE"}]
AZURE = {"base_url": HERE}

SETUPS: list[dict[str, Any]] = [
    {"model": "openai/gpt-4o"},
    {"model": "openai/gpt-4o", "temperature": 0.7, "top_p": 0.9},
    {"model": "openai/gpt-4o", "max_output_tokens": 77, "seed": 3},
    {"model": "openai/gpt-4o", "top_k": 40.0, "drop_params": False, "custom_llm_provider": "openai"},
    {"model": "openai/gpt-4o", "timeout": 30, "modify_params": False},
    {"model": "openai/local-model"},
    {"model": "openai/local-model", "completion_kwargs": {"min_p": 0.0, "extra_body": {"chat_template": "x"}}},
    {"model": "openai/qwen3-coder", "completion_kwargs": {"temperature": 0.3, "stop": ["END"]}},
    {"model": "openai/o3"},
    {"model": "openai/o3-mini", "reasoning_effort": "low", "temperature": 0.5},
    {"model": "openai/o4-mini", "reasoning_effort": "high", "max_output_tokens": 500},
    {"model": "openai/gpt-4.1", "reasoning_effort": "high"},
    {"model": "openai/deepseek-r1-0528", "reasoning_effort": "low"},
    {"model": "anthropic/claude-sonnet-4-20250514"},
    {"model": "anthropic/claude-sonnet-4-20250514", "top_p": 0.5, "temperature": 0.2},
    {"model": "anthropic/claude-sonnet-4-5-20250929"},
    {"model": "anthropic/claude-sonnet-4-5-20250929", "reasoning_effort": "high", "top_p": 0.5},
    {"model": "anthropic/claude-haiku-4-5-20251001", "reasoning_effort": "low"},
    {"model": "anthropic/claude-haiku-4-5", "reasoning_effort": "low"},
    {"model": "anthropic/claude-opus-4-1-20250805", "top_p": 0.5},
    {"model": "anthropic/claude-opus-4-20250514", "top_p": 0.5},
    {"model": "anthropic/claude-opus-4-5-20251101"},
    {"model": "anthropic/claude-3-7-sonnet-20250219", "max_output_tokens": 1000},
    {"model": "anthropic/claude-3-5-haiku-20241022", "seed": 5, "top_k": 3.0},
    {"model": "azure/gpt-4o", **AZURE, "api_version": "2024-10-21"},
    {"model": "azure/my-deployment", **AZURE},
    {"model": "azure/my-deployment", **AZURE, "api_version": "2024-10-21", "max_output_tokens": 99, "seed": 1},
    {"model": "azure/o3-mini", **AZURE, "api_version": "2024-12-01-preview", "reasoning_effort": "medium"},
    {"model": "gemini/gemini-2.0-flash", "safety_settings": GEMINI_RULES},
    {"model": "gemini/gemini-2.5-pro"},
    {"model": "gemini/gemini-2.5-pro", "reasoning_effort": "high"},
    {"model": "gemini/gemini-2.5-flash", "reasoning_effort": "none", "safety_settings": GEMINI_RULES},
    {"model": "mistral/devstral-small-2507", "safety_settings": GEMINI_RULES},
    {"model": "mistral/mistral-large-latest", "seed": 9},
    {"model": "openrouter/anthropic/claude-sonnet-4"},
    {"model": "openrouter/openai/gpt-5", "reasoning_effort": "low"},
    {"model": "groq/llama-3.3-70b-versatile", "top_k": 5.0},
    {"model": "deepseek/deepseek-chat", "max_output_tokens": 200},
    {"model": "ollama/llama3.1", "temperature": 0.4},
    {"model": "hosted_vllm/Qwen/Qwen3-Coder:latest", "completion_kwargs": {"min_p": 0.05}},
]


class Handler(BaseHTTPRequestHandler):
    """Notes each POST, and refuses it."""

    seen: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        """Note it and answer 401, after which nobody tries again."""
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.seen.append({"path": self.path, "body": json.loads(body or b"null")})
        answer = b'{"error": {"message": "no", "type": "invalid_api_key"}}'
        self.send_response(401)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_words: Any) -> None:
        """Keep quiet."""


def base_url_of(model: str) -> str:
    """The address of our server as the provider wants it."""
    return f"{HERE}/v1" if model.partition("/")[0] in {"openai", "hosted_vllm", "groq", "mistral"} else HERE


def settings_of(setup: dict[str, Any], port: str = "PORT") -> dict[str, Any]:
    """A set-up with address and key."""
    whole = {"base_url": base_url_of(setup["model"]), "api_key": KEY, **setup}
    return {**whole, "base_url": whole["base_url"].replace("PORT", port)}


def recorded(setup: dict[str, Any], port: str) -> dict[str, Any]:
    """What OpenHands gives to litellm, and what is sent; keys and the server's port taken out."""
    import openhands.llm.llm as llm_module
    from openhands.core.config import LLMConfig

    given: dict[str, Any] = {}
    complete = llm_module.litellm_completion

    def noting(**arguments: Any) -> Any:
        given.update(copy.deepcopy(arguments))  # litellm changes some in their place
        return complete(**arguments)

    llm_module.litellm_completion = noting
    Handler.seen.clear()
    try:
        config = LLMConfig(**settings_of(setup, port), num_retries=1, retry_min_wait=0, retry_max_wait=0)
        llm = llm_module.LLM(config, service_id="test")
        llm.completion(messages=[{"role": "user", "content": PROMPT}])
    except Exception as error:  # noqa: BLE001 - every call is refused
        outcome = type(error).__name__
    finally:
        llm_module.litellm_completion = complete
    whole = {"setup": setup, "given": {**given, "api_key": None}, "sent": Handler.seen[-1:], "outcome": outcome}
    return json.loads(json.dumps(whole, default=repr).replace(f":{port}", ":PORT"))


def main() -> None:
    """Record all."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = str(server.server_address[1])
    versions = {name: importlib.metadata.version(name) for name in ("openhands-ai", "litellm")}
    rows = [json.dumps(recorded(setup, port), sort_keys=True) for setup in SETUPS]
    os.write(1, ('{"versions": ' + json.dumps(versions) + ', "recorded": [\n' + ",\n".join(rows) + "\n]}\n").encode())
    os._exit(0)


if __name__ == "__main__":
    main()
