"""JSON files of other programs, read and written by tests."""

import json
from pathlib import Path
from typing import Any


def say(path: Path) -> Any:
    """What the file says."""
    return json.loads(path.read_text())


def put(path: Path, whole: Any) -> Path:
    """Let it say that, indented as those programs do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(whole, indent=2))
    return path
