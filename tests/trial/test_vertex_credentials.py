"""Vertex AI has no key: what Google's own library finds on this machine decides, and what it lacks is named."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from tools.raw_server import raw_server, saying

from tui.trial.diagnosis import diagnose
from tui.trial.probe_order import ProbeOrder

pytestmark = pytest.mark.asyncio(loop_scope="session")
TOKEN = json.dumps({"access_token": "ya29.test", "expires_in": 3600, "token_type": "Bearer"})
GIVEN = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(TOKEN)}\r\n\r\n{TOKEN}"


def order(base_url: str = "", **environment: str) -> ProbeOrder:
    no_cloud = {"NO_GCE_CHECK": "true"}  # this machine is not asked whether it is one of Google's
    return ProbeOrder("vertex_ai/gemini-2.5-pro", "?", base_url=base_url, environment={**no_cloud, **environment})


def service_account(path: Path, port: int) -> str:
    """A service account's file that names no project, and gets its token from this machine."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    told = {"type": "service_account", "client_email": "a@b.example", "private_key": made.private_bytes(*form).decode(),
            "token_uri": f"http://127.0.0.1:{port}/token"}  # fmt: skip
    path.write_text(json.dumps(told))
    return str(path)


async def test_missing_credentials_are_not_called_a_missing_api_key(probe):
    given = order()
    reply = await probe.call(given, 60)
    found = diagnose(reply, given)
    assert (reply.cause, found.code, found.field) == ("no-key", "no-key", None), reply
    assert found.message == "Vertex AI finds no credentials of Google Cloud here."
    assert "GOOGLE_APPLICATION_CREDENTIALS" in found.hint


async def test_a_missing_project_is_named(probe, tmp_path):
    with raw_server(saying(GIVEN.encode())) as port:
        account = service_account(tmp_path / "account.json", port)
        given = order(f"http://127.0.0.1:{port}", GOOGLE_APPLICATION_CREDENTIALS=account)
        reply = await probe.call(given, 60)
    found = diagnose(reply, given)
    assert (reply.cause, found.code, found.field) == ("no-project", "bad-request", None), reply
    assert found.message == "Vertex AI needs a project, and none is named."
    assert "VERTEXAI_PROJECT" in found.hint
