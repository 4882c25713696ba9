"""Home, when there is something to look at: all settings in a few lines, each with its way in."""

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _, many
from tui.credentials.store import Store
from tui.retry.schedule import in_words
from tui.screens.step import StepScreen
from tui.settings.draft import Draft
from tui.settings.field import Kind, Place
from tui.settings.fields import RETRY_KEYS, at
from tui.settings.policy import policy_of
from tui.settings.problems import problems
from tui.settings.shadows import shadows
from tui.widgets.pick_list import PickList
from tui.widgets.remark import remark
from tui.widgets.steps import Step, title
from tui.widgets.tone import Piece, left, line


class OverviewScreen(StepScreen):
    """One row a step; Enter opens it. What is wrong stands below."""

    STEP: ClassVar[Step] = Step.OVERVIEW

    def body(self) -> Iterable[Widget]:
        """The rows and the remarks."""
        yield PickList[Step](self._paint, id="list")
        yield Static(id="remarks", markup=False)

    def on_mount(self) -> None:
        """Fill it."""
        steps = [Step.PROVIDER, Step.KEY, Step.MODEL, Step.OPTIONS, Step.RETRIES, Step.REVIEW, Step.TEST]
        self.pick_list.styles.height = len(steps)
        self.pick_list.show(steps)
        self.query_one("#remarks", Static).update(line(("\n", "plain")).join(self._remarks()))
        self.explanation.explain(_("Change anything"), [[(self.help_text(), "muted")]])

    @property
    def pick_list(self) -> "PickList[Step]":
        """The rows."""
        return self.query_one(PickList)

    def _remarks(self) -> list:  # type: ignore[type-arg]
        said = [remark(p.message, "wrong" if p.blocks else "look-out") for p in problems(self.draft)]
        if any(key not in self.draft.config.table("llm") for key in RETRY_KEYS):
            text = _(
                "Not all four retry settings are in the file; OpenHands' defaults differ by release. Saving adds them."
            )
            said.append(remark(text))
        return [*said, *(remark(text) for text in shadows(self.draft))]

    def _paint(self, step: Step, width: int) -> list[Piece]:
        words, tone = self._summary(step)
        return [(f" {left(title(step), 12)}", "strong"), (left(words, max(width - 14, 0)), tone)]

    def _summary(self, step: Step) -> tuple[str, str]:  # noqa: PLR0911 - one line a step
        match step:
            case Step.PROVIDER:
                return _provider(self.draft)
            case Step.KEY:
                return _key_place(self.draft)
            case Step.MODEL:
                return clean(self.draft.texts["model"]) or _("none"), "plain"
            case Step.OPTIONS:
                return _options(self.draft), "plain"
            case Step.RETRIES:
                return _policy(self.draft), "plain"
            case Step.REVIEW:
                return _unsaved(self.draft)
            case _:
                return _("send a prompt, and see it retried"), "muted"

    def action_next(self) -> None:
        """Open the highlighted step."""
        if self.pick_list.chosen:
            self.action_go(self.pick_list.chosen.value)

    def on_pick_list_picked(self) -> None:
        """A click does the same."""
        self.action_next()

    def action_up(self) -> None:
        """The row above."""
        self.pick_list.move(-1)

    def action_down(self) -> None:
        """The row below."""
        self.pick_list.move(1)

    def enter_does(self) -> str:
        """Enter opens."""
        return _("Open")

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "This is what stands in config.toml. Open a step to change it; nothing is written before you save in "
            "Review. Escape leads back here from every step."
        )


def _provider(draft: Draft) -> tuple[str, str]:
    name = draft.provider.name if draft.provider else _("not recognised from the model's name")
    url = f"  {clean(draft.base_url)}" if draft.base_url else ""
    return name + url, "plain" if draft.provider else "look-out"


def _unsaved(draft: Draft) -> tuple[str, str]:
    if not draft.dirty:
        return _("nothing to save"), "muted"
    count = len(draft.changes()) + len(draft.typed_secrets())
    return many("{count} change to save", "{count} changes to save", count), "look-out"


def _key_place(draft: Draft) -> tuple[str, str]:
    if not draft.secret_keys():
        return _("no key needed"), "plain"
    if draft.typed_secrets():
        return _("typed, not saved yet"), "look-out"
    match draft.store or draft.remembered_store:
        case Store.KEYRING:
            return _("in the system keyring"), "plain"
        case Store.ENVIRONMENT:
            return _("in the environment, set by you"), "plain"
        case Store.CONFIG:
            secret = draft.secret_in_file()
            masked = secret.masked() if secret else ""
            return _("in config.toml, readable text {masked}").format(masked=masked), "look-out"
    needed = any(
        need.required and need.key in draft.secret_keys() for need in (draft.provider.needs if draft.provider else ())
    )
    return (_("none yet"), "look-out") if needed else (_("none"), "muted")


def _options(draft: Draft) -> str:
    fields = [f for f in at(Place.OPTIONS) if f.kind is not Kind.TABLES and draft.texts[f.key].strip()]
    shown = [f"{f.key} = {clean(draft.texts[f.key], limit=24)}" for f in fields]
    return ", ".join(shown) if shown else _("all as OpenHands has them")


def _policy(draft: Draft) -> str:
    try:
        policy = policy_of(draft)
    except SetupError as error:
        return error.message
    attempts = many("{count} attempt", "{count} attempts", policy.attempts)
    return _("{attempts}, at most {total} of waiting").format(attempts=attempts, total=in_words(policy.total()))
