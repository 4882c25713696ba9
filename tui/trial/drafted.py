"""The order that a draft amounts to."""

from collections.abc import Collection, Mapping

from tui.base.secret import Secret
from tui.settings.confirming import Risk, insist_on_yes
from tui.settings.draft import Draft
from tui.settings.effective import tables_of
from tui.settings.field import Kind, Value
from tui.settings.fields import BY_KEY, FIELDS
from tui.settings.insisting import insist_on_agreement
from tui.trial.environment import provider_environment, proxy_before
from tui.trial.order import Order


def order_of(draft: Draft, prompt: str, secrets: Mapping[str, Secret], accepted: Collection[Risk] = ()) -> Order:
    """What OpenHands would call with the draft's settings.

    Raises SetupError for a text that means nothing, and where the settings do not agree on whose key it is.
    Raises Unconfirmed where the keys must not be sent without a yes; `accepted` are the risks accepted already.
    """
    insist_on_agreement(draft)
    insist_on_yes(draft, secrets, accepted)
    model = draft.effective_text("model")
    given = [f for f in FIELDS if f.kind not in {Kind.SECRET, Kind.TABLES} and not f.ours and f.key != "model"]
    options = [field.key for field in given if field.key not in {"base_url", "api_version"}]
    values = {key: draft.effective_value(key) for key in options}
    needs = draft.provider.needs if draft.provider else ()
    return Order(
        model=model,
        prompt=prompt,
        secrets=secrets,
        base_url=draft.base_url,
        api_version=draft.effective_text("api_version"),
        owner=draft.provider.id if draft.provider else "",
        options={key: value for key, value in values.items() if value is not None}
        | tables_of(draft.config, draft.environ, draft.group),
        environment=provider_environment(model, draft.environ) | _told_to_openrouter(draft, values),
        needs_key=any(need.required and BY_KEY[need.key].kind is Kind.SECRET for need in needs),
        proxy=proxy_before(draft.base_url, draft.environ),
    )


def _told_to_openrouter(draft: Draft, values: Mapping[str, Value | None]) -> dict[str, str]:
    """Who asks, in the variables by which OpenHands lets litellm know."""
    if draft.provider is None or draft.provider.id != "openrouter":
        return {}
    names = {"OR_SITE_URL": "openrouter_site_url", "OR_APP_NAME": "openrouter_app_name"}
    return {name: str(values[key] or BY_KEY[key].default) for name, key in names.items()}
