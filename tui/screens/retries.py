"""Step 5: how often and how patiently OpenHands tries again."""

import contextlib
import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.base.errors import SetupError
from tui.base.translation import _, many
from tui.checks.check import dropped
from tui.drafts.draft import Draft
from tui.drafts.policy import has_all_four, policy_in_fields, policy_of, texts_of
from tui.openhands.field import Field, Place
from tui.openhands.fields import BY_KEY, RETRY_KEYS, at
from tui.openhands.targets.target import SERVER
from tui.retry.policy import PRESETS, RetryPolicy
from tui.retry.retried import table
from tui.retry.schedule import in_a_sentence
from tui.screens.form import FormScreen
from tui.screens.retry_words import explained
from tui.widgets.choice import Choice, Segments
from tui.widgets.field_row import CELLS, FieldRow, RetryRow
from tui.widgets.headings import Question
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.row import Row
from tui.widgets.schedule_bars import TONES, ScheduleBars
from tui.widgets.steps import Journey, Step
from tui.widgets.text_input import TextInput
from tui.widgets.tone import Piece

SWATCHES = {"retry_min_wait": TONES["floor"], "retry_max_wait": TONES["ceiling"], "retry_multiplier": TONES["grows"]}
"""The tone of the bars that a setting makes as long as they are."""
ROOMY = 44
"""Cells behind a field in which all that is to be said of it has room."""
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

    def body(self) -> Iterable[Widget]:
        """Preset, fields, the provider's limit; and what the four numbers come to."""
        yield Question(_("How long should OpenHands keep trying?"), self._about())
        names = [*(preset.short for preset in PRESETS), _("File")]
        presets = Segments([*self._named], self._preset(), id="preset", names=names, empty=_("Own"))
        yield Row(_("Preset"), presets, cells=0)
        yield Static("", classes="gap")
        for field in at(Place.RETRIES):
            yield self._retry_row(field)
        yield Row(_("Provider's limit"), TextInput("", id="quota", placeholder="?"), cells=CELLS, id="survival")
        yield Static("", classes="gap")
        yield ScheduleBars()

    def _retry_row(self, field: Field) -> RetryRow:
        inherited = self.draft.inherited[field.key]
        shown = inherited or field.text(field.default)
        row = RetryRow(field, self.draft.texts[field.key], placeholder=shown, swatch=SWATCHES.get(field.key, ""))
        row.say(*self._said(field) or (self.words_of(field), "muted"))
        return row

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
        if self.has_class("-wide"):
            self.explain_field(field)

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

    def _about(self) -> Piece:
        """What the preset is good for."""
        said = {preset.key: preset.about for preset in PRESETS} | {OWN: _("your own values"), FILE: _("as it is saved")}
        return said[self._preset()], "muted"

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
        self.query_one(Question).note(self._about())
        policy = self._policy()
        drops = dropped(self.draft) if policy else ""
        wrong = next((f.label for f in at(Place.RETRIES) if self._value(f) is None), "")
        if policy and (drops or not wrong):
            self._good = policy
            chosen = next((preset for preset in PRESETS if preset.key == self._preset()), None)
            self.query_one(ScheduleBars).draw(policy, drops, chosen=chosen)
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
        words, tone = _("do these waits outlast it?"), "muted"
        if policy and typed:
            words, survives = in_a_sentence(policy, int(typed[1]))
            tone = "good" if survives else "look-out"
        row = self.query_one("#survival", Row)
        unit = _("requests a minute") if row.room >= ROOMY else _("/min")
        row.put((unit, "muted"), note=[(words, tone)])

    def words_of(self, field: Field) -> str:
        """What the number means in words, or where it comes from when the field is empty."""
        policy = self._in_fields()
        if not self.draft.texts[field.key].strip():
            return _("from [llm]") if self.draft.inherited[field.key] else _("OpenHands' default")
        if field.key == "num_retries" and policy:
            return many("the first and {count} retry", "the first and {count} retries", policy.attempts - 1)
        return _("× 1, 2, 4, 8 … s") if field.key == "retry_multiplier" else ""

    def explain_field(self, field: Field) -> None:
        """What it does, what the releases take without it."""
        unit = _("seconds") if field.unit == "s" else field.unit
        self.explanation.explain(field.label, explained(field, self.draft, self._policy()), (unit, "muted"))

    def hints(self) -> Sequence[Hint]:
        """The arrows change the preset while it has the focus."""
        back, goes_on, *others = super().hints()
        here = self.is_attached and self.focused is not None and self.focused.id == "preset"
        return back, goes_on, *([("← →", _("Preset"), "")] if here else []), *others

    def on_descendant_focus(self) -> None:
        """They are keys of the page then."""
        self.query_one(KeyBar).show(self.hints())

    def action_next(self) -> None:
        """The values shown are accepted: they will be written even where they are what was there."""
        self.draft.retries_accepted = True
        self.done()

    def help_text(self) -> str:
        """What F1 says."""
        said = _(
            "What OpenHands tries again (“some” depends on the provider):\n\n{table}\n\n"
            "After failed attempt number k it waits multiplier × 2^(k−1) seconds, but never less than the shortest and "
            "never more than the longest wait. “Total attempts” counts the first one. A limit per minute has passed "
            "after a minute: the bars show when. Type how many requests a minute your provider allows, and see which "
            "attempt passes if all of them were used up and refused ones count. The time that requests take comes on "
            "top of all waits. Left and right on Preset change all four."
        ).format(table="\n".join(table()))
        if self.draft.config.kind != SERVER:
            return said
        from tui.openhands.targets.agent_server import AgentServer  # few set it up

        return f"{said}\n\n{AgentServer().asks_also()}"
