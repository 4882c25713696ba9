"""What the two steps that are plain forms have in common."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from tui.base.translation import _
from tui.checks.problems import problem_of
from tui.checks.variables import shadow, shown_variable
from tui.openhands.field import Field, Kind
from tui.screens.step import StepScreen
from tui.widgets.field_row import FieldRow


class FormScreen(StepScreen):
    """Rows from the Field table that write through to the draft, each problem at the end of its row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def action_page(self, direction: int) -> None:
        """As many rows up or down as are seen at once, and to the first or last one at the ends."""
        fields = [widget for widget in self.focus_chain if isinstance(widget.parent, FieldRow)]
        parent = self.focused.parent if self.focused else None
        at = next((number for number, widget in enumerate(fields) if widget.parent is parent), 0)
        if fields and parent and parent.parent:
            seen = max(parent.parent.size.height - 1, 1) if isinstance(parent.parent, Widget) else 1
            fields[max(0, min(at + direction * seen, len(fields) - 1))].focus()

    ROW: ClassVar[type[FieldRow]] = FieldRow

    def row(self, field: Field, *, placeholder: str = "", words: str = "", cells: int = 10) -> FieldRow:
        """A row with what the draft holds."""
        inherited = self.draft.inherited[field.key]
        row = self.ROW(
            field, self.draft.texts[field.key], placeholder=inherited or placeholder, words=words, cells=cells
        )
        row.say(*self._said(field) or (words, "muted"))
        return row

    @on(FieldRow.Edited)
    def _write_through(self, event: FieldRow.Edited) -> None:
        event.stop()
        if event.field.kind is Kind.OBJECT:
            self.draft.further.edit(event.field.key, event.text)
        else:
            self.draft.edit(event.field.key, event.text)
        self.edited(event.field)
        self.refresh_frame()

    @on(Input.Submitted)
    def _submit(self) -> None:
        self.action_next()

    def edited(self, field: Field) -> None:  # noqa: ARG002
        """Show what follows from an edit."""
        self.say_problems()

    def words_of(self, field: Field) -> str:  # noqa: ARG002
        """What stands at the end of a row without a problem."""
        return ""

    def say_problems(self) -> None:
        """Each problem at its row."""
        for row in self.query(FieldRow):
            row.say(*self._said(row.field) or (self.words_of(row.field), "muted"))

    def _said(self, field: Field) -> tuple[str, str] | None:
        """What is wrong with a field, or that the environment overrules it."""
        if field.kind is Kind.OBJECT:
            wrong = self.draft.further.wrong(field.key)
            return (wrong, "wrong") if wrong else None
        problem = problem_of(self.draft, field.key)
        if problem and problem.blocks:
            return problem.message, "wrong"
        if shadow(self.draft, field):
            return _("{setting} is set and wins").format(setting=shown_variable(field, self.draft.environ)), "look-out"
        return None

    def on_descendant_focus(self) -> None:
        """Explain the field at hand."""
        row = next((row for row in self.query(FieldRow) if row.has_focus_within), None)
        if row:
            self.explain_field(row.field)

    def explain_field(self, field: Field) -> None:
        """Say what the field at hand is for."""
        raise NotImplementedError
