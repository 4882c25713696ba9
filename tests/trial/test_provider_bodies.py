"""Every diagnosis by the body that causes it, through litellm and over real HTTP: see tools/provider_bodies.py."""

import asyncio
import re

import pytest
import pytest_asyncio
from tools.provider_bodies import ANSWERS, Answer, answering

from tui.base.secret import Secret
from tui.trial.diagnosis import diagnose
from tui.trial.probe_order import ProbeOrder

pytestmark = pytest.mark.asyncio(loop_scope="session")
KEY = "sk-test-0123456789abcdefghijKLMN"
AWS = {"aws_access_key_id": Secret("AKIAIOSFODNN7EXAMPLE"), "aws_secret_access_key": Secret("x" * 40)}
WITH_PATH = ("openai/", "hosted_vllm/", "lm_studio/", "openrouter/")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def root():
    with answering() as root:
        yield root


def order(answer: Answer, root: str) -> ProbeOrder:
    bedrock = answer.model.startswith("bedrock/")
    return ProbeOrder(
        answer.called, "Say ready", AWS if bedrock else {"api_key": Secret(KEY)},
        base_url=f"{root}/v1" if answer.model.startswith(WITH_PATH) else root,
        api_version="2024-06-01" if answer.model.startswith("azure/") else "",
        options={**answer.options, **({"aws_region_name": "us-east-1"} if bedrock else {})},
    )  # fmt: skip


@pytest.mark.parametrize("answer", sorted(ANSWERS, key=lambda answer: answer.called), ids=lambda answer: answer.name)
async def test_a_body_is_diagnosed_by_what_it_says(probe, root, answer):
    asked = order(answer, root)
    reply = await probe.call(asked, 30)
    found = diagnose(reply, asked)
    assert (reply.status, reply.requests) == (answer.status, 1), reply
    assert (found.code, found.field) == (answer.code, answer.field), (reply, found)
    assert reply.retry_after == answer.retry_after
    assert re.search(answer.words, f"{found.message} {found.hint}"), found
    assert not re.search(r"[{}]|'loc'", found.message + found.hint), "no Python or JSON in a sentence"


async def test_the_table_has_a_body_of_each_provider():
    assert len(ANSWERS) >= 25
    assert len({answer.name for answer in ANSWERS}) == len(ANSWERS)
    await asyncio.sleep(0)
