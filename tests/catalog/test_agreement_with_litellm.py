"""Every row of the catalogue against litellm itself, asked in a child process with the probe's environment."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from typing import Any

import pytest
from tools.patience import LIMIT

from tui.base.child import PASSED_ON
from tui.catalog.model import STEP_INPUT, STEPS, TASK_CACHED, TASK_OUTPUT, Model, typical_task_cost
from tui.catalog.models import Catalogue
from tui.catalog.reputation import remembered
from tui.catalog.snapshot import bundled
from tui.trial.probe_client import probe_environment

ASKING = """
import json, sys, litellm
litellm.suppress_debug_info = True
litellm.get_supported_openai_params = lambda **_call: None  # most of the time of get_model_info, and not asked here
order = json.load(sys.stdin)
told = {}
for id_ in order["ids"]:
    row = litellm.model_cost.get(id_, {})
    told[id_] = answer = {"provider": litellm.get_llm_provider(id_)[1], "off_peak": "off_peak_pricing" in row}
    answer["by_length"] = "tiered_pricing" in row or "input_cost_per_token_above_32k_tokens" in row
    try:
        answer["info"] = litellm.get_model_info(id_)
        answer["cost"] = sum(litellm.cost_per_token(model=id_, **order["step"]))
    except Exception as error:
        answer["unknown"] = type(error).__name__
json.dump(told, sys.stdout, default=str)
"""
STEP = {
    "prompt_tokens": STEP_INPUT,
    "cache_read_input_tokens": int(STEP_INPUT * TASK_CACHED),
    "completion_tokens": TASK_OUTPUT // STEPS,
}
NOT_FOUND = {"ai21_chat", "amazon_nova"}
"""Families whose rows litellm has under another name than the one by which it calls them."""
LEFT_OUT = {"lemonade"}
"""get_model_info makes one up for them: it would ask the server."""


pytestmark = pytest.mark.skipif(
    version("litellm") != bundled().litellm, reason="another litellm than the one that the catalogue was made of"
)


@pytest.fixture(scope="module")
def told(catalogue: Catalogue) -> dict[str, Any]:
    ids = [model.id for model in catalogue.models]
    assert not any(id_.startswith(("github_copilot/", "chatgpt/")) for id_ in ids)  # they would start a login
    environ = {name: os.environ[name] for name in PASSED_ON if name in os.environ} | probe_environment({})
    asked = json.dumps({"ids": ids, "step": STEP})
    done = subprocess.run(
        [sys.executable, "-P", "-c", ASKING], input=asked, env=environ, check=True, capture_output=True, text=True,
        timeout=LIMIT,
    )  # fmt: skip
    return json.loads(done.stdout)


def known(catalogue: Catalogue, told: dict[str, Any]) -> list[tuple[Model, dict[str, Any]]]:
    ours = {model.id for model in remembered(())}
    return [(m, told[m.id]) for m in catalogue.models if m.id not in ours and m.family not in LEFT_OUT]


def test_every_id_leads_to_its_own_provider(catalogue: Catalogue, told: dict[str, Any]) -> None:
    elsewhere = [(m.id, told[m.id]["provider"]) for m in catalogue.models if told[m.id]["provider"] != m.family]
    assert elsewhere == []


def test_litellm_finds_all_but_what_it_files_elsewhere(catalogue: Catalogue, told: dict[str, Any]) -> None:
    unknown = {model.family for model, answer in known(catalogue, told) if "unknown" in answer}
    assert unknown <= NOT_FOUND


def test_limits_and_prices_are_litellms(catalogue: Catalogue, told: dict[str, Any]) -> None:
    """litellm says 0 where it knows no price, and has one price where a provider has several by length."""
    different = []
    for model, answer in known(catalogue, told):
        info = answer.get("info")
        if info and not answer["by_length"]:
            ours = [model.context or 0, model.max_output or 0, *per_token(model)]
            theirs = [info.get(name) or 0 for name in ("max_input_tokens", "max_output_tokens", *PRICES)]
            if model.family == "fireworks_ai" and not theirs[-1]:
                ours[-1] = 0  # half the price of the input, which litellm adds when it counts
            if ours != pytest.approx(theirs, rel=1e-6, abs=1e-12):
                different.append((model.id, ours, theirs))
    assert different == []


PRICES = ("input_cost_per_token", "output_cost_per_token", "cache_read_input_token_cost")


def per_token(model: Model) -> list[float]:
    prices = (model.input_per_million, model.output_per_million, model.cached_per_million)
    return [(price or 0) / 1e6 for price in prices]


def test_a_typical_task_costs_what_litellm_would_count(catalogue: Catalogue, told: dict[str, Any]) -> None:
    different, priced = [], 0
    for model, answer in known(catalogue, told):
        ours = typical_task_cost(model)
        if ours is not None and "cost" in answer:
            priced += 1
            if answer["off_peak"]:  # less at some hours, and this may be one of them
                assert ours >= STEPS * answer["cost"] - 1e-9
            elif ours != pytest.approx(STEPS * answer["cost"], rel=1e-6, abs=1e-9):
                different.append((model.id, ours, STEPS * answer["cost"]))
    assert different == []
    assert priced > 2000
