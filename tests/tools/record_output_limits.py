"""Record the longest answers that OpenHands asks for when none is set: those of the price list of its own litellm.

    PYTHON-OF-OPENHANDS tests/tools/record_output_limits.py > tui/trial/output_limits.json

Models by limit; under "none" those that the list knows without one.
"""

import importlib.metadata
import json
import os
from typing import Any

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
import litellm

TALKING = {"chat", "completion", "responses", None}


def limit_of(row: dict[str, Any]) -> str:
    """As `LLM.init_model_info` reads it."""
    limits = [row.get(key) for key in ("max_output_tokens", "max_tokens")]
    return next((str(limit) for limit in limits if isinstance(limit, int)), "none")


def main() -> None:
    """Print the list."""
    by_limit: dict[str, list[str]] = {}
    for name, row in sorted(litellm.model_cost.items()):
        if name != "sample_spec" and row.get("mode") in TALKING:
            by_limit.setdefault(limit_of(row), []).append(name)
    versions = {name: importlib.metadata.version(name) for name in ("openhands-ai", "litellm")}
    lines = [f"{json.dumps(limit)}: {json.dumps(names, separators=(',', ':'))}" for limit, names in by_limit.items()]
    print(f'{{"versions": {json.dumps(versions)}, "models": {{\n' + ",\n".join(lines) + "\n}}")


if __name__ == "__main__":
    main()
