"""Every step as a picture: the tests compare the screens with screenshots/, and the README shows them."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from tools.contact_sheet import contact_sheet
from tools.memory_store import MemoryStore
from tools.pictures import StillApp, anthropic_draft, draft_of, open_all, picture_of, settled
from tools.tour import tour

from tui.base.secret import Secret
from tui.base.translation import spoken
from tui.credentials.store import Store
from tui.drafts.draft_set import Drafts
from tui.drafts.unfinished import Position, UnfinishedDraft, written
from tui.openhands.targets.found import proposed
from tui.retry.policy import RetryPolicy
from tui.saving.transaction import save
from tui.screens.finish import FinishScreen
from tui.screens.messages import Move
from tui.screens.resume import ResumeScreen
from tui.screens.trial import TrialScreen
from tui.screens.trial_words import asked, target
from tui.trial.diagnosis import diagnose
from tui.trial.events import Attempt, AttemptStarted, Outcome, Waiting
from tui.trial.plan import order_of, real
from tui.trial.reply import Reply
from tui.trial.runner import LONGEST_CALL
from tui.widgets.attempt_list import AttemptList
from tui.widgets.steps import ORDER, Step

pytestmark = pytest.mark.usefixtures("nothing_installed")
PICTURES = Path(__file__).parents[2] / "screenshots"
SIZES = {"": (100, 30), "-80x24": (80, 24)}
IN_CHINESE = {"-zh": (80, 24), "-60x20-zh": (60, 20)}
KEY = "sk-ant-api03-" + "a" * 91 + "XyZ4"
CONFIG = """\
# OpenHands at work
[core]
workspace_base = "./workspace"

[llm]                      # my models
model = "anthropic/claude-sonnet-4-5-20250929"
num_retries = 8
retry_min_wait = 15
retry_max_wait = 120
retry_multiplier = 2
temperature = 0.0          # keep
"""

Act = Callable[[StillApp, Pilot[str]], Awaitable[None]]


async def _type(pilot: Pilot[str], text: str) -> None:
    for character in text:
        await pilot.press("space" if character == " " else character)


async def _nothing(_app: StillApp, _pilot: Pilot[str]) -> None:
    pass


async def _search(_app: StillApp, pilot: Pilot[str]) -> None:
    await _type(pilot, "sonnet 4")


async def _second_field(_app: StillApp, pilot: Pilot[str]) -> None:
    await pilot.press("down")


async def _help(_app: StillApp, pilot: Pilot[str]) -> None:
    await pilot.press("f1")


LIMITED = Reply(status=429, error="RateLimitError", message="Rate limit reached", seconds=0.31, retry_after=20.0)
ANSWER = Reply(
    status=200, text="ready", seconds=0.92, prompt_tokens=14, completion_tokens=2, cost_usd=7.2e-05, requests=1
)


UNKNOWN = Reply(status=404, error="NotFoundError", message="model: claude-sonnet-4-5-20260929", seconds=0.12)


def _sent(app: StillApp, now: list[float]) -> TrialScreen:
    """The Test step as it is when a prompt was sent, at a clock that stands still."""
    screen = app.screen
    assert isinstance(screen, TrialScreen)
    attempts = screen.query_one(AttemptList)
    attempts._now = lambda: now[0]
    screen._plan = real(order_of(app.draft, "?", {"api_key": Secret(KEY)}), RetryPolicy())
    screen.forget_outcome()
    attempts.target, attempts.host = target(screen._plan, app.draft), asked(screen._plan, app.draft)
    attempts.begin(screen._plan.policy, LONGEST_CALL)
    attempts._clock.pause()
    screen._work = object()  # type: ignore[assignment]
    screen.refresh_keys()
    return screen


def _end(screen: TrialScreen, outcome: Outcome) -> None:
    screen._work = None
    screen._show(outcome)
    screen.conclude(outcome)
    screen.refresh_keys()


async def _waiting(app: StillApp, _pilot: Pilot[str]) -> None:
    """Two attempts failed; the third is 6 of 15 seconds away."""
    now = [0.0]
    screen = _sent(app, now)
    attempts = screen.query_one(AttemptList)
    for number, at in ((1, 0.0), (2, 15.3)):
        now[0] = at
        screen._show(AttemptStarted(number, at, LONGEST_CALL))
        screen._show(Attempt(number, at, LIMITED, retryable=True))
        now[0] = at + 0.3
        screen._show(Waiting(number, 15.0))
    now[0] = 24.6
    attempts.focus()
    attempts.refresh()


async def _passed(app: StillApp, pilot: Pilot[str]) -> None:
    """And it was answered."""
    await _waiting(app, pilot)
    screen = app.screen
    assert isinstance(screen, TrialScreen)
    screen._show(AttemptStarted(3, 30.6, LONGEST_CALL))
    screen._show(Attempt(3, 30.6, ANSWER, retryable=False))
    last = Attempt(3, 30.6, ANSWER, retryable=False)
    _end(screen, Outcome(True, 3, "ready", 14, 2, 7.2e-05, 31.5, last=last))


async def _diagnosed(app: StillApp, _pilot: Pilot[str]) -> None:
    """The server was busy, and then it did not know the model."""
    screen = _sent(app, [0.0])
    for number, at, reply in ((1, 0.0, LIMITED), (2, 15.3, UNKNOWN)):
        screen._show(AttemptStarted(number, at, LONGEST_CALL))
        screen._show(Attempt(number, at, reply, retryable=reply is LIMITED))
    assert screen._plan
    why = diagnose(UNKNOWN, screen._plan.order, lambda: app.desk.catalogue)
    last = Attempt(2, 15.3, UNKNOWN, retryable=False)
    _end(screen, Outcome(False, 2, "", None, None, None, 15.7, why, last))


async def _stopped(app: StillApp, _pilot: Pilot[str]) -> None:
    """As it starts after it was cut off, somebody else having saved meanwhile."""
    drafts = Drafts(draft_of(app.draft.config.path))
    drafts.current.edit("num_retries", "5")
    drafts.current.edit("temperature", "0.2")
    drafts.current.edit_secret("api_key", Secret(KEY))
    stopped = UnfinishedDraft.read(written(drafts, Position("retries"), "", now=datetime.now(tz=UTC)))
    assert stopped
    app.draft.config.path.write_text(CONFIG.replace("num_retries = 8", "num_retries = 6"))
    app.resume.stopped = stopped
    drafts = stopped.drafts(draft_of(app.draft.config.path))
    app.switch_screen(ResumeScreen(stopped, drafts, stopped.meanwhile(drafts)))
    await settled(_pilot, lambda: app.screen.name == "stopped")


async def _finish(app: StillApp, _pilot: Pilot[str]) -> None:
    app.finish.open(passed=True)
    await settled(_pilot, lambda: isinstance(app.screen, FinishScreen))


SCENES: dict[str, tuple[Step, Act]] = {
    "overview": (Step.OVERVIEW, _nothing),
    "provider": (Step.PROVIDER, _nothing),
    "key": (Step.KEY, _nothing),
    "model": (Step.MODEL, _search),
    "options": (Step.OPTIONS, _nothing),
    "retries": (Step.RETRIES, _second_field),
    "retries-help": (Step.RETRIES, _help),
    "review": (Step.REVIEW, _nothing),
    "test-idle": (Step.TEST, _nothing),
    "test": (Step.TEST, _waiting),
    "test-passed": (Step.TEST, _passed),
    "test-failed": (Step.TEST, _diagnosed),
    "stopped": (Step.OVERVIEW, _stopped),
    "finish": (Step.TEST, _finish),
}

ON_A_SMALL_SCREEN = "overview", "test", "test-failed"


def _app(scene: str, config: Path) -> StillApp:
    if scene in {"overview", "stopped", "provider"}:
        if scene != "provider":
            config.parent.mkdir()
            config.write_text(CONFIG)
        app = StillApp(draft_of(config))
        app.desk.programs = proposed() if scene != "stopped" else ()
        return app
    if scene == "review":
        config.parent.mkdir()
        config.write_text(CONFIG.replace('model = "anthropic/claude-sonnet-4-5-20250929"', 'model = "gpt-4o"'))
    app = StillApp(anthropic_draft(config, key=KEY))
    app.draft.store = Store.KEYRING if scene != "key" else None
    if scene == "test-failed":
        app.draft.edit("model", "anthropic/claude-sonnet-4-5-20260929")
    return app


async def opened(app: StillApp, pilot: Pilot[str], step: Step) -> None:
    """Show a step; what is tested was saved before."""
    await settled(pilot)
    if step is Step.TEST:
        await save(app.draft, MemoryStore())
    if step is not Step.OVERVIEW:
        app.on_move(Move(step))
    await settled(pilot, lambda: app.screen.name == step.value)


def _pictures() -> list[tuple[str, str]]:
    """Scenes and sizes, in the language of this run."""
    if spoken() == "zh_CN":
        return [(scene, size) for scene in SCENES for size in IN_CHINESE if size == "-zh" or scene in ON_A_SMALL_SCREEN]
    return [(scene, size) for scene in SCENES for size in SIZES]


@pytest.mark.parametrize(("scene", "size"), _pictures())
async def test_a_screen_looks_as_in_its_picture(
    scene: str, size: str, home: Path, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    step, act = SCENES[scene]
    app = _app(scene, home / ".openhands" / "config.toml")
    if step in ORDER:
        open_all(app, step)
    async with app.run_test(size=(SIZES | IN_CHINESE)[size]) as pilot:
        await opened(app, pilot, step)
        await act(app, pilot)
        await settled(pilot)
        picture = picture_of(app)
        app.desk.draft.texts = dict(app.desk.draft.loaded)
    known = PICTURES / f"{scene}{size}.svg"
    if request.config.getoption("--update-pictures"):
        known.write_text(picture)
    seen = tmp_path / known.name
    seen.write_text(picture)
    assert known.exists(), f"no picture yet: run pytest {__file__} --update-pictures and look at it"
    assert _text(picture) == _text(known.read_text()), "the text on the screen is another one"
    assert picture == known.read_text(), f"only colours differ; compare {seen} with {known}"


def _text(svg: str) -> list[str]:
    """What stands on the screen, for a readable difference."""
    return re.findall(r">([^<>]+)</text>", svg)


TOUR = ("provider", "key", "model", "retries", "review", "test", "test-passed", "finish")


PAGES = {
    "Overview": "overview", "Provider": "provider", "Key": "key",
    "Model": "model", "Options": "options", "Retries": "retries",
    "Review": "review", "Test": "test-idle", "Test, going on": "test",
    "Test, passed": "test-passed", "Test, failed": "test-failed", "Finish": "finish",
}  # fmt: skip
"""What the contact sheet shows, from left to right."""


@pytest.mark.parametrize("name", ["tour", "pages"])
def test_the_pictures_of_the_readme_are_made_of_the_others(name: str, request: pytest.FixtureRequest) -> None:
    size, end = ("-zh", "-zh") if spoken() == "zh_CN" else ("-80x24", "")

    def picture(scene: str) -> str:
        return (PICTURES / f"{scene}{size}.svg").read_text()

    made = tour([*map(picture, TOUR)]) if name == "tour" else contact_sheet({k: picture(v) for k, v in PAGES.items()})
    known = PICTURES / f"{name}{end}.svg"
    if request.config.getoption("--update-pictures"):
        known.write_text(made)
    assert made == known.read_text()
