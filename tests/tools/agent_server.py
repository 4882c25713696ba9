"""The real agent server that Agent Canvas starts, in an environment of its own: started, spoken to, and asked what it
makes of its files. The GUI server openhands-ai as well, as far as it reads its settings.

730 MB and 1.2 GB once, in the user's cache folder, by uv and with a Python 3.12, with --with-openhands.
"""

import contextlib
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.openhands_cli import LONGEST, QUIET, installed

RELEASE = "1.58.2"
GUI_RELEASE = "1.11.0"
SESSION = "session-0123456789"
ENDED = ("error", "finished", "stuck", "paused")

READING = """
import json, logging, sys, tempfile, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from pathlib import Path
from openhands.sdk import LLMProfileStore
from openhands.agent_server.persistence import PersistedSettings
store = LLMProfileStore(tempfile.mkdtemp())
def plain(llm):
    told = llm.model_dump(mode="json", context={"expose_secrets": True})
    return {name: told[name] for name in WANTED if name in told}
for line in sys.stdin:
    order = json.loads(line)
    told = {}
    for kind, text in order.items():
        try:
            if kind == "profile":
                (store.base_dir / "default.json").write_text(text)
                told[kind] = plain(store.load("default"))
            else:
                told[kind] = plain(PersistedSettings.from_persisted(json.loads(text)).agent_settings.llm)
        except Exception as error:
            told[kind] = {"refused": type(error).__name__}
    print(json.dumps(told), flush=True)
"""
"""As the agent server reads its files, `{"profile": text, "settings": text}` a line."""

CALLING = """
import json, logging, os, sys, tempfile, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from openhands.sdk import LLMProfileStore, Message, TextContent
store = LLMProfileStore(tempfile.mkdtemp())
for line in sys.stdin:
    order = json.loads(line)
    before = dict(os.environ)
    os.environ.update(order["environ"])
    try:
        (store.base_dir / "default.json").write_text(order["text"])
        store.load("default").completion([Message(role="user", content=[TextContent(text="Say hello.")])])
        told = "answered"
    except Exception as error:
        told = type(error).__name__
    os.environ.clear()
    os.environ.update(before)
    print(json.dumps(told), flush=True)
"""
"""As it calls the model of a profile."""

GUI_READING = """
import asyncio, json, logging, os, sys, tempfile, types, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from openhands.app_server.app_conversation.live_status_app_conversation_service import (
    LiveStatusAppConversationService as Service)
from openhands.app_server.file_store.local import LocalFileStore
from openhands.app_server.settings.file_settings_store import FileSettingsStore
folder = tempfile.mkdtemp()
store = FileSettingsStore(LocalFileStore(root=folder))
def plain(llm):
    told = llm.model_dump(mode="json", context={"expose_secrets": True})
    return {name: told[name] for name in WANTED if name in told}
for line in sys.stdin:
    with open(os.path.join(folder, "settings.json"), "w") as file:
        file.write(json.loads(line))
    try:
        settings = asyncio.run(store.load())
        llm = Service._configure_llm(types.SimpleNamespace(openhands_provider_base_url=None), settings, None)
        active = settings.llm_profiles.active
        profile = settings.llm_profiles.get(active) if active else None
        told = {"llm": plain(llm), "profile": profile and plain(profile), "active": active}
    except Exception as error:
        told = {"refused": type(error).__name__}
    print(json.dumps(told), flush=True)
"""
"""As the GUI server reads its settings, and makes the LLM of a conversation from them."""


def server_folder() -> Path | None:
    """The environment that has the agent server; None where there is no uv."""
    packages = [f"openhands-{name}=={RELEASE}" for name in ("sdk", "agent-server", "tools")]
    return installed(f"agent-server-{RELEASE}", *packages)


def gui_folder() -> Path | None:
    """The environment that has the GUI server; None where there is no uv."""
    return installed(f"openhands-ai-{GUI_RELEASE}", f"openhands-ai=={GUI_RELEASE}")


def asked(folder: Path, code: str, orders: Sequence[Any], wanted: Sequence[str] = ()) -> list[Any]:
    """What `code` answers to each order, with that environment's own classes; `wanted` are the settings told."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "ALLOW_SHORT_CONTEXT_WINDOWS": "true", **QUIET}
    if not wanted:
        environ.pop("ALLOW_SHORT_CONTEXT_WINDOWS")
    done = subprocess.run(
        [folder / "bin/python", "-c", code.replace("WANTED", repr(tuple(wanted)))],
        input="".join(json.dumps(order) + "\n" for order in orders), env=environ, capture_output=True, text=True,
        check=True, timeout=LONGEST,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith(('"', "{"))]


@dataclass
class RunningServer:
    """An agent server that runs."""

    port: int

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Its answer. Raises HTTPError."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"X-Session-API-Key": SESSION, "Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=LONGEST) as answer:
            return json.loads(answer.read() or b"null")

    def converse(self, folder: Path, *, titled: bool = False) -> str:
        """Let the agent say hello, as Agent Canvas begins a conversation; how that ended.

        `titled`: the server is asked to find a title for it, as it does by itself.
        """
        agent = self.call("GET", "/api/agent-profiles")["active_agent_profile_id"]
        message = {"role": "user", "content": [{"type": "text", "text": "Say hello."}], "run": True}
        workspace = {"kind": "LocalWorkspace", "working_dir": str(folder)}
        asked = {"agent_profile_id": agent, "workspace": workspace, "initial_message": message, "autotitle": titled}
        path = f"/api/conversations/{uuid.uuid4()}"
        self.call("POST", "/api/conversations", {"conversation_id": path.rpartition("/")[2], **asked})
        end = time.monotonic() + LONGEST
        while (status := self.call("GET", path)["execution_status"]) not in ENDED:
            assert time.monotonic() < end, status
            time.sleep(0.2)
        return str(status)


@contextlib.contextmanager
def running_server(folder: Path, home: Path, environ: Mapping[str, str], before: Sequence[str] = ()) -> Iterator[Any]:
    """The agent server of that environment, as a user of that home would have it; `before` is what starts it."""
    port = _free_port()
    environ = {
        "PATH": f"{folder / 'bin'}:/usr/bin:/bin", "HOME": str(home), "OH_SESSION_API_KEYS_0": SESSION,
        "OH_ENABLE_BROWSER": "0", **QUIET, **environ,
    }  # fmt: skip
    command = [*before, "agent-server" if before else str(folder / "bin/agent-server"), "--port", str(port)]
    log = home.parent / "agent-server.log"
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=home, env=environ, stdout=output, stderr=output)
    try:
        server = RunningServer(port)
        end = time.monotonic() + LONGEST
        while not _is_ready(server):
            assert process.poll() is None, log.read_text()[-2000:]
            assert time.monotonic() < end, log.read_text()[-2000:]
            time.sleep(0.2)
        yield server
    finally:
        process.terminate()
        process.wait(60)


def _is_ready(server: RunningServer) -> bool:
    try:
        return bool(server.call("GET", "/ready"))
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
