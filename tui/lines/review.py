"""Step 6: exactly what will be written, and where the key goes."""

from collections.abc import Sequence

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.checks.problems import Problem, problems
from tui.checks.variables import shadows
from tui.config_file.diff import diff
from tui.drafts.model_choice import is_unknown
from tui.drafts.repairs import take_out
from tui.lines.run import Run
from tui.openhands.routes import is_bare_model
from tui.openhands.targets.target import TOML
from tui.saving.other_files import OtherFile, preview
from tui.screens.review_words import cautions, facts, file_rows, others_rows
from tui.widgets.file_views import plain_text
from tui.widgets.steps import Step


async def ask_review(run: Run) -> None:
    """The diff, the key's place, what reads it; yes saves."""
    run.talk.say(*filter(None, [run.desk.remark]))
    run.desk.remark = ""
    blocking = next((problem for problem in problems(run.draft) if problem.blocks), None)
    if blocking:
        _fix(run, blocking)
        return
    if not _show(run):
        return
    if run.draft.unknown_keys and run.talk.agrees(_("Take out what is not a setting of OpenHands?"), default=True):
        take_out(run.draft)
        return  # and once more, as it will be
    dirty = run.draft.dirty or any(each.updates for each in _others(run))
    question = _("Save?") if dirty else _("Nothing to save. Go on to the test?")
    if not run.talk.agrees(question, default=True):
        run.show(Step.OVERVIEW if not run.desk.journey.first_run else Step.RETRIES)
        return
    await _save(run)


def _fix(run: Run, problem: Problem) -> None:
    run.talk.say(_("Not ready to be saved."), problem.message)
    run.show(Step(problem.field.place.value))


def _show(run: Run) -> bool:
    """Whether it can be written."""
    draft = run.draft
    try:
        after = draft.config.revised(draft.preview(), exists=True)
        shown = diff(draft.config.shown, after.shown)
        along = draft.config.along(after.text) if draft.config.kind != TOML else ()
        others = _others(run)
    except SetupError as error:
        run.talk.say(str(error))
        run.show(Step.OVERVIEW)
        return False
    run.talk.say(clean(tilde(draft.config.path)), *(f"{row.sign} {row.text}" for row in shown))
    more = [row for other, text in along for row in file_rows(other, other.revised(text))]
    run.talk.say(*map(plain_text, (*more, *others_rows(others))), *(fact.in_words for fact in facts(draft)))
    model = draft.effective_text("model")
    unknown = is_unknown(model, draft.provider, run.desk.catalogue, run.desk.live) and not is_bare_model(model)
    run.talk.say(*cautions(draft, unknown=unknown), *shadows(draft))
    return True


def _others(run: Run) -> Sequence[OtherFile]:
    """What the other programs' files get. Raises SetupError."""
    desk = run.desk
    return preview(run.draft, desk.others, alike=desk.alike) if desk.others else ()


async def _save(run: Run) -> None:
    run.failed, run.field_to_blame = "", None
    await run.save.save()
    if run.failed:
        run.talk.say(run.failed)
        run.show(Step.KEY if run.field_to_blame == "api_key" else Step.REVIEW)
        if run.talk.agrees(_("Leave without saving?"), default=False):
            run.leave()
    elif run.desk.saved_words:
        run.talk.say(run.desk.saved_words)
        run.desk.saved_words = ""
