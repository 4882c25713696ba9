"""How a test ended, on the page of the Test step, and what can be done next."""

from textual.widget import Widget
from textual.widgets import Button, Static

from tui.catalog.models import Catalogue, Model
from tui.drafts.draft import Draft
from tui.screens import trial_words
from tui.screens.near_models import NearModels
from tui.trial.events import Outcome
from tui.trial.plan import Plan
from tui.trial.recognition import near_names
from tui.widgets.remark import Band, Figures
from tui.widgets.tone import line


def say(page: Widget, said: trial_words.Said, note: str = "") -> None:
    """How it ended: a sentence, what to do, and a note at the right edge."""
    tone, sentence, hint = said
    page.query_one(Band).say(tone, *sentence, note=note)
    page.query_one("#hint", Static).update(line((hint, "plain")))
    page.query_one("#thoughts", Static).update("")
    page.query_one(Figures).show(())


def offer_next(
    page: Widget, outcome: Outcome | None, plan: Plan | None, draft: Draft, catalogue: Catalogue | None
) -> Widget:
    """Show what can come next, and return what of it is to have the focus."""
    near = _near_models(outcome, plan, catalogue)
    called = plan.order.called_model if plan else ""
    page.query_one(NearModels).offer(near, called.partition("/")[2])
    for part, shown in (("#near-head", near), ("#near", near), ("#next", not near)):
        page.query_one(part).set_class(not shown, "-empty")
    if near:
        page.query_one("#hint", Static).update("")  # it names them
    rehearsed = plan is not None and plan.is_rehearsal
    beside = trial_words.beside_onward(outcome, draft, rehearsed=rehearsed)
    button = page.query_one("#onward", Button)
    button.label = trial_words.onward(outcome)
    page.query_one("#beside", Static).update(line((beside, "muted")))
    for part in ("#hint", "#thoughts"):
        page.query_one(part).set_class(not str(page.query_one(part, Static).content), "-empty")
    return page.query_one(NearModels) if near else button


def _near_models(outcome: Outcome | None, plan: Plan | None, catalogue: Catalogue | None) -> list[Model]:
    """Models to take in the place of the one that the provider does not have; none where something else went wrong."""
    if plan is None or catalogue is None or outcome is None or outcome.diagnosis is None:
        return []
    if outcome.diagnosis.code != "unknown-model":
        return []
    by_name = {model.name: model for model in catalogue.of(plan.order.family)}
    return [by_name[name] for name in near_names(plan.order, lambda: catalogue)]
