"""Records what a program takes for its LLM, as JSON Schema made from its own classes.

    python tests/tools/record_schema.py RECORD DISTRIBUTION PYTHON…

RECORD is one of tui/openhands/targets/*_schema.json: agent_settings for the distribution `openhands` (the CLI),
agent_server for `openhands-agent-server`, gui for `openhands-ai`. Each PYTHON is the interpreter of an environment with
a release of it installed. Prints what changed, release by release.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

INSIDE = """
import json, logging, sys, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from importlib.metadata import version
from openhands.sdk import LLM, Agent
schema = LLM.model_json_schema()
KEPT = ("type", "anyOf", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "default", "additionalProperties")
def plain(part):
    if isinstance(part, dict):
        return {k: plain(v) for k, v in part.items() if k in KEPT}
    return [plain(each) for each in part] if isinstance(part, list) else part
def open_ended(name):  # the schema may list the words that are known, where the class takes any
    try:
        return bool(LLM.model_validate({"model": "openai/x", name: "any other"}))
    except ValueError:
        return False
for name, each in schema["properties"].items():
    for kind in each.get("anyOf", [each]):
        if "enum" in kind and open_ended(name):
            del kind["enum"]
llm = {name: plain(each) for name, each in schema["properties"].items() if "$ref" not in json.dumps(each)}
print(json.dumps({sys.argv[1]: version(sys.argv[1]), "sdk": version("openhands-sdk"), "llm": llm,
                  "agent": sorted(Agent.model_json_schema()["properties"])}))
"""
"""Run by the release's own interpreter."""


def record(path: Path, name: str, pythons: list[str]) -> None:
    """Write the record anew, and say what is new, gone or changed from each release to the next."""
    found = []
    for python in pythons:
        told = subprocess.run([python, "-c", INSIDE, name], capture_output=True, text=True, check=True).stdout
        found.append(json.loads(told.strip().splitlines()[-1]))
    found.sort(key=lambda release: tuple(map(int, release[name].split("."))))
    for before, after in pairwise(found):
        print(f"{before[name]} -> {after[name]}")
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
    record(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
