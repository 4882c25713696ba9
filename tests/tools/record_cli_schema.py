"""Records what the OpenHands CLI takes in agent_settings.json, as JSON Schema made from its own classes.

    python tests/tools/record_cli_schema.py RECORD PYTHON…

RECORD is tui/openhands/targets/agent_settings_schema.json; each PYTHON is the interpreter of an environment with a
release of the distribution `openhands` installed. Prints what changed, release by release.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

INSIDE = """
import json, logging, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from importlib.metadata import version
from openhands.sdk import LLM, Agent
schema = LLM.model_json_schema()
KEPT = ("type", "anyOf", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "default", "additionalProperties")
def plain(part):
    if isinstance(part, dict):
        return {k: plain(v) for k, v in part.items() if k in KEPT}
    return [plain(each) for each in part] if isinstance(part, list) else part
llm = {name: plain(each) for name, each in schema["properties"].items() if "$ref" not in json.dumps(each)}
print(json.dumps({"openhands": version("openhands"), "sdk": version("openhands-sdk"), "llm": llm,
                  "agent": sorted(Agent.model_json_schema()["properties"])}))
"""
"""Run by the release's own interpreter."""


def record(path: Path, pythons: list[str]) -> None:
    """Write the record anew, and say what is new, gone or changed from each release to the next."""
    found = []
    for python in pythons:
        told = subprocess.run([python, "-c", INSIDE], capture_output=True, text=True, check=True).stdout
        found.append(json.loads(told.strip().splitlines()[-1]))
    found.sort(key=lambda release: tuple(map(int, release["openhands"].split("."))))
    for before, after in pairwise(found):
        print(f"{before['openhands']} -> {after['openhands']}")
        for name in sorted({*before["llm"], *after["llm"]}):
            old, new = before["llm"].get(name), after["llm"].get(name)
            if old != new:
                print(f"  {name}: {old} -> {new}")
    day = datetime.now(UTC).date().isoformat()
    path.write_text(f'{{"recorded": "{day}", "releases": [\n' + ",\n".join(map(_as_text, found)) + "\n]}\n")


def _as_text(release: dict[str, Any]) -> str:
    """One setting a line."""
    settings = ",\n".join(f"  {json.dumps(name)}: {json.dumps(each)}" for name, each in release.pop("llm").items())
    return json.dumps(release)[:-1] + f', "llm": {{\n{settings}\n}}}}'


if __name__ == "__main__":
    record(Path(sys.argv[1]), sys.argv[2:])
