"""What is measured: an installed llm-setup, with compiled modules, in an empty home."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

_LOOK = """
import importlib.util, json, sys, sysconfig
from pathlib import Path
import textual, tui
folders = [Path(module.__file__).parent for module in (tui, textual)]
sources = [source for folder in folders for source in folder.rglob("*.py")]
missing = [str(s) for s in sources if not Path(importlib.util.cache_from_source(str(s))).exists()]
print(json.dumps({
    "folder": str(folders[0]), "site": sysconfig.get_path("purelib"), "uncompiled": missing,
    "script": str(Path(sys.executable).parent / "llm-setup"), "textual": textual.__version__,
    "python": sys.version.split()[0], "version": tui.__version__,
}))
"""

CONFIG = """[core]
workspace_base = "./workspace"

[llm]
model = "anthropic/claude-sonnet-4-5-20250929"
num_retries = 8
retry_min_wait = 15
retry_max_wait = 120
retry_multiplier = 2
"""


@dataclass(frozen=True)
class Installation:
    """One Python with llm-setup in it."""

    python: str
    script: str
    textual: str
    python_version: str
    version: str
    flaws: tuple[str, ...]
    """Why its start would not be that of an installed program; empty when all is well."""


def look_at(python: str) -> Installation:
    """Ask `python` what it has. Raises CalledProcessError where llm-setup cannot be imported."""
    home = Path(python).parent
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    words = [python, "-P", "-c", _LOOK]
    found = json.loads(subprocess.run(words, env=environ, cwd=home, check=True, capture_output=True, text=True).stdout)
    flaws = []
    if not Path(found["folder"]).is_relative_to(found["site"]):
        flaws.append(f"llm-setup is not installed but linked: {found['folder']}")
    if found["uncompiled"]:
        flaws.append(f"{len(found['uncompiled'])} modules are not compiled, the first is {found['uncompiled'][0]}")
    if not Path(found["script"]).exists():
        flaws.append(f"there is no {found['script']}")
    return Installation(
        python, found["script"], found["textual"], found["python"], found["version"], tuple(flaws)
    )  # fmt: skip


def environment(home: Path) -> dict[str, str]:
    """The environment of a measured program: a home of its own and a usual terminal, nothing of the user's."""
    passed = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    folders = {f"XDG_{name}_HOME": str(home / f".{name.lower()}") for name in ("CONFIG", "STATE", "DATA", "CACHE")}
    return {**passed, **folders, "HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def furnish(home: Path, *, configured: bool) -> Path:
    """Make `home` that of a new user, or of one who has a config."""
    home.mkdir(parents=True)
    if configured:
        folder = home / ".openhands"
        folder.mkdir()
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    return home
