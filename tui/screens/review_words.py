"""The words of the review: where the key goes, who reads the file, what to know before saving."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _, listed, many
from tui.checks.problems import lacks_key, problems
from tui.config_file.diff import counts, diff
from tui.config_file.document import ConfigText
from tui.credentials.private_file import key_file_path
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.drafts.key_place import relies_on_role
from tui.drafts.policy import policy_of
from tui.openhands.effective import Source, effective, fit_to_show
from tui.openhands.groups import header, offending_keys
from tui.openhands.targets.llm_file import LlmFile
from tui.retry.schedule import in_words
from tui.screens.values import text_of
from tui.widgets.bars import sparkline
from tui.widgets.details import Fact
from tui.widgets.explanation import Heading, PaneRow, pair
from tui.widgets.file_views import DiffRow
from tui.widgets.remark import remark_line
from tui.widgets.tone import Piece, apart, cut_middle

if TYPE_CHECKING:
    from tui.saving.other_files import OtherFile


def warnings(draft: Draft, *, unknown: bool = False) -> Iterator[Content]:
    """What does not stand in the way of saving, and should be known before; `unknown` is said of the model."""
    yield from map(remark_line, cautions(draft, unknown=unknown))
    if draft.unknown_keys:
        keys = clean(", ".join(draft.unknown_keys))
        yield remark_line(_("{keys}: not a setting of OpenHands. x removes it.").format(keys=keys), "wrong")


def cautions(draft: Draft, *, unknown: bool = False) -> Iterator[str]:
    """The same, but for keys that are no settings, in plain sentences."""
    if unknown:
        words = _("{model} is unknown to litellm: look at its spelling, or let the test tell.")
        yield words.format(model=clean(draft.effective_text("model"), limit=60))
    yield from (problem.message for problem in problems(draft) if not problem.blocks)


def question(draft: Draft, *, dirty: bool) -> str:
    """What the page asks; `dirty` when there is something to save, though it be in another program's file."""
    if not dirty:
        return _("Nothing to save. Go on to the test?")
    if not draft.dirty:
        return _("Save the same for the other programs?")
    return many("Save this change?", "Save these {count} changes?", draft.count)


def extent(draft: Draft, texts: tuple[str, str], *, dirty: bool) -> str:
    """How much of the file changes, from the one text to the other; `dirty`: whether any file is saved."""
    if not draft.dirty:
        return _("stays as it is") if dirty else _("nothing to save")
    changed, kept = counts(diff(*texts))
    if not draft.config.exists:
        return many("a new file of {count} line", "a new file of {count} lines", changed)
    return listed(
        [
            many("{count} line changes", "{count} lines change", changed),
            many("{count} stays as it is", "{count} stay as they are", kept),
        ]
    )


def facts(draft: Draft) -> list[Fact]:
    """Where the key goes, what is kept beside the file, and which releases read it."""
    rows = [_key_fact(draft)] if draft.secret_keys() else []
    changed = [c for c in draft.changes() if c.field.ours]
    if changed:
        names = ", ".join(change.field.variable for change in changed)
        rows.append(Fact(_("Also"), names, "strong", _("kept by llm-setup, since [llm] may not hold it")))
    if draft.dirty and draft.config.exists:
        rows.append(Fact(_("The old file"), _("is kept"), "strong", _("llm-setup undo brings it back")))
    return [*rows, _readers(draft)]


def _readers(draft: Draft) -> Fact:
    if isinstance(draft.config, LlmFile):
        return Fact(_("Read by"), draft.config.program, "strong")
    reads = Fact(_("Read by"), _("OpenHands up to 1.6"), "strong", _("later ones: llm-setup exec"))
    try:
        after = draft.config.revised(draft.preview())
    except SetupError:
        return reads
    if keys := offending_keys(after, draft.group):
        words = _("no OpenHands: it drops all of {group} because of {keys}.")
        said = words.format(group=header(draft.group), keys=clean(", ".join(keys)))
        return reads._replace(value=said, tone="wrong", note="")
    return reads


def _key_fact(draft: Draft) -> Fact:
    typed = draft.typed_secrets()
    there = "" if typed else _("it is there already")
    fact = Fact(_("Key"), "", "strong")
    match draft.store or draft.remembered_store:
        case Store.KEYRING:
            service = clean(draft.credential().service)
            value = _("into the system keyring") if typed else _("in the system keyring")
            return fact._replace(value=value, note=_named(service, draft))
        case Store.ENVIRONMENT:
            words = _("set by you; nothing is stored")
            return fact._replace(value=draft.variable or "LLM_API_KEY", note=words)
        case Store.FILE:
            path = clean(tilde(key_file_path(draft.credential())))
            return fact._replace(value=_("private file, readable text"), note=path)
        case Store.COMMAND:
            return fact._replace(value=_("the output of a command"))
        case Store.CONFIG:
            words = _("{file}, readable text").format(file=draft.file_name)
            return fact._replace(value=words, tone="look-out", note=there)
    value, tone = _no_place(draft, typed=bool(typed))
    return fact._replace(value=value, tone=tone)


def _named(service: str, draft: Draft) -> str:
    """The name of the entry, and of a typed key its last four characters."""
    typed = draft.typed_secret("api_key")
    return listed([service, typed.masked() if typed else ""])


def _no_place(draft: Draft, *, typed: bool) -> Piece:
    if typed:
        return _("no place chosen yet: for the test only"), "look-out"
    if lacks_key(draft):
        return _("none yet: no call can be made without one"), "look-out"
    role = relies_on_role(draft)
    return _("none: those of the machine's role, or of AWS' environment") if role else _("none"), "plain"


def others_rows(others: "Sequence[OtherFile]") -> list[DiffRow]:
    """The diffs of the other programs' files, each below its path, and a line for what one of them does not have."""
    rows: list[DiffRow] = []
    for each in others:
        for update in each.updates:
            rows += file_rows(update.before, update.after, each.target.label)
        if each.left_out:
            from tui.saving.target_update import left_out_words  # most files take all of it

            rows += [[(words, "look-out")] for words in left_out_words(each.target, each.left_out)]
    return rows


def file_rows(before: ConfigText, after: ConfigText, label: str = "") -> list[DiffRow]:
    """The diff of one more file, below its path."""
    return [[], Heading(clean(tilde(before.path)), label), *diff(before.shown, after.shown)]


def what_openhands_will_have(draft: Draft) -> list[PaneRow]:
    """The rows of the pane; keys are masked."""
    return [*_settings(draft), *_retries(draft), *_promises()]


def _settings(draft: Draft) -> Iterator[PaneRow]:
    try:
        after = draft.config.revised(draft.preview())
    except SetupError:
        return
    found = fit_to_show(effective(after, draft.environ, draft.group))
    changed = {change.field.key for change in draft.changes()}
    own = {key: setting for key, setting in found.items() if setting.source is not Source.DEFAULT}
    for key, setting in own.items():
        if setting.value is not None:
            text = cut_middle(text_of(setting), 24)
            yield pair(key, text, tone="good" if key in changed else "plain")
    if typed := draft.typed_secret("api_key"):
        yield pair("api_key", typed.masked(), tone="good")
    rest = len(found) - len(own)
    yield pair(many("{count} more", "{count} more", rest), _("OpenHands' own"), tone="muted")


def _retries(draft: Draft) -> Iterator[PaneRow]:
    try:
        policy = policy_of(draft)
    except SetupError:
        return
    bars, words = sparkline(policy.waits()[:12]), _("gives up after {total}").format(total=in_words(policy.total()))
    yield []
    yield Heading(_("Retries"))
    yield lambda width: apart([(bars, "bar")], [(words, "muted")], width)


def _promises() -> Iterator[PaneRow]:
    yield []
    yield Heading(_("What stays"))
    yield [(_("Comments, order and all other sections, byte for byte. The file is replaced in one step."), "muted")]
    yield []
    yield Heading(_("Who else saves it meanwhile"))
    yield [(_("Changes to other settings are kept; about the same setting you are asked."), "muted")]
