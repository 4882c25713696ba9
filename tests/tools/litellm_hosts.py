"""Where litellm sends a first completion of each provider when no base URL is set: one JSON object, provider → hosts.

Nothing is sent: every request ends where it would leave.
"""

import asyncio
import contextlib
import json
import os
from typing import Any

import anyio
import httpx
import litellm

LOGINS = {"github_copilot", "chatgpt"}
"""They would begin a login in a browser."""
OPTIONS = {"aws_region_name": "us-east-1", "aws_access_key_id": "A", "aws_secret_access_key": "S"}
CLOUDS = ("bedrock", "sagemaker")
MODELS = {"bedrock": "anthropic.claude-v2", "clarifai": "a.b.c"}

asked: list[str] = []


def refuse(_client: Any, request: httpx.Request, **_options: Any) -> httpx.Response:
    """Note where it would have gone."""
    asked.append(f"{request.url.scheme}://{request.url.netloc.decode()}")
    raise httpx.ConnectError("not here", request=request)


async def refuse_later(client: Any, request: httpx.Request, **options: Any) -> httpx.Response:
    """The same for the other kind of client."""
    return refuse(client, request, **options)


async def no_pause(_seconds: float) -> None:
    """OpenAI's client tries twice more, after half a second and a whole one."""


async def hosts_of(provider: str) -> list[str]:
    """The origins that are asked, in order."""
    asked.clear()
    options = OPTIONS if provider.startswith(CLOUDS) else {}
    with contextlib.suppress(Exception):
        async with asyncio.timeout(5):
            await litellm.acompletion(
                model=f"{provider}/{MODELS.get(provider, 'x')}", api_key="KEY", max_retries=0, num_retries=0,
                drop_params=True, messages=[{"role": "user", "content": "hi"}], **options,
            )  # fmt: skip
    return list(dict.fromkeys(asked))


async def main() -> None:
    """Ask each of them."""
    litellm.suppress_debug_info = True
    httpx.Client.send, httpx.AsyncClient.send = refuse, refuse_later  # type: ignore[method-assign,assignment]
    anyio.sleep = no_pause
    from litellm.llms.openai_like.json_loader import JSONProviderRegistry

    providers = {str(getattr(each, "value", each)) for each in litellm.provider_list}
    providers |= set(JSONProviderRegistry.list_providers())
    print(json.dumps({each: await hosts_of(each) for each in sorted(providers - LOGINS)}), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
    os._exit(0)
