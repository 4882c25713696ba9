"""Asking for one setting of the Field table, judged as in a form; and step 4, those that are options."""

from collections.abc import Callable

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.checks.problems import problem_of
from tui.checks.variables import shadow
from tui.commands.gate import hide
from tui.drafts.further_texts import NONE, objects_of, present
from tui.lines.run import Run
from tui.lines.talk import Option
from tui.openhands.field import NO, YES, Field, Kind
from tui.openhands.fields import option_fields
from tui.openhands.misplaced_keys import misplaced_key
from tui.openhands.targets.further import CONFIDENTIAL
from tui.screens.overview_words import summary
from tui.widgets.steps import Step

Fix = Callable[[str], tuple[str, str]]
EMPTY = "-"
"""Stands for no value: an empty answer keeps what is there."""


def ask_setting(
    run: Run, field: Field, *, default: str = "", hint: str = "", fix: Fix = lambda text: (text, "")
) -> None:  # fmt: skip
    """Put an answer into the draft; `default` is taken by Enter where the draft has nothing. Raises Back, Jump.

    `fix` makes of an answer what was meant by it, and a sentence on what was changed.
    """
    draft = run.draft
    if said := shadow(draft, field):
        run.talk.say(said)
    while True:
        present = draft.texts[field.key].strip()
        text = _ask(run, field, present or default or draft.inherited[field.key], hint)
        if text is None:
            text = ""
        elif text == draft.inherited[field.key] and not present:
            text = ""  # a group does not repeat what it inherits
        text, fixed = fix(text)
        run.talk.say(*([fixed] if fixed else []))
        if wrong := _wrong(field, text):
            run.talk.say(wrong)
            continue
        draft.edit(field.key, text)
        problem = problem_of(draft, field.key) if text else None
        if problem and problem.blocks:
            run.talk.say(problem.message)
            draft.edit(field.key, "")
            continue
        return


def _ask(run: Run, field: Field, present: str, hint: str) -> str | None:
    """The text, None for an empty one."""
    explain = run.explaining(field.help, field.takes, _("A single - empties it."))
    if field.kind in (Kind.SWITCH, Kind.CHOICE):
        values = (YES, NO) if field.kind is Kind.SWITCH else field.choices
        options = [Option(value, value) for value in values] + [Option("", _("not set"), "", (EMPTY,))]
        return run.talk.choose(field.label, options, default=present or "", explain=explain) or None
    label = f"{field.label} ({hint})" if hint and not present else field.label
    answer = run.talk.ask(label, default=present, explain=explain)
    return None if answer in ("", EMPTY) else answer


def _wrong(field: Field, text: str) -> str:
    if message := misplaced_key(field, text):
        return message
    try:
        field.parse(text)
    except SetupError as error:
        return error.message
    return ""


async def ask_options(run: Run) -> None:
    """Which ones to change, until none is named."""
    run.talk.say(summary(Step.OPTIONS, run.desk).in_words)
    words = _("An option to change, by number or name; Enter goes on, * lists them")
    while True:
        answer = run.talk.ask(words, explain=run.explaining(_("All of these may stay empty.")))
        if not answer:
            break
        options = [*(_option(run, field) for field in option_fields()), *_objects(run)]
        if answer == "*":
            field = run.talk.choose(_("Option"), options, default=option_fields()[0])
        else:
            found = [option for n, option in enumerate(options, 1) if answer == str(n) or option.is_called(answer)]
            if not found:
                run.talk.say(_("There is no such option."))
                continue
            field = found[0].value
        if field.kind is Kind.OBJECT:
            _ask_object(run, field)
        else:
            ask_setting(run, field)
    run.done(Step.OPTIONS)


def _objects(run: Run) -> list[Option[Field]]:
    """What only other programs than that of config.toml have."""
    config = run.draft.config
    return [
        Option(field, field.label, present(config, field.key) or _("not set"), (field.key,))
        for field in objects_of(config)
    ]


def _ask_object(run: Run, field: Field) -> None:
    """Typed unseen where there may be keys in it; an empty answer leaves what is there."""
    label = _("{label}, as a JSON object ({none} removes it)").format(label=field.label, none=NONE)
    text = run.talk.hidden(label) if field.key in CONFIDENTIAL else run.talk.ask(label)
    run.draft.further.edit(field.key, text or "")
    hide(run.draft.further.secrets())
    if wrong := run.draft.further.wrong(field.key):
        run.draft.further.edit(field.key, "")
        run.talk.say(wrong)


def _option(run: Run, field: Field) -> Option[Field]:
    text = run.draft.texts[field.key].strip()
    default = "" if field.default is None else field.text(field.default)
    words = text or (_("{value} by default").format(value=default) if default else _("not set"))
    return Option(field, field.label, words, (field.key, field.variable))
