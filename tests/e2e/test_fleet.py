"""The README's task for teams, run by Ansible on two hosts: the first run changes them, the second changes nothing."""

import json
import os
import subprocess
import sysconfig
import textwrap
import tomllib
from contextlib import ExitStack
from pathlib import Path

from tools.patience import LIMIT
from tools.programs import require_program
from tools.ssh import SshServer

README = Path(__file__).parents[2] / "README.md"
KEY = "sk-virtual-0123456789abcdef"
GATEWAY = "https://llm.example.org"


def playbook() -> str:
    """What the README shows, as a play for all hosts."""
    text = README.read_text().partition("<!-- ansible task")[2].partition("```yaml\n")[2].partition("```")[0]
    return "- hosts: all\n  gather_facts: false\n  tasks:\n" + textwrap.indent(text, "    ")


def test_a_second_run_changes_nothing(program: str, environment: dict[str, str], tmp_path: Path) -> None:
    ansible = require_program(str(Path(sysconfig.get_path("scripts"), "ansible-playbook")))
    (tmp_path / "play.yml").write_text(playbook())
    (tmp_path / "gateway.json").write_text(json.dumps({"gateway": GATEWAY, "gateway_key": KEY}))
    homes = [tmp_path / name for name in ("one", "two")]
    path = f"{Path(program).parent}:{os.environ['PATH']}"
    with ExitStack() as stack:
        inventory = ""
        for home in homes:
            home.mkdir()
            server = stack.enter_context(SshServer({"HOME": str(home), "PATH": path, "LANG": "C.UTF-8"}))
            inventory += f"{home.name} ansible_host=here ansible_ssh_common_args='-F {server.configuration}' "
            inventory += f"ansible_python_interpreter={sysconfig.get_path('scripts')}/python\n"
        (tmp_path / "hosts").write_text(inventory)

        def run() -> str:
            done = subprocess.run(
                [ansible, "-i", tmp_path / "hosts", "-e", f"@{tmp_path / 'gateway.json'}", tmp_path / "play.yml"],
                env={
                    **environment, "PATH": path, "LANG": "C.UTF-8", "ANSIBLE_NOCOLOR": "1", "ANSIBLE_PIPELINING": "1",
                    "ANSIBLE_SSH_ARGS": "-o ControlMaster=no",  # both are called "here": one line for both would do
                },
                capture_output=True, text=True, timeout=LIMIT, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stdout + done.stderr
            assert KEY not in done.stdout + done.stderr
            return done.stdout.partition("PLAY RECAP")[2]

        first, second = run(), run()
    assert first.count("changed=2 ") == 2, first  # the settings, and the key
    assert second.count("changed=0 ") == 2, second
    for home in homes:
        settings = tomllib.loads((home / ".openhands/config.toml").read_text())["llm"]
        assert (settings["model"], settings["base_url"]) == ("litellm_proxy/claude-sonnet", GATEWAY)
        (kept,) = (home / ".config/llm-setup").glob("*.env")
        assert KEY in kept.read_text()
