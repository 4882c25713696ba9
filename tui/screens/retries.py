"""Step 5: how often and how patiently OpenHands tries again."""

import contextlib
import re
from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.base.errors import SetupError
from tui.base.translation import _, many
from tui.checks.check import dropped
from tui.drafts.draft import Draft
from tui.drafts.policy import has_all_four, policy_in_fields, policy_of, texts_of
from tui.openhands.field import Field, Place
from tui.openhands.fields import BY_KEY, RETRY_KEYS, at
from tui.retry.policy import PRESETS, RetryPolicy
from tui.retry.retried import table
from tui.retry.schedule import in_a_sentence
from tui.screens.form import FormScreen
from tui.widgets.choice import Choice
from tui.widgets.field_row import FieldRow
from tui.widgets.row import Row
from tui.widgets.schedule_bars import ScheduleBars
from tui.widgets.steps import Journey, Step
from tui.widgets.text_input import TextInput
from tui.widgets.tone import Piece, left, line

OWN = ""
FILE = "file"
ALLOWED = re.compile(r"\s*([1-9][0-9]{0,5})\s*")
"""What may stand as requests a minute."""


class RetriesScreen(FormScreen):
    """Four numbers, and what they do, drawn anew with every key."""

    STEP: ClassVar[Step] = Step.RETRIES
    AUTO_FOCUS = "FieldRow Input"

    def __init__(self, draft: Draft, journey: Journey) -> None:
        super().__init__(draft, journey)
        self._named = {preset.key: preset.policy for preset in PRESETS}
        filed = self._filed()
        if filed and filed not in self._named.values():
            self._named[FILE] = filed
        self._own: dict[str, str] = {} if self._preset() else self._texts()
        """The four texts that were the last ones of nobody else's."""
        self._good: RetryPolicy | None = None
        """The last policy that could be drawn."""
        self._drawing = False
        self._survival = Content()

    def body(self) -> Iterable[Widget]:
        """Preset, fields, the provider's limit, bars, total, remarks."""
        names = [*(preset.name for preset in PRESETS), _("As in the file")]
        choice = Choice([*self._named], self._preset(), id="preset", names=names, empty=_("Own values"))
        yield Row(_("Preset"), choice, cells=26)
        yield Static("", classes="gap")
        for field in at(Place.RETRIES):
            yield self.row(field, placeholder=field.text(field.default), words=self.words_of(field), cells=9)
        survival = Static(id="survival", markup=False, classes="one-line")
        yield Row(_("Provider's limit"), TextInput("", id="quota", placeholder="?"), survival, cells=9)
        yield Static("", classes="gap")
        yield ScheduleBars()

    def on_mount(self) -> None:
        """Draw what the draft holds."""
        self._draw()

    def edited(self, field: Field) -> None:
        """Draw it anew."""
        super().edited(field)
        preset = self._preset()
        if preset == OWN:
            self._own = self._texts()
        with self.prevent(Choice.Chosen):
            self.query_one("#preset", Choice).choose(preset)
        if not self._drawing:  # what was typed is seen first; of keys that come together the last one draws
            self._drawing = self.call_after_refresh(self._draw)

    @on(Input.Changed, "#quota")
    def _judge(self, event: Input.Changed) -> None:
        event.stop()
        self._say_survival()

    @on(Choice.Chosen, "#preset")
    def _take_preset(self, event: Choice.Chosen) -> None:
        event.stop()
        policy = self._named.get(event.value)
        texts = texts_of(self.draft, policy) if policy else self._own
        for key, text in texts.items():  # all at once: what is between two presets is nobody's own policy
            self.draft.edit(key, text)
        for key, text in texts.items():
            self.query_one(f"#row-{key}", FieldRow).set_text(text)

    def _texts(self) -> dict[str, str]:
        return {key: self.draft.texts[key] for key in RETRY_KEYS}

    def _filed(self) -> RetryPolicy | None:
        """What the file says, where it says all four."""
        if not has_all_four(self.draft):
            return None
        try:
            values = {key: BY_KEY[key].parse(self.draft.loaded[key]) for key in RETRY_KEYS}
        except SetupError:
            return None
        return None if None in values.values() else RetryPolicy(**values)  # type: ignore[arg-type]

    def _preset(self) -> str:
        """The preset whose four values these are, "" for none: values in the fields, whoever wins over them."""
        policy = self._in_fields()
        return next((key for key, named in self._named.items() if named == policy), OWN)

    def _in_fields(self) -> RetryPolicy | None:
        try:
            return policy_in_fields(self.draft)
        except SetupError:
            return None

    def _policy(self) -> RetryPolicy | None:
        """What OpenHands does."""
        try:
            return policy_of(self.draft)
        except SetupError:
            return None

    def _draw(self) -> None:
        self._drawing = False
        if not self.is_attached:
            return
        policy = self._policy()
        drops = dropped(self.draft) if policy else ""
        wrong = next((f.label for f in at(Place.RETRIES) if self._value(f) is None), "")
        if policy and (drops or not wrong):
            self._good = policy
            self.query_one(ScheduleBars).draw(policy, drops)
        else:  # the row says what is wrong
            words = _("These are the last valid waits, until {label} is a valid number.").format(label=wrong)
            self.query_one(ScheduleBars).draw(self._good or self._without_wrong(), words, stale=True)
        self._say_survival()

    def _value(self, field: Field) -> float | None:
        """The number in a field, None where there is none that can be taken."""
        with contextlib.suppress(SetupError):
            return field.parse(self.draft.shown_text(field.key))  # type: ignore[return-value]  # all four are numbers
        return None

    def _without_wrong(self) -> RetryPolicy:
        """The numbers that can be taken, and OpenHands' defaults in the place of the others."""
        values = {field.key: self._value(field) for field in at(Place.RETRIES)}
        given = {key: BY_KEY[key].default if value is None else value for key, value in values.items()}
        return RetryPolicy(**given)  # type: ignore[arg-type]  # all four have a default

    def _say_survival(self) -> None:
        policy, typed = self._policy(), ALLOWED.fullmatch(self.query_one("#quota", Input).value)
        words, tone = _("which attempt passes?"), "muted"
        if policy and typed:
            words, survives = in_a_sentence(policy, int(typed[1]))
            tone = "good" if survives else "look-out"
        pieces = ((_(" requests/min: "), "muted"), (words, tone))
        before, self._survival = self._survival, line(*pieces)
        if self._survival != before:
            self.query_one("#survival", Static).update(self._survival, layout=False)

    def words_of(self, field: Field) -> str:
        """What the number means in words, or where it comes from when the field is empty."""
        policy = self._in_fields()
        if not self.draft.texts[field.key].strip():
            return _("from [llm]") if self.draft.inherited[field.key] else _("OpenHands' default")
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
        written = _("The defaults changed from release to release, so all four are written.")
        if field.key not in self.draft.absent and not self.draft.is_default:
            written = _("What a group leaves empty it has from [llm].")
        rows += [[("", "plain")], [(written, "muted")]]
        self.explanation.explain(field.label, rows)

    def action_next(self) -> None:
        """The values shown are accepted: they will be written even where they are what was there."""
        self.draft.retries_accepted = True
        self.done()

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "What OpenHands tries again (“some” depends on the provider):\n\n{table}\n\n"
            "After failed attempt number k it waits multiplier × 2^(k−1) seconds, but never less than the shortest and "
            "never more than the longest wait. “Total attempts” counts the first one. A limit per minute has passed "
            "after a minute: the bars show when. Type how many requests a minute your provider allows, and see which "
            "attempt passes if all of them were used up and refused ones count. Left and right on Preset change all "
            "four."
        ).format(table="\n".join(table()))
