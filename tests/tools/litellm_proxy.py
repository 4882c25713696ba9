"""LiteLLM's own proxy with answers made up by itself, as a process: no network, no key of anybody's.

It pins another Rich than ours, so it has an environment of its own, laid over the tests' one: 400 MB and half a minute
once, kept in pytest's cache. Made with --with-proxy; without, it is used when it is there.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path
from typing import Self

from tui.trial.probe_client import probe_environment

RELEASE = "1.106.12"
"""The newest one whose proxy can be installed: later ones want litellm-proxy, which nobody has published."""
MASTER_KEY = "sk-master-0123456789abcdef"
CONFIG = f"""\
model_list:
  - model_name: team-claude
    litellm_params: {{model: anthropic/claude-sonnet-4-5-20250929, api_key: none, mock_response: ready}}
  - model_name: team-gpt
    litellm_params: {{model: openai/gpt-4o, api_key: none, mock_response: ready}}
general_settings:
  master_key: {MASTER_KEY}
"""
RUN = "import sys; from litellm import run_server; sys.argv = ['litellm', *sys.argv[1:]]; run_server()"


def proxy_python(folder: Path, *, install: bool) -> Path | None:
    """The Python that has the proxy, in `folder`; None when it is not there and is not to be installed."""
    python, done = folder / "bin" / "python", folder / "installed"
    if done.exists() or not install:
        return python if done.exists() else None
    venv.create(folder, with_pip=True, clear=True)
    below = next(path for path in sys.path if path.endswith("site-packages"))
    next(folder.glob("lib/python*/site-packages")).joinpath("below.pth").write_text(f"{below}\n")
    wanted = f"litellm[proxy]=={RELEASE}"
    subprocess.run([python, "-m", "pip", "install", "-q", wanted], check=True, capture_output=True, timeout=600)
    done.touch()
    return python


class LitellmProxy:
    """The proxy, for the time of a `with`."""

    def __init__(self, python: Path, folder: Path) -> None:
        self._python, self._folder = python, folder

    def __enter__(self) -> Self:
        (self._folder / "config.yaml").write_text(CONFIG)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.root = f"http://127.0.0.1:{free.getsockname()[1]}"
        port = self.root.rpartition(":")[2]
        words = [self._python, "-P", "-c", RUN, "--config", "config.yaml", "--host", "127.0.0.1", "--port", port]
        environ = {"PATH": os.environ["PATH"], "HOME": str(self._folder), **probe_environment({})}
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(words, cwd=self._folder, env=environ, stdout=log, stderr=log)
        self._wait_until_it_answers()
        return self

    def _wait_until_it_answers(self) -> None:
        end = time.monotonic() + 90
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.root}/health/liveliness", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        self.__exit__()
        raise AssertionError((self._folder / "log").read_text()[-3000:])

    def __exit__(self, *_raised: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
