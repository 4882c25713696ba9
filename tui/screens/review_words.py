"""The words of the review: where the key goes, who reads the file, what to know before saving."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.checks.problems import lacks_key, problems
from tui.config_file.diff import DiffLine, diff
from tui.config_file.document import ConfigText
from tui.credentials.private_file import path_of
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.key_place import relies_on_role
from tui.handover.start import reads_what
from tui.openhands.groups import header, offending_keys
from tui.openhands.targets.llm_file import LlmFile
from tui.widgets.remark import remark
from tui.widgets.tone import Piece, left

if TYPE_CHECKING:
    from tui.saving.other_files import OtherFile

_TONES = {"+": "added", "-": "removed"}


def warnings(draft: Draft, *, unknown: bool = False) -> Iterator[Content]:
    """What does not stand in the way of saving, and should be known before; `unknown` is said of the model."""
    yield from map(remark, cautions(draft, unknown=unknown))
    if draft.unknown_keys:
        keys = clean(", ".join(draft.unknown_keys))
        yield remark(_("{keys}: not a setting of OpenHands. X removes it.").format(keys=keys), "wrong")


def cautions(draft: Draft, *, unknown: bool = False) -> Iterator[str]:
    """The same, but for keys that are no settings, in plain sentences."""
    if unknown:
        words = _("{model} is unknown to litellm: look at its spelling, or let the test tell.")
        yield words.format(model=clean(draft.effective_text("model"), limit=60))
    yield from (problem.message for problem in problems(draft) if not problem.blocks)


def facts(draft: Draft) -> list[list[Piece]]:
    """Where the key goes, what is kept beside the file, and which releases read it."""
    rows = [_key_row(draft)] if draft.secret_keys() else []
    changed = [c for c in draft.changes() if c.field.ours]
    if changed:
        names = ", ".join(change.field.variable for change in changed)
        words = _(": kept by llm-setup, since [llm] may not hold it")
        rows.append([(_("Also     "), "muted"), (names, "strong"), (words, "muted")])
    return [*rows, _reader_row(draft)]


def _reader_row(draft: Draft) -> list[Piece]:
    label: Piece = (_("Read by  "), "muted")
    if isinstance(draft.config, LlmFile):
        return [label, (draft.config.program, "muted")]
    try:
        after = draft.config.revised(draft.preview())
    except SetupError:
        return [label, (reads_what(), "muted")]
    if keys := offending_keys(after, draft.group):
        words = _("no OpenHands: it drops all of {group} because of {keys}.")
        return [label, (words.format(group=header(draft.group), keys=clean(", ".join(keys))), "wrong")]
    return [label, (reads_what(), "muted")]


def _key_row(draft: Draft) -> list[Piece]:
    label: Piece = (_("Key      "), "muted")
    typed = draft.typed_secrets()
    match draft.store or draft.remembered_store:
        case Store.KEYRING:
            service = clean(draft.credential().service)
            words = _(", as {service}.").format(service=service) if typed else _(", where it is already.")
            return [label, (_("system keyring"), "strong"), (words, "muted")]
        case Store.ENVIRONMENT:
            name = draft.variable or "LLM_API_KEY"
            return [label, (name, "strong"), (_(" in the environment, set by you. Nothing is stored."), "muted")]
        case Store.FILE:
            path = clean(tilde(path_of(draft.credential())))
            return [label, (_("private file"), "strong"), (_(", readable text: {path}").format(path=path), "muted")]
        case Store.COMMAND:
            return [label, (_("a command"), "strong"), (_(", whose output it is."), "muted")]
        case Store.CONFIG:
            more = _(", as readable text.") if typed else _(", as readable text, where it is already.")
            return [label, (draft.file_name, "strong"), (more, "muted")]
    return [label, _no_place(draft, typed=bool(typed))]


def _no_place(draft: Draft, *, typed: bool) -> Piece:
    if typed:
        return _("no place chosen yet: for the test only"), "look-out"
    if lacks_key(draft):
        return _("none yet: no call can be made without one"), "look-out"
    role = relies_on_role(draft)
    return _("none: those of the machine's role, or of AWS' environment") if role else _("none"), "plain"


def others_rows(others: "Sequence[OtherFile]", width: int) -> list[list[Piece]]:
    """The diffs of the other programs' files, each below its path, and a line for what one of them does not have."""
    rows: list[list[Piece]] = []
    for each in others:
        for update in each.updates:
            rows += file_rows(update.before, update.after, width, each.target.label)
        if each.left_out:
            words = _("{program} has no {names}: left out there.")
            rows.append([(words.format(program=each.target.label, names=", ".join(each.left_out)), "look-out")])
    return rows


def file_rows(before: ConfigText, after: ConfigText, width: int, label: str = "") -> list[list[Piece]]:
    """The diff of one more file, below its path."""
    head: list[Piece] = [(clean(tilde(before.path)), "strong"), (f"   {label}", "muted")]
    return [[("", "plain")], head, *(diff_row(row, width) for row in diff(before.shown, after.shown))]


def diff_row(row: DiffLine, width: int) -> list[Piece]:
    """One line of the diff, filled to `width` cells."""
    return [(left(f" {row.sign} {row.text}", max(width, len(row.text) + 4)), _TONES.get(row.sign, "muted"))]
