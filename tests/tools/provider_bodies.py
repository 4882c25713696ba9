"""What providers answer to a call that fails, with what is to be said of it: true in structure, in our own words.

Each body stands under the name of what went wrong. `answering()` serves all of them from one server on this machine,
which tells them apart by the model's name.
"""

import dataclasses
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HTML = {"Content-Type": "text/html; charset=UTF-8"}
BLOCKED = (
    "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been "
    "blocked</h1><p>You are unable to access api.example.com</p><span>Cloudflare Ray ID: 9a0b</span></body></html>"
)
ORIGIN_DOWN = (
    "<!DOCTYPE html><html><head><title>api.example.com | 520: Web server is returning an unknown error</title></head>"
    "<body><h1>Web server is returning an unknown error <span>Error code 520</span></h1></body></html>"
)
PORTAL = "<html><head><title>Guest WiFi</title></head><body>Accept the terms to go online</body></html>"


@dataclass(frozen=True)
class Answer:
    """One answer of a provider, and the diagnosis of it: code, TOML key, seconds to wait, words of the sentences."""

    name: str
    model: str
    status: int
    body: Any
    code: str
    field: str | None = None
    words: str = ""
    """What must be in message and hint, in that order, as a regular expression."""
    retry_after: float | None = None
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    options: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    after: float = 0.0
    """Seconds until it comes."""

    @property
    def called(self) -> str:
        """The model's name, by which the server knows what to answer."""
        return f"{self.model}-case-{self.name}"


def _google(code: int, status: str, message: str, *details: dict[str, Any]) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "status": status, "details": list(details)}}


def _quota(*ids: str) -> dict[str, Any]:
    violations = [
        {"quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests", "quotaId": id_,
         "quotaDimensions": {"location": "global", "model": "gemini-2.5-pro"}, "quotaValue": "50"}
        for id_ in ids
    ]  # fmt: skip
    return {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": violations}


def _retry(delay: str) -> dict[str, str]:
    return {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}


def _openai(message: str, type_: str | None, code: str | int | None, **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, "type": type_, "param": None, "code": code, **more}}


def _anthropic(type_: str, message: str) -> dict[str, Any]:
    return {"type": "error", "error": {"type": type_, "message": message}, "request_id": "req_01"}


_EXHAUSTED = "You exceeded your current quota, please check your plan and billing details."

ANSWERS = (
    Answer("openai-key", "openai/gpt-4o", 401,
           _openai("Incorrect API key provided: sk-ab***yz. You can find yours in the account's settings.",
                   "invalid_request_error", "invalid_api_key"), "bad-key", "api_key"),
    Answer("openai-rate", "openai/gpt-4o", 429,
           _openai("Rate limit reached for gpt-4o in organization org-1 on tokens per min (TPM): Limit 30000, "
                   "Used 29000, Requested 4000. Please try again in 6.5s.", "tokens", "rate_limit_exceeded"),
           "rate-limited", "retry_max_wait", "asks for 6.5 s", 6.5),
    Answer("openai-quota", "openai/gpt-4o", 429, _openai(_EXHAUSTED, "insufficient_quota", "insufficient_quota"),
           "quota", None, "retrying does not"),
    Answer("openai-model", "openai/gpt-7", 404,
           _openai("The model `gpt-7` does not exist or you do not have access to it.", "invalid_request_error",
                   "model_not_found"), "unknown-model", "model"),
    Answer("anthropic-key", "anthropic/claude-x", 401, _anthropic("authentication_error", "invalid x-api-key"),
           "bad-key", "api_key"),
    Answer("anthropic-overloaded", "anthropic/claude-x", 529, _anthropic("overloaded_error", "Overloaded"),
           "overloaded", None, "overloaded"),
    Answer("anthropic-credit", "anthropic/claude-x", 400,
           _anthropic("invalid_request_error", "Your credit balance is too low to access the API. Purchase credits."),
           "payment", None, "credit balance is too low.*Top up"),
    Answer("azure-filter", "azure/deployment", 400,
           {"error": {"message": "The response was filtered due to the prompt triggering the content policy. "
                                 "Please modify your prompt and retry.",
                      "type": None, "param": "prompt", "code": "content_filter", "status": 400,
                      "innererror": {"code": "ResponsibleAIPolicyViolation",
                                     "content_filter_result": {"hate": {"filtered": False, "severity": "safe"},
                                                               "jailbreak": {"filtered": True, "detected": True}}}}},
           "bad-request", None, "content filter.*jailbreak.*another prompt"),
    Answer("azure-deployment", "azure/gpt-4o", 404,
           {"error": {"code": "DeploymentNotFound",
                      "message": "The API deployment for this resource does not exist. If you created the deployment "
                                 "within the last 5 minutes, please wait a moment and try again."}},
           "unknown-model", "model", "deployment"),
    Answer("azure-version", "azure/deployment", 400,
           {"error": {"code": "BadRequest", "message": "API version not supported"}},
           "bad-request", "api_version", "API version"),
    Answer("azure-resource", "azure/deployment", 404, {"error": {"code": "404", "message": "Resource not found"}},
           "not-an-llm", "base_url", "API version"),
    Answer("gemini-key", "gemini/gemini-2.5-pro", 400,
           _google(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
                   {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID",
                    "domain": "googleapis.com"}), "bad-key", "api_key"),
    Answer("gemini-day", "gemini/gemini-2.5-pro", 429,
           _google(429, "RESOURCE_EXHAUSTED", _EXHAUSTED, _quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
                   _retry("34s")), "quota", None, "of this day.*retrying does not", 34.0),
    Answer("gemini-both", "gemini/gemini-2.5-pro", 429,
           _google(429, "RESOURCE_EXHAUSTED", _EXHAUSTED,
                   _quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier",
                          "GenerateContentInputTokensPerModelPerDay-FreeTier"), _retry("11s")),
           "quota", None, "", 11.0),
    Answer("gemini-minute", "gemini/gemini-2.5-pro", 429,
           _google(429, "RESOURCE_EXHAUSTED", _EXHAUSTED,
                   _quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"), _retry("34.074824224s")),
           "rate-limited", "retry_max_wait", "asks for 34.1 s", 34.074824224),
    Answer("gemini-model", "gemini/gemini-9", 404,
           _google(404, "NOT_FOUND", "models/gemini-9 is not found for API version v1beta, or is not supported for "
                                     "generateContent. Call ListModels to see the list of available models."),
           "unknown-model", "model"),
    Answer("gemini-country", "gemini/gemini-2.5-pro", 400,
           _google(400, "FAILED_PRECONDITION", "User location is not supported for the API use."), "forbidden", None,
           "location"),
    Answer("bedrock-access", "bedrock/anthropic.claude-x", 403,
           {"message": "You don't have access to the model with the specified model ID."}, "forbidden", "model",
           "access to the model", headers={"x-amzn-ErrorType": "AccessDeniedException:http://internal.amazon.com/"}),
    Answer("bedrock-throttled", "bedrock/anthropic.claude-x", 429,
           {"message": "Too many tokens, please wait before trying again."}, "rate-limited", "retry_max_wait", "",
           headers={"x-amzn-ErrorType": "ThrottlingException"}),
    Answer("bedrock-key", "bedrock/anthropic.claude-x", 403,
           {"message": "The security token included in the request is invalid."}, "bad-key", "aws_access_key_id", "",
           headers={"x-amzn-ErrorType": "UnrecognizedClientException"}),
    Answer("bedrock-secret", "bedrock/anthropic.claude-x", 403,
           {"message": "The request signature we calculated does not match the signature you provided. Check your AWS "
                       "Secret Access Key and signing method."},
           "bad-key", "aws_secret_access_key", "", headers={"x-amzn-ErrorType": "InvalidSignatureException"}),
    Answer("bedrock-model", "bedrock/anthropic.claude-x", 400, {"message": "The provided model identifier is invalid."},
           "unknown-model", "model", "", headers={"x-amzn-ErrorType": "ValidationException"}),
    Answer("openrouter-endpoints", "openrouter/somebody/something", 404,
           {"error": {"message": "No endpoints found for somebody/something.", "code": 404}}, "unknown-model", "model"),
    Answer("openrouter-policy", "openrouter/somebody/something:free", 404,
           {"error": {"message": "No endpoints found matching your data policy (Free model publication). Configure it "
                                 "in the privacy settings.", "code": 404}}, "forbidden", None, "data policy"),
    Answer("openrouter-credits", "openrouter/a/b", 402,
           {"error": {"message": "This request requires more credits, or fewer max_tokens. You requested up to 64000 "
                                 "tokens, but can only afford 1200.", "code": 402}}, "payment", None, "more credits"),
    Answer("openrouter-upstream", "openrouter/a/b", 429,
           {"error": {"message": "Provider returned error", "code": 429,
                      "metadata": {"raw": "a/b is temporarily rate-limited upstream. Please retry shortly.",
                                   "provider_name": "Somebody"}}}, "rate-limited", "retry_max_wait"),
    Answer("openrouter-within", "openrouter/a/b", 200,
           {"error": {"message": "Provider returned error", "code": 502,
                      "metadata": {"raw": "upstream connect error", "provider_name": "Somebody"}}, "user_id": "u"},
           "server-error", None, "upstream connect error"),
    Answer("deepseek-balance", "deepseek/deepseek-chat", 402,
           _openai("Insufficient Balance", "unknown_error", "invalid_request_error"), "payment", None, "Top up"),
    Answer("mistral-field", "mistral/mistral-large", 422,
           {"detail": [{"type": "less_than_equal", "loc": ["body", "temperature"],
                        "msg": "Input should be less than or equal to 1.5", "input": 3, "ctx": {"le": 1.5}}]},
           "bad-request", "temperature", "temperature: Input should be less than"),
    Answer("mistral-extra", "mistral/mistral-large", 422,
           {"object": "error", "type": "invalid_request_error", "param": None, "code": None,
            "message": {"detail": [{"type": "extra_forbidden", "loc": ["body", "seed"],
                                    "msg": "Extra inputs are not permitted", "input": 7}]}},
           "bad-request", "seed", "seed: Extra inputs are not permitted"),
    Answer("groq-minute", "groq/llama-3.3-70b", 429,
           _openai("Rate limit reached for model `llama-3.3-70b` in organization `org_1` service tier `on_demand` on "
                   "tokens per minute (TPM): Limit 12000, Used 11500, Requested 1200. Please try again in 1m3.5s.",
                   "tokens", "rate_limit_exceeded"), "rate-limited", "retry_max_wait", "asks for 1 min 4 s", 63.5),
    Answer("groq-day", "groq/llama-3.3-70b", 429,
           _openai("Rate limit reached for model `llama-3.3-70b` on tokens per day (TPD): Limit 100000, Used 99990. "
                   "Please try again in 17m2.4s.", "tokens", "rate_limit_exceeded"), "quota", None, "", 1022.4),
    Answer("vllm-context", "hosted_vllm/qwen", 400,
           {"object": "error", "message": "This model's maximum context length is 4096 tokens. However, you requested "
                                          "5012 tokens (5000 in the messages, 12 in the completion). Please reduce the "
                                          "length of the messages or completion.",
            "type": "BadRequestError", "param": None, "code": 400}, "context", "model"),
    Answer("vllm-output", "hosted_vllm/qwen", 400,
           {"error": {"message": "'max_tokens' or 'max_completion_tokens' is too large: 64000. This model's maximum "
                                 "context length is 32768 tokens and your request has 12 input tokens.",
                      "type": "BadRequestError", "param": None, "code": 400}}, "context", "max_output_tokens",
           "", options={"max_output_tokens": 64000}),
    Answer("vllm-output-of-litellm", "hosted_vllm/qwen", 400,
           {"object": "error", "message": "This model's maximum context length is 4096 tokens. However, you requested "
                                          "8206 tokens (14 in the messages, 8192 in the completion). Please reduce the "
                                          "length of the messages or completion.",
            "type": "BadRequestError", "param": None, "code": 400}, "context", "max_output_tokens", "output"),
    Answer("vllm-model", "hosted_vllm/qwen", 404,
           {"object": "error", "message": "The model `qwen` does not exist.", "type": "NotFoundError", "param": None,
            "code": 404}, "unknown-model", "model"),
    Answer("vllm-path", "hosted_vllm/qwen", 404, {"detail": "Not Found"}, "not-an-llm", "base_url", "path"),
    Answer("proxy-key", "litellm_proxy/alias", 401,
           _openai("Authentication Error, Invalid proxy server token passed. Received API Key = sk-...wxyz. Unable to "
                   "find token in cache or `LiteLLM_VerificationTokenTable`", "token_not_found_in_db", "401"),
           "bad-key", "api_key"),
    Answer("proxy-no-db", "litellm_proxy/alias", 400, _openai("No connected db.", "no_db_connection", "400"),
           "bad-key", "api_key"),
    Answer("proxy-model", "litellm_proxy/alias", 400,
           _openai("/chat/completions: Invalid model name passed in model=alias. Call `/v1/models` to view available "
                   "models for your key.", "None", "400"), "unknown-model", "model"),
    Answer("proxy-model-key", "litellm_proxy/alias", 401,
           _openai("key not allowed to access model. This key can only access models=['other']. Tried to access alias",
                   "key_model_access_denied", "401"), "forbidden", "model", "can only access"),
    Answer("proxy-budget", "litellm_proxy/alias", 400,
           _openai("Budget has been exceeded! Current cost: 1.02, Max budget: 1.0", "budget_exceeded", "400"),
           "quota", None, "Budget has been exceeded"),
    Answer("ollama-model", "ollama/llama9", 404, {"error": "model 'llama9' not found"}, "unknown-model", "model",
           "ollama pull"),
    Answer("ollama-model-v1", "openai/llama9", 404,
           _openai('model "llama9" not found, try pulling it first', "api_error", None), "unknown-model", "model",
           "ollama pull"),
    Answer("lm-studio-none", "lm_studio/qwen", 404,
           _openai("No models loaded. Please load a model in the developer page or use the 'lms load' command.",
                   "invalid_request_error", "model_not_found", param="model"), "unknown-model", "model", "[Ll]oad"),
    Answer("loading", "openai/local", 503, _openai("Loading model", "unavailable_error", 503), "overloaded"),
    Answer("cloudflare-blocked", "openai/gpt-4o", 403, BLOCKED, "not-an-llm", None, "web page.*blocked", headers=HTML),
    Answer("cloudflare-520", "openai/gpt-4o", 520, ORIGIN_DOWN, "server-error", None, "520", headers=HTML),
    Answer("portal", "openai/gpt-4o", 200, PORTAL, "not-an-llm", "base_url", "web page.*login", headers=HTML),
    Answer("portal-511", "openai/gpt-4o", 511, PORTAL, "not-an-llm", "base_url", "web page.*login", headers=HTML),
    Answer("gateway-timeout", "openai/gpt-4o", 504, "<html><h1>504 Gateway Time-out</h1>nginx</html>", "timeout", None,
           "behind it", headers=HTML, after=0.3),
)  # fmt: skip
"""The table."""

_NAME = re.compile(r"-case-([a-z0-9-]+)")
_BY_NAME = {answer.name: answer for answer in ANSWERS}


@contextmanager
def answering() -> Iterator[str]:
    """The root of a server that gives the answers; `http://127.0.0.1:PORT`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            named = _NAME.search(self.path) or _NAME.search(asked)
            self._give(_BY_NAME[named[1]])

        def _give(self, answer: Answer) -> None:
            time.sleep(answer.after)
            body = (answer.body if isinstance(answer.body, str) else json.dumps(answer.body)).encode()
            self.send_response(answer.status)
            for name, value in ({"Content-Type": "application/json"} | dict(answer.headers)).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
