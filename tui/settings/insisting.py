"""No key is sent, handed over or shown where the settings do not agree on one place for it."""

from tui.base.errors import SetupError
from tui.settings.agreement import Called, disagreements
from tui.settings.draft import Draft
from tui.settings.effective import tables_of


def insist_on_agreement(draft: Draft) -> None:
    """Raise SetupError where the settings name two providers for one key, or make a host of what is none."""
    called = Called(
        model=draft.effective_text("model"),
        custom=draft.effective_text("custom_llm_provider"),
        base_url=draft.base_url,
        region=draft.effective_text("aws_region_name"),
        kwargs=tables_of(draft.config, draft.environ, draft.group).get("completion_kwargs"),
        provider=draft.provider,
        environ=draft.environ,
    )
    for fault in disagreements(called):
        raise SetupError(fault.message, fault.hint, field=fault.key)
