"""A draft as OpenHands would be started with it: what the environment says counts, and nothing is going to be saved."""

from tui.settings.draft import Draft
from tui.settings.effective import Source, effective
from tui.settings.field import Kind
from tui.settings.fields import BY_KEY
from tui.settings.routes import provider_in


def take_effective(draft: Draft) -> None:
    """Let the draft say what OpenHands would end up with, and whose key that wants."""
    for key, setting in effective(draft.config, draft.environ, draft.group).items():
        field = BY_KEY.get(key)
        if field and field.kind not in (Kind.SECRET, Kind.TABLES):
            text = "" if setting.source is Source.DEFAULT else field.text(setting.value)
            draft.edit(key, text)
            draft.taken[key] = text
    names = {key: draft.effective_text(key) for key in ("model", "base_url", "custom_llm_provider")}
    draft.provider = provider_in(dict(names)) if names["model"] else None
