"""The longest answer of a model, which OpenHands asks for when none is set: what its litellm's list of models says.

`output_limits.json` is that list as OpenHands 0.62.0 comes with it (`tests/tools/record_output_limits.py`): later lists
have forgotten the models that were withdrawn, and guess. A LiteLLM proxy would be asked as well, with the key and in a
request of its own, which a test does not make.
"""

import json
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("output_limits.json")


def output_limit(model: str) -> int | None:
    """Tokens, for the model as it is written in the settings; None where OpenHands asks for no limit."""
    name = model.partition(":")[0]
    known = [each for each in (name, name.partition("/")[2], model.rpartition("/")[2]) if each in _limits()]
    return _limits()[known[0]] if known else None


@cache
def _limits() -> dict[str, int | None]:
    by_limit = json.loads(_FILE.read_text(encoding="utf-8"))["models"]
    return {name: int(limit) if limit.isdecimal() else None for limit, names in by_limit.items() for name in names}
