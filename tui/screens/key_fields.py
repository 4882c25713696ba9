"""The part of the Key step that is its fields: what the provider needs, what is wrong with it, and what Enter takes."""

from collections.abc import Sequence
from typing import Final

from textual import events
from textual.widget import Widget
from textual.widgets import Input

from tui.base.translation import _, together
from tui.catalog.providers import Need
from tui.checks.problems import problem_of
from tui.drafts.key_place import is_provided, missing_half, relies_on_role
from tui.openhands.base_url_repair import container_note, repaired
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY
from tui.saving.consent import in_the_clear
from tui.screens import key_words
from tui.screens.key_entry import KeyEntry
from tui.widgets.choice_list import Places
from tui.widgets.field_row import FieldRow
from tui.widgets.remark import Remark
from tui.widgets.text_input import KeyInput

NEXT_PAGE: Final = 8.0
"""Seconds for what is read on the next page: more than usual, and so it does not go with this one."""


class KeyFields(KeyEntry):
    """Rows from the provider's needs. Enter goes through them in order, and says which one is missing."""

    _repaired: frozenset[str] = frozenset()
    """Base URLs as they were typed, before they were put right."""
    _done_to: tuple[str, str, str] = "", "", ""
    """The field that was filled in or put right last, its text, and what was done."""
    _taken: Sequence[str] = ()
    """What Enter filled in or put right, in sentences."""
    _asks_for = ""
    """The field that is said to be missing."""

    def row_of(self, need: Need) -> FieldRow:
        """The row of one need."""
        field = BY_KEY[need.key]
        typed = self.draft.typed_secret(need.key) if field.kind is Kind.SECRET else None
        text = (typed.reveal() if typed else "") if field.kind is Kind.SECRET else self.draft.texts[need.key]
        return FieldRow(field, text, placeholder=key_words.hint(self.draft, need), cells=0)

    def write_through(self, event: FieldRow.Edited) -> None:
        """Take an edit to the draft, and say what is to be said of it."""
        if event.field.kind is Kind.SECRET:
            # the same text set again by the screen itself is no edit
            self._take(event.field.key)
            if self._asks_for:
                self.say_problem("base_url")
        else:
            self.draft.edit(event.field.key, event.text)
            for key in self.draft.secret_keys():
                self._forget_for_other_origin(key)
            self.say_problem(event.field.key)

    def _forget_for_other_origin(self, key: str) -> None:
        """A key typed for one address is not kept for another: the field shows what there is for the present one."""
        control = self.query_one(f"#{key}", KeyInput)
        typed = self.draft.typed_secret(key)
        with self.prevent(Input.Changed):
            control.value = typed.reveal() if typed else ""
        control.placeholder = key_words.hint(self.draft, self._need(key))
        self._describe(key)

    def _need(self, key: str) -> Need:
        return next(need for need in self._provider.needs if need.key == key)

    # -- what is said

    def say_problem(self, key: str) -> None:
        """What is wrong with a field, or with the address; or what was done to a field."""
        self._asks_for = ""
        problem = problem_of(self.draft, key) if self.draft.texts[key].strip() else None
        if key == "base_url" and self._puts_right():
            problem = None
        changed, text, done = self._done_to
        said = problem.message if problem else in_the_clear(self.draft) or container_note(self.draft.base_url)
        said = said or key_words.unreached(self._answer())
        if self.misplaced() == key:
            said = _("{problem} Ctrl+O puts it into the key's field.").format(problem=said)
        tone = "wrong" if problem and problem.blocks else "look-out" if said else "good"
        done = done if changed and self.draft.texts.get(changed, text) == text else ""
        self.query_one("#problem", Remark).say(said or done, tone)

    def _ask_for(self, control: Widget, words: str) -> None:
        """Name the field that is missing, and take the focus there."""
        self._asks_for = control.id or ""
        self.query_one("#problem", Remark).say(words, "look-out")
        control.focus()

    # -- what Enter takes, and where it goes

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """A base URL that is complete is put right, and it is said how."""
        self.repair()

    def repair(self) -> str:
        """What was changed, in a sentence. Once each text: somebody who types it again means it."""
        typed = self.draft.texts["base_url"]
        if not typed.strip() or typed in self._repaired or not self.query("#base_url"):
            return ""
        self._repaired |= {typed}
        url, said = repaired(typed, self._provider)
        self._done_to = "base_url", url, said
        if url != typed:
            self.draft.edit("base_url", url)  # at once: what Enter does next depends on it
            self.query_one("#base_url", Input).value = url
            self.say_problem("base_url")
        return said

    def _puts_right(self) -> bool:
        """Whether Enter will put right what is typed as base URL so far: until then nothing is wrong with it."""
        typed = self.draft.texts["base_url"]
        return typed not in self._repaired and bool(repaired(typed, self._provider)[1])

    def goes_to_a_field(self) -> bool:
        """Whether there is a field to go to before anything else, and go there: a wrong one, or one that is missing."""
        self._taken = [*filter(None, [self.repair()])]
        self._take_example()
        wrong = next((need.key for need in self._provider.needs if self._is_wrong(need.key)), None)
        if wrong:
            self.say_problem(wrong)
            self.query_one(f"#{wrong}").focus()
        return bool(wrong) or self._goes_to_missing() or self._goes_to_half()

    def _is_wrong(self, key: str) -> bool:
        problem = problem_of(self.draft, key) if self.draft.texts.get(key, "").strip() else None
        return problem is not None and problem.blocks

    def _take_example(self) -> None:
        """What works by itself need not be typed: Enter in the empty field takes it."""
        need = next((n for n in self._provider.needs if n.works and self.focused and n.key == self.focused.id), None)
        if need is None or self._is_there(need.key) or self._refused:
            return
        field, control = BY_KEY[need.key], self.query_one(f"#{need.key}", Input)
        words = _("{label} is {example}, as usual.").format(label=field.label, example=need.example)
        self._done_to = need.key, need.example, words
        if isinstance(control, KeyInput):
            control.take(need.example)
            self._take(need.key)
        else:
            self.draft.edit(need.key, need.example)
            control.value = need.example
        self._taken = [*self._taken, words]
        self.query_one("#problem", Remark).say(words, "good")

    def done(self) -> None:
        """Say on the next page what was taken on this one."""
        if self._taken:
            self.notify(together(*self._taken), timeout=NEXT_PAGE, markup=False)
        super().done()

    def _goes_to_missing(self) -> bool:
        control = self._refused or self.first_missing()
        if control is None:
            return False
        if isinstance(control, KeyInput) and control.has_focus and not control.value:
            self.query_one(Places).focus()  # no key typed: perhaps it is somewhere already
        elif isinstance(control, KeyInput):  # it is said below the field what may be done, or what is wrong with it
            if not (self._refused or self._comes_before(control)):
                self._ask_for(control, key_words.missing(self.draft, control.id or ""))
            control.focus()
        elif control.has_focus or not self._comes_before(control):
            self._ask_for(control, key_words.missing(self.draft, control.id or ""))
        else:
            control.focus()
        return True

    def _goes_to_half(self) -> bool:
        """To the AWS key that is still missing beside the other one, or once to the first of both."""
        half = missing_half(self.draft)
        if half and self.draft.typed_secrets():
            control = self.query_one(f"#{half}")
            problem = problem_of(self.draft, half)
            if problem and (control.has_focus or not self._comes_before(control)):
                self._ask_for(control, problem.message)
            control.focus()
            return True
        first = self.query(KeyInput).first() if relies_on_role(self.draft) and self.draft.store is None else None
        if first and self._comes_before(first):
            first.focus()
            return True
        return False

    def _comes_before(self, control: Widget) -> bool:
        """Whether the focus is on a field above `control`: going on to it needs no words."""
        fields = [need.key for need in self._provider.needs]
        here = self.focused.id if self.focused else None
        return here in fields and control.id in fields and fields.index(here) < fields.index(control.id)

    def first_missing(self) -> Widget | None:
        """The input of the first field that is needed and empty."""
        for need in self._provider.needs:
            if need.required and not self._is_there(need.key):
                return self.query_one(f"#{need.key}")
        return None

    def _is_there(self, key: str) -> bool:
        if BY_KEY[key].kind is Kind.SECRET:
            return is_provided(self.draft, key)
        set_here = self.draft.is_default and self.draft.environ.get(BY_KEY[key].variable)
        return bool(self.draft.effective_text(key) or set_here)

    def first_field(self) -> Widget | None:
        """The uppermost input."""
        return next((self.query_one(f"#{need.key}") for need in self._provider.needs), None)
