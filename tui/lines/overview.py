"""Home, when there is something to look at: all settings in a few lines, each with its way in."""

from collections.abc import Iterator

from tui.base.translation import _
from tui.checks.check import findings
from tui.checks.finding import Severity
from tui.checks.problems import problems
from tui.lines.run import Run
from tui.lines.talk import Leave, Option
from tui.openhands.groups import DEFAULT, group_ids, header
from tui.openhands.targets.target import TOML
from tui.screens.overview_words import alarming, differing_programs, group_summary, summary, told
from tui.widgets.steps import ORDER, Step, title

UNDO, ADD, QUIT, PROGRAMS, ALIKE = "undo", "add", "quit", "programs", "alike"


async def ask_overview(run: Run) -> None:
    """A step, a group, or the end."""
    run.talk.say(*_remarks(run))
    alarms = alarming(run.draft)
    options = [Option(step.value, title(step), summary(step, run.desk).in_words, (step.value,)) for step in ORDER]
    options += [*_groups(run)]
    options += [
        Option(PROGRAMS, _("programs"), _("for which OpenHands this is"), (PROGRAMS,)),
        Option(UNDO, _("undo"), _("put the file back as it was before the last save"), (UNDO,)),
        Option(QUIT, _("quit"), _("leave llm-setup"), (QUIT,)),
    ]
    if differ := differing_programs(run.desk):
        options.insert(-2, Option(ALIKE, _("alike"), _("one's settings for all: {uses}").format(uses=differ), (ALIKE,)))
    alarming_step = next((step.value for step in ORDER if step in alarms), None)
    default = alarming_step or (Step.REVIEW.value if run.draft.dirty else QUIT)
    chosen = run.talk.choose(_("Overview"), options, default=default)
    if chosen == QUIT:
        raise Leave
    if chosen == UNDO:
        await run.undo.undo()
    elif chosen == PROGRAMS:
        await run.programs.choose()
    elif chosen == ALIKE:
        await run.programs.make_alike()
    elif chosen in set(Step):
        run.show(Step(chosen))
    else:
        await _change(run, chosen)


def _remarks(run: Run) -> Iterator[str]:
    """What is wrong with what was typed, or else with the file, as `llm-setup check` finds it."""
    draft = run.draft
    yield header(draft.group)
    if draft.dirty:
        yield from (problem.message for problem in problems(draft))
        return
    found = findings(draft.config, draft.environ, draft.own.preference("release"))
    here = [finding for finding in found if finding.group in {draft.group, None}]
    yield from (told(finding) for finding in here if finding.severity is not Severity.NOTE)


def _groups(run: Run) -> Iterator[Option[str]]:
    config = run.draft.config
    begun = (draft.group for draft in run.desk.drafts.opened if draft.is_new)
    for group in (*group_ids(config), *begun) if config.exists else ():
        yield Option(group, header(group), group_summary(config, group, run.desk.drafts.of(group)).in_words)
    if config.exists and config.kind == TOML:
        yield Option(ADD, _("new group"), _("with the settings of [llm], until you change them"), (ADD,))


async def _change(run: Run, group: str) -> None:
    """What is to be done with a group."""
    if group == ADD:
        await run.groups.change("add", group)
        return
    options = [Option("open", _("open it"), "", ("open",)), Option("copy", _("copy"), "", ("copy",))]
    if group != DEFAULT:
        options += [Option("rename", _("rename"), "", ("rename",)), Option("remove", _("remove"), "", ("remove",))]
    what = run.talk.choose(header(group), options, default="open")
    await run.groups.change(what, group)
