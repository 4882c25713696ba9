"""A thousand agent_settings.json that others left: what is not ours is there after `set`, and all after `undo`."""

import json
import random
from pathlib import Path
from typing import Any

from tui.cli import main

FILES = 1000
SETTINGS = {
    "num_retries": (2, 8, 30), "retry_min_wait": (0, 15), "timeout": (1, 600), "model": ("ollama/x", "openai/é"),
    "temperature": (0.0, 0.5), "drop_params": (True, False), "base_url": ("https://h.example/v1",),
}  # fmt: skip
WORDS = ("a", "é", "usage_id", "service_id", "tools", "schema", "x y", 'quote"', "\\", "日本", "custom_llm_provider")
LAYOUTS: tuple[dict[str, Any], ...] = (
    {}, {"indent": 2}, {"indent": 4}, {"indent": "\t"}, {"separators": (",", ":")}, {"indent": 2, "ensure_ascii": False}
)  # fmt: skip


def anything(chance: random.Random, depth: int = 0) -> Any:
    kind = chance.randrange(7 if depth < 3 else 5)
    if kind == 5:
        return [anything(chance, depth + 1) for _number in range(chance.randrange(3))]
    if kind == 6:
        return {word: anything(chance, depth + 1) for word in chance.sample(WORDS, chance.randrange(4))}
    return (None, True, chance.randrange(-(10**9), 10**9), chance.random(), chance.choice(WORDS))[kind]


def foreign(chance: random.Random) -> dict[str, Any]:
    return {word: anything(chance) for word in chance.sample(WORDS, chance.randrange(6))}


def left_by_others(chance: random.Random) -> tuple[dict[str, Any], str]:
    """A whole file, and its text."""
    llm = {**foreign(chance), "model": "openai/old", **foreign(chance)}
    own = chance.sample(sorted(SETTINGS), chance.randrange(len(SETTINGS)))
    llm |= {key: chance.choice(SETTINGS[key]) for key in own}
    below = {
        **foreign(chance),
        **(llm if chance.random() < 0.7 else {"model": "openai/apart"}),
        "usage_id": "condenser",
    }
    condenser = chance.choice(
        [None, {"kind": "NoOpCondenser"}, {"kind": "LLMSummarizingCondenser", "llm": below, "max_size": 80}]
    )
    whole = {**foreign(chance), "llm": llm, "condenser": condenser, **foreign(chance), "kind": "Agent"}
    newline = chance.choice(["", "\n", "\r\n"])
    text = json.dumps(whole, **chance.choice(LAYOUTS)) + newline
    return whole, text.replace("\n", "\r\n") if newline == "\r\n" else text


def without(whole: Any, keys: set[str]) -> str:
    """All but some settings of the two models, as one text: order and kinds of numbers count."""
    whole = json.loads(json.dumps(whole))
    for table in (whole, whole.get("condenser")):
        llm = table.get("llm") if isinstance(table, dict) else None
        for key in keys & llm.keys() if isinstance(llm, dict) else ():
            del llm[key]
    return json.dumps(whole)


def test_what_is_not_ours_is_kept_by_set_and_all_of_it_by_undo(home: Path, tries, attack, capsys) -> None:
    tally = attack("agent_settings.json of others, set and undone")
    path = home / ".openhands/agent_settings.json"
    path.parent.mkdir()
    for number in range(tries(FILES)):
        chance = random.Random(number)
        whole, text = left_by_others(chance)
        path.write_text(text, newline="")
        wanted = {key: chance.choice(SETTINGS[key]) for key in chance.sample(sorted(SETTINGS), 1 + chance.randrange(4))}
        words = [f"{key}={str(value).lower() if isinstance(value, bool) else value}" for key, value in wanted.items()]
        status = main(["set", "--for", "cli", *words])
        now = json.loads(path.read_bytes())
        retries = {"num_retries", "retry_min_wait", "retry_max_wait", "retry_multiplier"}
        changed = {*wanted, *retries} if retries & wanted.keys() else set(wanted)
        kept = without(now, changed) == without(whole, changed)
        taken = all(now["llm"][key] == value for key, value in wanted.items())
        same = path.read_bytes() == text.encode()
        undone = same or main(["undo", "--for", "cli"]) == 0
        tally.hold(
            status == 0 and kept and taken and undone and path.read_bytes() == text.encode(), f"{number}: {words}"
        )
        capsys.readouterr()
    tally.close()
