"""Step 4: everything else that OpenHands reads, all of it optional."""

from tui.base.translation import _
from tui.lines.fields import ask_setting
from tui.lines.run import Run
from tui.lines.talk import Option
from tui.openhands.field import Field
from tui.openhands.fields import option_fields
from tui.screens.overview_words import summary
from tui.widgets.steps import Step


async def ask_options(run: Run) -> None:
    """Which ones to change, until none is named."""
    run.talk.say(summary(Step.OPTIONS, run.desk).in_words)
    words = _("An option to change, by number or name; Enter goes on, * lists them")
    while True:
        answer = run.talk.ask(words, explain=run.explaining(_("All of these may stay empty.")))
        if not answer:
            break
        options = [_option(run, field) for field in option_fields()]
        if answer == "*":
            field = run.talk.choose(_("Option"), options, default=option_fields()[0])
        else:
            found = [option for n, option in enumerate(options, 1) if answer == str(n) or option.is_called(answer)]
            if not found:
                run.talk.say(_("There is no such option."))
                continue
            field = found[0].value
        ask_setting(run, field)
    run.done(Step.OPTIONS)


def _option(run: Run, field: Field) -> Option[Field]:
    text = run.draft.texts[field.key].strip()
    default = "" if field.default is None else field.text(field.default)
    words = text or (_("{value} by default").format(value=default) if default else _("not set"))
    return Option(field, field.label, words, (field.key, field.variable))
