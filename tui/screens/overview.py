"""Home, when there is something to look at: all settings in a few lines, each with its way in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _, many
from tui.catalog.providers import Need
from tui.credentials.store import Store
from tui.retry.schedule import in_words
from tui.screens.step import StepScreen
from tui.settings.check import findings
from tui.settings.draft import Draft
from tui.settings.field import Kind, Place
from tui.settings.fields import at
from tui.settings.finding import Code, Finding, Severity
from tui.settings.groups import DEFAULT, group_ids, header, own_keys, voided
from tui.settings.policy import policy_of
from tui.settings.problems import problems
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.pick_list import PickList
from tui.widgets.remark import Remark
from tui.widgets.steps import ORDER, Step, title
from tui.widgets.tone import Piece, left, line

MOST = 6
"""Findings that are shown; there is one line to read all of them."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of the file: `llm` or `llm.NAME`."""

    group: str


Row = Step | GroupRow


class OverviewScreen(StepScreen):
    """One row a step; Enter opens it. What is wrong stands below."""

    STEP: ClassVar[Step] = Step.OVERVIEW
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "values", _("All values"), show=False),
        Binding("n", "group('add')", _("New group"), show=False),
        Binding("c", "group('copy')", _("Copy the group"), show=False),
        Binding("r", "group('rename')", _("Rename the group"), show=False),
        Binding("d", "group('remove')", _("Remove the group"), show=False),
    ]

    @dataclass
    class GroupRequested(Message):
        """Something is to be done with a group: open, add, copy, rename or remove."""

        what: str
        group: str

    def body(self) -> Iterable[Widget]:
        """The rows and the remarks."""
        yield PickList[Row](self._paint, divider=_(" ── groups ──"), id="list")
        with Vertical(id="remarks"):
            yield from self._remarks()

    def on_mount(self) -> None:
        """Fill it."""
        rows: list[Row | None] = [*ORDER]
        if self.draft.config.exists:
            rows += [None, *(GroupRow(group) for group in group_ids(self.draft.config))]
        self.pick_list.styles.height = len(rows)
        self.pick_list.show(rows)
        self.explanation.explain(_("Change anything"), [[(self.help_text(), "muted")]])

    @property
    def pick_list(self) -> "PickList[Row]":
        """The rows."""
        return self.query_one(PickList)

    def hints(self) -> Sequence[Hint]:
        """What can be done with a group stands there when one is highlighted."""
        shown = super().hints()
        row = self.pick_list.chosen if self.is_mounted else None
        if not isinstance(row, GroupRow):
            values = (("v", _("Values"), "screen.values"), ("n", _("New group"), "screen.group('add')"))
            return (*shown[:2], *values, *(hint for hint in shown[2:] if hint[0] not in {"^p", "f1"}))
        own = () if row.group == DEFAULT else (
            ("r", _("Rename"), "screen.group('rename')"), ("d", _("Remove"), "screen.group('remove')"),
        )  # fmt: skip
        new = (("n", _("New"), "screen.group('add')"), ("c", _("Copy"), "screen.group('copy')"))
        return (*shown[:2], *new, *own, *(hint for hint in shown[2:] if hint[0] in {"f1", "^q"}))

    def on_pick_list_highlighted(self) -> None:
        """Other keys for a group than for a step."""
        self.query_one(KeyBar).show(self.hints())

    def action_values(self) -> None:
        """All settings in effect, and where each comes from."""
        from tui.screens.values import ValuesDialog

        self.app.push_screen(ValuesDialog(self.draft))

    def action_group(self, what: str) -> None:
        """Do something with the highlighted group."""
        row = self.pick_list.chosen
        group = row.group if isinstance(row, GroupRow) else self.draft.group
        if what == "add" or isinstance(row, GroupRow):
            self.post_message(self.GroupRequested(what, group))

    def _remarks(self) -> Iterable[Widget]:
        """What is wrong with what was typed, or else with the file, as `llm-setup check` finds it."""
        if self.draft.dirty:
            yield from (Remark(p.message, "wrong" if p.blocks else "look-out") for p in problems(self.draft))
            return
        here = {self.draft.group, None}
        found = [f for f in findings(self.draft.config, self.draft.environ) if f.group in here]
        found = [f for f in found if f.code is not Code.NOT_READ]  # Review and Finish say that
        yield from (Remark(_told(f), "wrong" if f.severity is Severity.ERROR else "look-out") for f in found[:MOST])
        if len(found) > MOST:
            more = _("and {count} more: llm-setup check").format(count=len(found) - MOST)
            yield Static(line((more, "muted")))

    def _paint(self, row: Row, width: int) -> list[Piece]:
        if isinstance(row, GroupRow):
            mark = " ● " if row.group == self.draft.group else "   "
            words = _group_words(self.draft, row.group)
            return [(mark, "here"), (left(header(row.group), 28), "strong"), (left(words, max(width - 31, 0)), "muted")]
        words, tone = self._summary(row)
        return [(f" {left(title(row), 12)}", "strong"), (left(words, max(width - 14, 0)), tone)]

    def _summary(self, step: Step) -> tuple[str, str]:  # noqa: PLR0911 - one line a step
        match step:
            case Step.PROVIDER:
                return _provider(self.draft)
            case Step.KEY:
                return _key_place(self.draft)
            case Step.MODEL:
                return _model(self.draft)
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
        row = self.pick_list.chosen
        if isinstance(row, GroupRow):
            self.post_message(self.GroupRequested("open", row.group))
        elif row:
            self.action_go(row.value)

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


def _told(finding: Finding) -> str:
    return f"{finding.message} {finding.hint}".strip()


def _group_words(draft: Draft, group: str) -> str:
    culprits = voided(draft.config).get(group)
    if culprits:
        return _("OpenHands drops it: {keys}").format(keys=clean(", ".join(culprits)))
    table = own_keys(draft.config, group)
    own = many("{count} setting", "{count} settings", len(table))
    return f"{clean(str(table.get('model', '')))}  {own}".strip()


def _model(draft: Draft) -> tuple[str, str]:
    own, inherited = clean(draft.texts["model"]), clean(draft.inherited["model"])
    if own or not inherited:
        return own or _("none"), "plain"
    return _("{model}  from [llm]").format(model=inherited), "muted"


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
    if set_here := draft.secret_in_environment():
        return _("LLM_API_KEY is set here, {masked}").format(masked=set_here.masked()), "plain"
    store, in_file = draft.store or draft.remembered_store, draft.secret_in_file()
    if store:
        return _PLACES[store].format(masked=in_file.masked() if in_file else ""), _TONES.get(store, "plain")
    needed = any(need.required and need.key in draft.secret_keys() for need in _needs(draft))
    return (_("none yet"), "look-out") if needed else (_("none"), "muted")


def _needs(draft: Draft) -> Sequence[Need]:
    return draft.provider.needs if draft.provider else ()


_PLACES = {
    Store.KEYRING: _("in the system keyring"),
    Store.ENVIRONMENT: _("in the environment, set by you"),
    Store.FILE: _("in a private file, readable text"),
    Store.COMMAND: _("from a command"),
    Store.CONFIG: _("in config.toml, readable text {masked}"),
}
_TONES = {Store.CONFIG: "look-out"}


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
