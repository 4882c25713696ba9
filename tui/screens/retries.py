"""Step 5: how often and how patiently OpenHands tries again."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from tui.base.errors import SetupError
from tui.base.translation import _, many
from tui.retry.policy import RetryPolicy
from tui.retry.presets import PRESETS, preset_of
from tui.retry.schedule import remarks
from tui.screens.form import FormScreen
from tui.settings.field import Field, Place
from tui.settings.fields import RETRY_KEYS, at
from tui.settings.policy import policy_of
from tui.widgets.choice import Choice
from tui.widgets.field_row import LABEL
from tui.widgets.remark import Remark
from tui.widgets.schedule_bars import ScheduleBars, total_in_words
from tui.widgets.steps import Step
from tui.widgets.tone import Piece, left, line

OWN = ""


class RetriesScreen(FormScreen):
    """Four numbers, and what they do, drawn anew with every key."""

    STEP: ClassVar[Step] = Step.RETRIES
    AUTO_FOCUS = "FieldRow Input"

    def body(self) -> Iterable[Widget]:
        """Preset, fields, bars, total, remarks."""
        with Horizontal(id="preset-row"):
            yield Static(left(_("Preset"), LABEL), id="preset-label")
            names = [_("Own values"), *(preset.name for preset in PRESETS)]
            yield Choice(
                [OWN, *(preset.key for preset in PRESETS)], self._preset(), id="preset", names=names, empty=names[0]
            )
        yield Static("", classes="gap")
        for field in at(Place.RETRIES):
            yield self.row(field, placeholder=field.text(field.documented), words=self.words_of(field), cells=9)
        yield Static("", classes="gap")
        yield ScheduleBars()
        yield Static(id="total", markup=False)
        yield Remark(id="remark")

    def on_mount(self) -> None:
        """Draw what the draft holds."""
        self._draw()

    def edited(self, field: Field) -> None:
        """Draw it anew."""
        super().edited(field)
        with self.prevent(Choice.Chosen):
            self.query_one("#preset", Choice).choose(self._preset())
        self._draw()

    @on(Choice.Chosen, "#preset")
    def _take_preset(self, event: Choice.Chosen) -> None:
        event.stop()
        policy = next((preset.policy for preset in PRESETS if preset.key == event.value), None)
        if policy:
            for key in RETRY_KEYS:
                self.query_one(f"#row-{key}").set_text(f"{getattr(policy, key):g}")  # type: ignore[attr-defined]

    def _preset(self) -> str:
        policy = self._policy()
        preset = preset_of(policy) if policy else None
        return preset.key if preset else OWN

    def _policy(self) -> RetryPolicy | None:
        try:
            return policy_of(self.draft)
        except SetupError:
            return None

    def _draw(self) -> None:
        policy = self._policy()
        if policy is None:
            return  # the row says what is wrong; the last schedule stays in sight
        self.query_one(ScheduleBars).draw(policy)
        self.query_one("#total", Static).update(line(*total_in_words(policy)))
        self.query_one(Remark).say(next(iter(remarks(policy)), ""))

    def words_of(self, field: Field) -> str:
        """What the number means in words."""
        policy = self._policy()
        if field.key == "num_retries" and policy:
            return _("first try + {retries}").format(
                retries=many("{count} retry", "{count} retries", policy.attempts - 1)
            )
        return _("scales 1 2 4 8 … s") if field.key == "retry_multiplier" else ""

    def explain_field(self, field: Field) -> None:
        """What it does, what the releases take without it."""
        rows: list[list[Piece]] = [[(field.help, "muted")], [("", "plain")], [(field.variable, "key")], [("", "plain")]]
        rows.append([(_("Documented"), "faint"), (f"      {field.documented}", "plain")])
        defaults = {"0.51–1.6": field.default, **(field.earlier or {})}
        rows += [[(left(release, 16), "faint"), (str(value), "plain")] for release, value in defaults.items()]
        rows += [
            [("", "plain")],
            [(_("The defaults changed from release to release, so all four are written."), "muted")],
        ]
        self.explanation.explain(field.label, rows)

    def action_next(self) -> None:
        """The values shown are accepted: they will be written even where they are what was there."""
        self.draft.retries_accepted = True
        self.done()

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "After failed attempt number k OpenHands waits multiplier × 2^(k−1) seconds, but never less than the "
            "shortest and never more than the longest wait. “Attempts in all” counts the first one. A limit per minute "
            "has passed after a minute: the bars show when. Left and right on Preset change all four."
        )
