"""The Test step: what Enter sends, what a rehearsal is, stopping, copying, and going where it is repaired."""

import asyncio
import re
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.widgets import Static
from tools.pictures import StillApp, anthropic_draft, open_all, settled

from tui.base.secret import Secret
from tui.credentials.store import Store
from tui.drafts.repairs import take_out
from tui.screens.finish import FinishScreen
from tui.screens.messages import Move
from tui.screens.near_models import NearModels
from tui.screens.trial import TrialScreen
from tui.trial.probe_order import REHEARSED, ProbeOrder
from tui.trial.reply import Reply
from tui.widgets.attempt_list import MOST, AttemptList
from tui.widgets.steps import Step
from tui.widgets.trial_choices import Scenes

KEY = "sk-ant-api03-" + "a" * 91 + "XyZ4"
LIMITED = Reply(429, "RateLimitError", "Slow down.", 0.3, retry_after=0.05)
ANSWER = Reply(200, text="ready", prompt_tokens=14, completion_tokens=2, cost_usd=7.2e-05, seconds=0.9)


class Scripted:
    """Stands for the probe: answers in turn, keeps the last answer; None never answers."""

    def __init__(self, *replies: Reply | None) -> None:
        self.replies = list(replies)
        self.orders: list[ProbeOrder] = []

    async def ready(self) -> None:
        pass

    async def close(self) -> None:
        pass

    async def call(self, order: ProbeOrder, limit: float) -> Reply:
        self.orders.append(order)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if reply is None:
            await asyncio.Event().wait()
        return reply


def said(page: Screen[object]) -> str:
    """What stands on the Test step beside the attempts."""
    parts = [part for name in ("saved", "outcome", "hint", "thoughts") for part in page.query(f"#{name}")]
    return " ".join(str(part.content) for part in parts if isinstance(part, Static) and part.display)


class Opened:
    """The wizard on its Test step."""

    def __init__(self, home: Path, probe: Scripted, **fields: str) -> None:
        draft = anthropic_draft(home / "config.toml", key=KEY)
        draft.store = Store.KEYRING
        quick = {"num_retries": "3", "retry_min_wait": "0", "retry_max_wait": "0", "retry_multiplier": "0"}
        for key, text in {**quick, **fields}.items():
            draft.edit(key, text)
        self.app = StillApp(draft)
        self.app.desk.probe_started = probe  # type: ignore[assignment]
        open_all(self.app, Step.TEST)

    async def __aenter__(self):
        self._running = self.app.run_test(size=(80, 24))
        self.pilot = await self._running.__aenter__()
        await settled(self.pilot)
        self.app.on_move(Move(Step.TEST))
        await settled(self.pilot, lambda: self.app.screen.name == "test" and self.app.screen.focused is not None)
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self._running.__aexit__(*raised)

    @property
    def screen(self) -> TrialScreen:
        assert isinstance(self.app.screen, TrialScreen)
        return self.app.screen

    @property
    def outcome(self) -> str:
        """What is said of the end: the band, what to do, what else is to be known."""
        return said(self.screen)

    async def press(self, *keys: str, until) -> None:
        await self.pilot.press(*keys)
        await settled(self.pilot, until)


async def test_enter_on_the_scene_rehearses_and_nothing_is_sent(home: Path) -> None:
    probe = Scripted(ANSWER)
    async with Opened(home, probe) as opened:
        opened.screen.query_one("#scene").focus()
        await opened.press("down", until=lambda: opened.screen.query_one(Scenes).value == "overloaded")
        await opened.press("enter", until=lambda: "That was a rehearsal" in opened.outcome)
        assert {order.model for order in probe.orders} == {REHEARSED}
        assert KEY not in str([secret.reveal() for order in probe.orders for secret in order.secrets.values()])
        assert str(opened.screen.query_one("#onward").label) == "Send"
        assert opened.screen.focused.id == "onward"
        await opened.press("a", until=lambda: len(probe.orders) == 2 and "rehearsal" in opened.outcome)
        assert {order.model for order in probe.orders} == {REHEARSED}, "again is the same again"


async def test_a_rehearsal_is_copied_with_its_end(home: Path) -> None:
    async with Opened(home, Scripted(Reply(401, "AuthenticationError", "No."))) as opened:
        await opened.press("ctrl+r", until=lambda: "That was a rehearsal" in opened.outcome)
        await opened.press("c", until=lambda: bool(opened.app.clipboard))
        assert "The rehearsal does not accept the key." in opened.app.clipboard


async def test_a_second_paid_request_is_not_one_enter_away(home: Path) -> None:
    probe = Scripted(LIMITED, ANSWER)
    async with Opened(home, probe) as opened:
        await opened.press("enter", until=lambda: "“ready”" in opened.outcome)
        assert opened.screen.focused.id == "onward"
        assert "OpenHands would get it as well: at attempt 2 of 3" in opened.outcome
        opened.screen.query_one(AttemptList).focus()
        await opened.press("enter", until=lambda: True)
        assert len(probe.orders) == 2
        await opened.press("a", until=lambda: len(probe.orders) == 3)


async def test_the_whole_test_is_copied_without_the_key(home: Path) -> None:
    async with Opened(home, Scripted(LIMITED, Reply(401, "AuthenticationError", "No."))) as opened:
        await opened.press("enter", until=lambda: "does not accept" in opened.outcome)
        await opened.press("c", until=lambda: bool(opened.app.clipboard))
        lines = opened.app.clipboard.splitlines()
        assert lines[0] == "anthropic/claude-sonnet-4-5-20250929 → api.anthropic.com"
        assert lines[1] == "attempt 1 429 rate limited 0.30 s asks for 0.1 s Slow down."
        assert lines[2].startswith("attempt 2 401 key refused")
        assert lines[3] == "Anthropic does not accept the key."
        assert KEY[-8:] not in opened.app.clipboard


@pytest.mark.parametrize(
    ("reply", "step", "field"),
    [
        (Reply(401, "AuthenticationError", "No."), "key", "api_key"),
        (Reply(None, "Timeout", cause="timeout"), "options", "timeout"),
        (Reply(429, "RateLimitError", "Slow down."), "retries", "retry_max_wait"),
    ],
)
async def test_enter_goes_to_the_field_that_mends_it(home: Path, reply: Reply, step: str, field: str) -> None:
    async with Opened(home, Scripted(reply)) as opened:
        await opened.press("enter", until=lambda: opened.screen.focused.id == "onward")
        await opened.press("enter", until=lambda: opened.app.screen.name == step)
        await settled(opened.pilot, lambda: opened.app.screen.focused is not None)
        await settled(opened.pilot, lambda: opened.app.screen.focused.id == field)


NO_MODEL = Reply(404, "NotFoundError", "model: x")


async def test_enter_takes_the_nearest_model_and_tries_it(home: Path) -> None:
    probe = Scripted(NO_MODEL, ANSWER)
    async with Opened(home, probe, model="anthropic/claude-sonnet-4-5-20260929") as opened:
        await opened.press("enter", until=lambda: opened.screen.focused.id == "near")
        assert "claude-sonnet-4-5-20250929" not in opened.outcome, "the list names it"
        await opened.press("enter", until=lambda: "“ready”" in opened.outcome)
        assert [order.model for order in probe.orders][1:] == ["anthropic/claude-sonnet-4-5-20250929"]
        assert opened.app.draft.texts["model"] == "anthropic/claude-sonnet-4-5-20250929"


async def test_below_the_near_models_stands_the_way_to_all_of_them(home: Path) -> None:
    async with Opened(home, Scripted(NO_MODEL), model="anthropic/claude-sonnet-4-5-20260929") as opened:
        await opened.press("enter", until=lambda: opened.screen.focused.id == "near")
        last = len(opened.screen.query_one(NearModels).models)
        await opened.press(*["down"] * last, until=lambda: opened.screen.query_one(NearModels).highlighted == last)
        await opened.press("enter", until=lambda: opened.app.screen.name == "model")


async def test_the_model_that_the_provider_does_not_have_is_not_offered_again(home: Path) -> None:
    async with Opened(home, Scripted(NO_MODEL)) as opened:
        await opened.press("enter", until=lambda: opened.screen.focused.id == "near")
        names = [model.name for model in opened.screen.query_one(NearModels).models]
        assert names
        assert "claude-sonnet-4-5-20250929" not in names


class Unready(Scripted):
    """litellm is not loaded yet, and will not be for a while."""

    async def ready(self) -> None:
        await asyncio.Event().wait()


async def test_the_schedule_stands_there_before_litellm_is_loaded(home: Path) -> None:
    async with Opened(home, Unready(ANSWER), retry_min_wait="15", retry_max_wait="120") as opened:
        shown = lambda: str(opened.screen.query_one(AttemptList).render())  # noqa: E731
        await opened.press("enter", until=lambda: "starting litellm, 3 s left of usually 3" in shown())
        assert re.search(r"^ 3  0:30 ", shown(), re.MULTILINE)
        await opened.press("escape", until=lambda: "Stopped" in opened.outcome)


async def test_another_prompt_is_one_key_away(home: Path) -> None:
    probe = Scripted(ANSWER)
    async with Opened(home, probe) as opened:
        await opened.press("enter", until=lambda: "“ready”" in opened.outcome)
        await opened.press("n", until=lambda: opened.screen.has_class("-idle"))
        opened.screen.query_one("#prompt").focus()
        await opened.press("?", "enter", until=lambda: len(probe.orders) == 2)
        assert probe.orders[1].prompt == "?"


@pytest.mark.parametrize(("replies", "key"), [((None,), "s"), ((LIMITED,), "escape")])
async def test_stopping_a_request_or_a_wait_is_said(home: Path, replies, key: str) -> None:
    probe = Scripted(*replies)
    async with Opened(home, probe, retry_min_wait="60", retry_max_wait="60") as opened:
        going = "asking" if replies == (None,) else "waiting"
        await opened.press("enter", until=lambda: going in str(opened.screen.query_one(AttemptList).render()))
        await opened.press(key, until=lambda: "Stopped" in opened.outcome)
        assert opened.screen.name == "test"
        assert len(probe.orders) == 1
        await opened.press("a", until=lambda: len(probe.orders) == 2)


async def test_what_passed_and_is_not_saved_is_saved_from_finish(home: Path) -> None:
    async with Opened(home, Scripted(ANSWER)) as opened:
        await opened.press("enter", until=lambda: "Finish" in str(opened.screen.query_one("#onward").label))
        await opened.press("enter", until=lambda: isinstance(opened.app.screen, FinishScreen))
        page = "\n".join(str(part.content) for part in opened.app.screen.query(Static))
        assert "changes are not saved yet: ^s reviews them." in page
        await opened.press("ctrl+s", until=lambda: opened.app.screen.name == "review")


NO_HOST = Reply(None, "InternalServerError", "Connection error.", 0.1, cause="dns")


async def saved_with_the_key(opened: Opened, key: str) -> None:
    """From the test to Review, where another key is saved, and on to the test."""
    opened.app.draft.edit_secret("api_key", Secret(key))
    opened.app.draft.store = Store.CONFIG
    opened.app.on_move(Move(Step.REVIEW))
    await settled(opened.pilot, lambda: opened.app.screen.name == "review")
    await opened.press("enter", until=lambda: opened.app.screen.name == "test" and opened.app.screen.is_mounted)
    await settled(opened.pilot, lambda: "Saved" in opened.outcome)


@pytest.mark.parametrize("reply", [ANSWER, Reply(401, "AuthenticationError", "No.")], ids=["passed", "failed"])
async def test_what_came_of_another_key_is_not_shown_for_the_one_that_was_saved(home: Path, reply: Reply) -> None:
    async with Opened(home, Scripted(reply)) as opened:
        await opened.press("enter", until=lambda: opened.screen.focused.id == "onward")
        await saved_with_the_key(opened, "sk-ant-api03-" + "b" * 91 + "QwE5")
        assert opened.screen.has_class("-idle")
        assert not opened.screen.query_one("#next").display


async def test_what_came_of_a_key_is_shown_after_the_same_one_was_saved(home: Path) -> None:
    async with Opened(home, Scripted(ANSWER)) as opened:
        await opened.press("enter", until=lambda: opened.screen.focused.id == "onward")
        await saved_with_the_key(opened, KEY)
        assert "“ready”" in opened.outcome
        assert opened.screen.focused.id == "onward"


async def test_that_there_was_no_key_is_not_said_after_one_was_saved(home: Path) -> None:
    async with Opened(home, Scripted(ANSWER)) as opened:
        opened.app.draft.edit_secret("api_key", None)
        opened.app.draft.store = Store.ENVIRONMENT
        await opened.press("enter", until=lambda: "There is no API key" in opened.outcome)
        await saved_with_the_key(opened, KEY)
        assert "There is no API key" not in opened.outcome


async def test_a_test_that_is_stopped_says_why_it_failed_until_then(home: Path) -> None:
    """Nobody waits through eight attempts for a slip in the address."""
    async with Opened(home, Scripted(NO_HOST), retry_min_wait="60", retry_max_wait="60") as opened:
        opened.app.draft.edit("base_url", "https://api.antropic.com")
        opened.app.draft.edit_secret("api_key", Secret(KEY))
        waits = lambda: "waiting" in str(opened.screen.query_one(AttemptList).render())  # noqa: E731
        await opened.press("enter", until=waits)
        await opened.press("ctrl+c", until=lambda: "Stopped" in opened.outcome)
        assert "There is no host named api.antropic.com." in opened.outcome
        await settled(opened.pilot, lambda: opened.screen.focused.id == "onward")
        assert str(opened.screen.query_one("#onward").label) == "Fix: Base URL"
        await opened.press("enter", until=lambda: opened.app.screen.name == "key")


async def test_ctrl_c_stops_the_test_wherever_the_focus_is(home: Path) -> None:
    async with Opened(home, Scripted(LIMITED), retry_min_wait="60", retry_max_wait="60") as opened:
        waits = lambda: "waiting" in str(opened.screen.query_one(AttemptList).render())  # noqa: E731
        await opened.press("enter", until=waits)
        opened.screen.set_focus(None)
        await opened.press("ctrl+c", until=lambda: "Stopped" in opened.outcome)
        assert opened.screen.name == "test"


async def test_a_stopped_test_that_wanted_only_patience_says_no_more(home: Path) -> None:
    async with Opened(home, Scripted(LIMITED), retry_min_wait="60", retry_max_wait="60") as opened:
        waits = lambda: "waiting" in str(opened.screen.query_one(AttemptList).render())  # noqa: E731
        await opened.press("enter", until=waits)
        await opened.press("s", until=lambda: "Stopped" in opened.outcome)
        assert "limits the rate" not in opened.outcome
        assert str(opened.screen.query_one("#onward").label) == "Send"


async def test_retry_after_is_obeyed_and_time_limited_only_when_switched_on(home: Path) -> None:
    probe = Scripted(Reply(429, "RateLimitError", "Slow down.", 0.3, retry_after=600))
    async with Opened(home, probe) as opened:
        await opened.press("enter", until=lambda: "still limits the rate" in opened.outcome)
        assert len(probe.orders) == 3
        await opened.press("n", until=lambda: opened.screen.focused.id == "send")
        opened.screen.query_one("#obey").focus()
        await opened.press("right", "tab", "right", until=lambda: opened.screen.focused.id == "time-limit")
        await opened.press("enter", until=lambda: len(probe.orders) == 4 and "time limit" in opened.outcome)
        assert "The time limit ended the test." in opened.outcome


async def test_of_many_attempts_the_present_one_is_seen_and_afterwards_all(home: Path) -> None:
    probe = Scripted(*[LIMITED] * 30, None)
    async with Opened(home, probe, num_retries="40", timeout="30") as opened:
        attempts = opened.screen.query_one(AttemptList)
        await opened.press("enter", until=lambda: "asking" in str(attempts.render()) and len(probe.orders) == 31)
        rows = str(attempts.render()).splitlines()
        assert len(rows) == MOST + 6
        assert re.match(r"Rate limited 30 times\. Attempt 31 of 40\. +0:\d\d so far", rows[0])
        assert any(row.startswith("31 ") and "asking api.anthropic.com" in row for row in rows)
        assert rows[-3].startswith("40 ")
        assert rows[-1] == "Each request may take up to 0:30."
        await opened.press("s", until=lambda: "Stopped" in opened.outcome)
        assert len(str(attempts.render()).splitlines()) == 31
        body = opened.screen.query_one("#body")
        await opened.press("pagedown", "pagedown", until=lambda: body.scroll_y == body.max_scroll_y > 0)
        await opened.press("pageup", "pageup", until=lambda: body.scroll_y == 0)


async def test_what_openhands_drops_is_not_tried_and_the_key_is_named(home: Path) -> None:
    path = home / "config.toml"
    path.write_text('[core]\n[llm]\nmodel = "anthropic/claude-x"\nmodle = 1\n')
    probe = Scripted(ANSWER)
    async with Opened(home, probe, model="anthropic/claude-x") as test:
        await test.pilot.press("enter")
        words = "~/config.toml:4: [llm]: OpenHands does not know “modle”"
        await settled(test.pilot, lambda: words in test.outcome)
        assert probe.orders == []
        take_out(test.app.draft)
        # as long as a button looks pressed, for 0.2 s, Textual takes no other Enter for it
        await settled(test.pilot, lambda: not test.app.focused.has_class("-active"))
        await test.pilot.press("enter")
        await settled(test.pilot, lambda: len(probe.orders) == 1)
