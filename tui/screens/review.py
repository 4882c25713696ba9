"""Step 6: exactly what will be written, and where the key goes."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, many
from tui.checks.problems import Problem, problems
from tui.checks.variables import shadows
from tui.config_file.diff import diff
from tui.drafts.repairs import take_out
from tui.openhands.groups import header
from tui.openhands.targets.target import TOML
from tui.screens.desk import Desk
from tui.screens.messages import Move, RenewRequested, SaveRequested
from tui.screens.review_words import extent, facts, file_rows, others_rows, question, warnings
from tui.screens.step import StepScreen
from tui.widgets.details import Details
from tui.widgets.explanation import Heading
from tui.widgets.file_views import DiffRow, DiffView
from tui.widgets.headings import Question, Section
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.remark import Remark, remark_line
from tui.widgets.steps import Step
from tui.widgets.tone import line

if TYPE_CHECKING:
    from tui.saving.other_files import OtherFile

TAKEN = 17
"""Rows of the page that are not the diff's, its empty lines included."""
FEWEST = 6
"""Lines of the diff that are seen at least."""


class ReviewScreen(StepScreen):
    """The diff, the key's place, what reads it; Enter saves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", _("Save"), show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("x", "take_out", _("Remove unknown keys"), show=False),
    ]

    STEP: ClassVar[Step] = Step.REVIEW
    LISTS: ClassVar[bool] = True
    AUTO_FOCUS = "#save"

    _fix_at: Step | None = None
    """Where a problem is fixed before anything can be saved."""
    _whole: tuple[str, str] | None = None
    """The file as it is, and as it will be."""
    _aim = ""
    """The field where the problem is fixed."""

    def __init__(self, desk: Desk, *, unknown: bool) -> None:
        """`unknown`: whether nobody knows the model."""
        super().__init__(desk.draft, desk.journey)
        self._desk = desk
        self._unknown = unknown
        self._remark, desk.remark = desk.remark, ""
        self._dirty = desk.draft.dirty
        """Whether there is anything to save."""
        self._beside: Sequence[DiffRow] = ()
        """The diffs of further files."""

    def body(self) -> Iterable[Widget]:
        """What is asked, the diff, what happens beside the file, and the button."""
        with VerticalScroll(id="sheet", classes="grid row", can_focus=False):
            yield Question(question(self.draft, dirty=self._dirty))
            yield Remark(id="failure", tone="wrong")
            yield Static(id="shadows", markup=False)
            yield Section(clean(tilde(self.draft.config.path)), id="file")
            with VerticalScroll(id="diff", classes="grid row", can_focus=False):
                yield DiffView(id="lines")
            yield Details(id="facts")
        save = Button(_("Save"), id="save", variant="primary", compact=True)
        save.active_effect_duration = 0  # while it lasts, 0.2 s, Enter would be lost
        with Horizontal(id="answer"):
            yield save
            yield Static(id="then", markup=False)

    def on_mount(self) -> None:
        """Work it out."""
        blocking = next((problem for problem in problems(self.draft) if problem.blocks), None)
        if blocking:
            self._show_problem(blocking)
        else:
            self._show_diff()
        self.query_one("#facts", Details).show([Heading(_("And beside the file")), *facts(self.draft)])
        if self._remark:
            self.query_one("#failure", Remark).say(self._remark)
        known = [*warnings(self.draft, unknown=self._unknown), *(remark_line(text) for text in shadows(self.draft))]
        warned = self.query_one("#shadows", Static)
        warned.update(line(("\n", "plain")).join(known))
        warned.display = bool(known)
        self.query_one(KeyBar).show(self.hints())
        self.follow(self._desk.save_failed, self.fail)

    def on_resize(self) -> None:
        """On a tall screen the whole file is shown; on a wide one what OpenHands will have."""
        if self._whole is not None:
            self._fit_diff(*self._whole)
        self.call_after_refresh(self._explain)
        self.call_after_refresh(self._share)

    def _share(self) -> None:
        """The diff has what the rest leaves: all is seen at once then, and the diff alone scrolls. Few lines of it are
        always there; else the page scrolls as well.
        """
        if not self.is_attached:
            return
        sheet, diff_box = self.query_one("#sheet"), self.query_one("#diff")
        rest = sheet.virtual_size.height - diff_box.size.height
        diff_box.styles.max_height = max(sheet.size.height - rest, FEWEST)
        self.query_one(KeyBar).show(self.hints())

    def action_take_out(self) -> None:
        """Drop what makes OpenHands drop the group, and show the file as it will be."""
        if self.draft.unknown_keys:
            take_out(self.draft)
            self.post_message(RenewRequested(Step.REVIEW))

    def _show_problem(self, problem: Problem) -> None:
        self._fix_at, self._aim = Step(problem.field.place.value), problem.field.key
        self.query_one("#failure", Remark).say(problem.message, "wrong")
        self._name_button(_("Go to {step}").format(step=problem.field.label))
        self.query_one(Question).ask(_("Not ready to be saved."))

    def _show_diff(self) -> None:
        try:
            after = self.draft.config.revised(self.draft.preview(), exists=True)
            along = self.draft.config.along(after.text) if self.draft.config.kind != TOML else ()
            others = self._others() if self._desk.others else ()
        except SetupError as error:
            self.fail(error)
            return
        self._whole = self.draft.config.shown, after.shown
        self._beside = [row for each, text in along for row in file_rows(each, each.revised(text))]
        self._beside += others_rows(others)
        self._dirty = self.draft.dirty or any(each.updates for each in others)
        words = extent(self.draft, self._whole, dirty=self._dirty)
        if not self._dirty:
            self._name_button(_("Go on to the test"))
        self.query_one(Question).ask(question(self.draft, dirty=self._dirty))
        files = self.draft.dirty + len(along) + sum(len(each.updates) for each in others)
        if files > 1:  # of the others nothing may be seen before one scrolls
            self.query_one(Question).note((many("in {count} file", "in {count} files", files), "muted"))
        self.query_one("#file", Section).say(clean(tilde(self.draft.config.path)), (words, "faint"))
        self.query_one("#then", Static).update(line((_("and go on to the test"), "muted")) if self._dirty else "")
        self._fit_diff(*self._whole)

    def _others(self) -> "Sequence[OtherFile]":
        from tui.saving.other_files import preview  # most have config.toml alone

        return preview(self.draft, self._desk.others, alike=self._desk.alike)

    def _fit_diff(self, before: str, after: str) -> None:
        """The whole file where there is room for it, else the lines that change and those around them."""
        room = self.app.size.height - TAKEN
        lines_of_file = max(before.count("\n"), after.count("\n")) + 1
        shown = diff(before, after, context=lines_of_file if lines_of_file <= room else 1)
        self.query_one(DiffView).show([*shown, *self._beside])

    def fail(self, error: SetupError) -> None:
        """Saving did not work; what was typed is still there, to be kept elsewhere."""
        failure = self.query_one("#failure", Remark)
        failure.say(str(error), "wrong")
        self.call_after_refresh(failure.scroll_visible, animate=False)
        if error.field == "api_key":
            self._fix_at, self._aim = Step.KEY, "places"
            self._name_button(_("Choose a place for the key"))
            self.query_one(KeyBar).show(self.hints())

    def _name_button(self, words: str) -> None:
        button = self.query_one("#save", Button)
        button.label = words
        self.query_one(KeyBar).show(self.hints())
        button.refresh(layout=True)  # Textual paints another label in the room of the old one

    def _explain(self) -> None:
        if self.is_attached and self.explanation.display:
            from tui.screens.review_words import what_openhands_will_have  # few terminals are so wide

            rows, group = what_openhands_will_have(self.draft), header(self.draft.group)
            self.explanation.explain(_("What OpenHands will have"), rows, (group, "muted"))

    def enter_does(self) -> str:
        """Enter saves, or goes on where there is nothing to save, or to what stands in the way."""
        if self._fix_at:
            return _("Fix it")
        return _("Save") if self._dirty else _("Test")

    def arrows_do(self) -> str:
        """They scroll, where there is more than is seen."""
        return _("Scroll") if self.is_mounted and any(each.max_scroll_y for each in self.query("#sheet, #diff")) else ""

    def hints(self) -> Sequence[Hint]:
        """Ctrl+S does here what Enter does, but for a key that found no place: then it tries again."""
        word = _("Try again") if self._aim == "places" else ""
        again = ("^s", word, "screen.save")
        return tuple(again if hint[0] == "^s" else hint for hint in super().hints() if word or hint[0] != "^s")

    def help_text(self) -> str:
        """What F1 says."""
        return _(
            "Lines with a minus go, lines with a plus come; all others stay byte for byte. All four retry settings are "
            "always written, since OpenHands' own defaults changed from release to release, and so is an empty [core], "
            "without which older releases ignore [llm]. The key goes to its place first; if that fails, nothing is "
            "written."
        )

    @on(Button.Pressed, "#save")
    def _pressed(self) -> None:
        self.action_next()

    def action_next(self) -> None:
        """Save, or go where the problem is fixed."""
        if self._fix_at:
            self.post_message(Move(self._fix_at, aim=self._aim))
        else:
            self._save()

    def action_save(self) -> None:
        """Save, also once more after a place for the key failed."""
        if any(problem.blocks for problem in problems(self.draft)):
            self.action_next()
            return
        if self._fix_at:
            self._fix_at = None
            self._name_button(_("Save"))
        self._save()

    def _save(self) -> None:
        self.query_one("#failure", Remark).say(_("Saving …"), "good")  # a keyring may take seconds
        self.post_message(SaveRequested())

    def action_up(self) -> None:
        """Scroll the page back, then the diff on it."""
        sheet, diff_box = self.query_one("#sheet"), self.query_one("#diff")
        (sheet if sheet.scroll_y else diff_box).scroll_up(animate=False)

    def action_down(self) -> None:
        """Scroll the diff to its end, then the page."""
        sheet, diff_box = self.query_one("#sheet"), self.query_one("#diff")
        (diff_box if diff_box.scroll_y < diff_box.max_scroll_y else sheet).scroll_down(animate=False)

    def action_page(self, way: int) -> None:
        """As many lines of the diff as are seen at once, less one that stays; the page where all of them are seen."""
        sheet, diff_box = self.query_one("#sheet"), self.query_one("#diff")
        part = diff_box if diff_box.max_scroll_y else sheet
        part.scroll_relative(y=way * max(part.size.height - 1, 1), animate=False)
