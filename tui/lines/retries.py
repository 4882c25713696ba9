"""Step 5: how often and how patiently OpenHands tries again, with the schedule as a table."""

from contextlib import suppress
from typing import Final

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.checks.check import dropped
from tui.commands.schedule import lines_of
from tui.drafts.policy import policy_in_fields, policy_of, texts_of
from tui.lines.fields import ask_setting
from tui.lines.run import Run
from tui.lines.talk import Option
from tui.openhands.field import Field, Place
from tui.openhands.fields import at
from tui.retry.policy import PRESETS, Preset, preset_of
from tui.retry.retried import table
from tui.retry.schedule import in_a_sentence, in_words, remarks
from tui.widgets.steps import Step

LIMIT: Final = "limit"
Chosen = Preset | Field | str | None


async def ask_retries(run: Run) -> None:
    """The values shown are accepted by Enter: they are written even where they are what was there."""
    while True:
        _show(run)
        options = [*(_preset(each) for each in PRESETS), *(_setting(run, field) for field in at(Place.RETRIES))]
        goes_on: Option[Chosen] = Option(None, _("go on"), _("with the waits above"), ("go on",))
        limit: Option[Chosen] = Option(
            LIMIT, _("limit"), _("see which attempt passes your provider's limit a minute"), ("limit",)
        )
        chosen = run.talk.choose(
            _("Retries"), [goes_on, *options, limit], default=None,
            explain=lambda: [_("What OpenHands tries again (“some” depends on the provider):"), *table()],
        )  # fmt: skip
        if chosen is None:
            break
        if chosen == LIMIT:
            _judge(run)
        elif isinstance(chosen, Preset):
            for key, text in texts_of(run.draft, chosen.policy).items():
                run.draft.edit(key, text)
        elif isinstance(chosen, Field):
            ask_setting(run, chosen, default=run.draft.shown_text(chosen.key))
    run.draft.retries_accepted = True
    run.done(Step.RETRIES)


def _show(run: Run) -> None:
    try:
        policy = policy_of(run.draft)
    except SetupError as error:
        run.talk.say(error.message)
        return
    preset = preset_of(policy_in_fields(run.draft))
    run.talk.say(*([preset.name] if preset else []), *filter(None, lines_of(policy)), *remarks(policy))
    run.talk.say(*filter(None, [dropped(run.draft)]))


def _judge(run: Run) -> None:
    """Whether the policy outlasts a limit of requests a minute."""
    answer = run.talk.ask(_("Requests a minute"), explain=run.explaining(_("What your provider allows.")))
    if not (answer.isdecimal() and 0 < int(answer[:7]) < 1_000_000):
        run.talk.say(_("Type a whole number, 1 or more."))
        return
    with suppress(SetupError):  # said above
        words, _survives = in_a_sentence(policy_of(run.draft), int(answer))
        run.talk.say(_("With {count} requests a minute: {what}.").format(count=answer, what=words))


def _preset(preset: Preset) -> "Option[Chosen]":
    policy = preset.policy
    words = _("{count} attempts, {total} of waiting").format(count=policy.attempts, total=in_words(policy.total()))
    return Option(preset, preset.name, words, (preset.key,))


def _setting(run: Run, field: Field) -> "Option[Chosen]":
    return Option(field, field.label, run.draft.shown_text(field.key), (field.key, field.variable))
