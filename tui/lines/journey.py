"""From question to question, as the screens go from step to step."""

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Final

from tui.base.errors import Status
from tui.base.translation import _, many
from tui.base.translation import listed as listing
from tui.catalog.models import load_catalogue
from tui.commands.options import COMMANDS
from tui.commands.output import note, prose, write
from tui.drafts.draft import Draft
from tui.handover.farewell import farewell
from tui.lines.fields import ask_options
from tui.lines.key import ask_key
from tui.lines.model import ask_model
from tui.lines.overview import ask_overview
from tui.lines.provider import ask_provider
from tui.lines.retries import ask_retries
from tui.lines.review import ask_review
from tui.lines.run import LinePage, Run, text_of
from tui.lines.talk import Back, InputEnded, Jump, Leave, Live, Talk
from tui.lines.trial import ask_test
from tui.openhands.targets import found
from tui.openhands.targets.target import Target
from tui.screens import resume_words
from tui.screens.desk import Desk
from tui.screens.messages import Move
from tui.screens.programs_row import listed
from tui.widgets.steps import Step, title

_QUESTIONS: Final[Mapping[Step, Callable[[Run], Awaitable[None]]]] = {
    Step.OVERVIEW: ask_overview, Step.PROVIDER: ask_provider, Step.KEY: ask_key, Step.MODEL: ask_model,
    Step.OPTIONS: ask_options, Step.RETRIES: ask_retries, Step.REVIEW: ask_review, Step.TEST: ask_test,
}  # fmt: skip


def converse(draft: Draft, programs: Sequence[Target] = ()) -> int:
    """The whole wizard; the result is the exit status. `programs` are as the desk has them.

    Raises KeyboardInterrupt at Ctrl+C.
    """
    return asyncio.run(_converse(draft, programs))


async def _converse(draft: Draft, programs: Sequence[Target]) -> int:
    run = Run(Desk.of(draft), Talk())
    run.desk.programs = programs
    try:
        run.talk.say(_("? explains, < goes back, Enter takes what stands in brackets, :quit leaves."))
        run.talk.say(*_for_what(programs))
        await _begin(run)
        await _ask_all(run)
        status = int(Status.DONE)
    except InputEnded:
        status = _ended(run)
    finally:
        run.resume.leave()
        await run.save.finish()
        await run.desk.close()
    if run.desk.last_save:
        desk, store = run.desk, run.desk.last_save.store
        along = desk.paths_saved_along
        said = farewell(run.draft, store, desk.saved_groups, desk.drafts.unsaved, along=along)
        write(prose([said], sys.stdout))
    return status


def _for_what(programs: Sequence[Target]) -> Iterator[str]:
    """What the first page says in its row of programs; nothing where a config.toml was named."""
    if not programs:
        return
    known = listed(found.programs([each.name for each in programs]))
    yield _("This is for: {programs}.").format(programs=listing(each.label for each in known if each.chosen))
    if others := listing(each.label for each in known if not each.chosen):
        yield _("Not for: {programs}. “programs” on Overview changes it.").format(programs=others)


async def _begin(run: Run) -> None:
    """What the wizard does while its first page is read; and what was left unfinished the last time."""
    run.desk.put_catalogue(await asyncio.to_thread(load_catalogue))
    await run.lists.find_servers()
    run.show(Step.PROVIDER if run.draft.first_run else Step.OVERVIEW)
    run.resume.say_others()
    try:
        _go_on(run)
    except (Back, Jump, Leave, Live):  # what was left stays as it is, for the next time
        run.leave()


def _go_on(run: Run) -> None:
    """Ask whether to go on with what was left."""
    stopped = run.resume.stopped
    if stopped is None:
        return
    drafts = stopped.drafts(run.draft)
    run.talk.say(*(text_of(row) for row in resume_words.typed(stopped, drafts)))
    if meanwhile := [*stopped.meanwhile(drafts)]:
        run.talk.say(_("The file was changed meanwhile:"), *(text_of(resume_words.changed(each)) for each in meanwhile))
    run.talk.say(*resume_words.not_kept(stopped))
    run.resume.answer(drafts, go_on=run.talk.agrees(resume_words.headline(stopped), default=True))


async def _ask_all(run: Run) -> None:
    """Until the user leaves."""
    while run.host.next and not run.is_over:
        step = run.host.next
        run.navigation.page = LinePage(step)
        run.talk.say("", title(step))
        try:
            await _QUESTIONS[step](run)
            if run.host.over:
                raise run.host.over
        except Back:
            _go_back(run, step)
        except Live:
            run.talk.say(_("The provider is asked on Model."))
        except Jump as jump:
            run.host.go(Move(jump.step))
        except Leave:
            _leave(run)
        run.resume.keep()


def _go_back(run: Run, step: Step) -> None:
    before = run.desk.journey.before(step)
    if before:
        run.show(before)
    else:
        _leave(run)


def _leave(run: Run) -> None:
    """Asks when something is unsaved."""
    run.host.over = None
    unsaved = run.desk.drafts.unsaved
    if not run.desk.drafts.dirty:
        run.leave()
        return
    run.talk.say(many("{count} change is not saved.", "{count} changes are not saved.", unsaved))
    run.talk.say(_("The next start goes on with what was typed, but for keys."))
    with contextlib.suppress(Back, Jump, Leave):
        if not run.talk.agrees(_("Leave without saving?"), default=False):
            return
    run.leave()


def _ended(run: Run) -> int:
    """Nobody answers: all is well where all was saved. Without a single answer this was no conversation."""
    if not run.talk.answers:
        words = _("llm-setup asks, and nothing answers: stdin is at its end. Without answers, use a command: {names}.")
        note(words.format(names=", ".join(COMMANDS)), _("llm-setup --help names their options."))
        return Status.USAGE
    if run.desk.drafts.dirty:
        note(_("The answers ended before all was saved."))
        return Status.NO
    return Status.DONE
