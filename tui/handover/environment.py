"""Everything that OpenHands needs, as environment variables."""

from tui.base.secret import Secret
from tui.credentials.identity import Credential
from tui.settings.draft import Draft
from tui.settings.field import Kind
from tui.settings.fields import BY_KEY, FIELDS
from tui.settings.groups import DEFAULT, own_values
from tui.settings.saving import KeyStore, secrets_for


def settings_environment(draft: Draft) -> dict[str, str]:
    """The settings that stand in the files, as `LLM_*`, in the words that OpenHands takes there.

    `yes` of the file is `true`; empty ones are left out, since OpenHands skips them anyway.
    """
    table = own_values(draft.config, DEFAULT)
    beside = draft.own.beside(draft.config.path)
    plain = [field for field in FIELDS if field.kind not in {Kind.SECRET, Kind.TABLES}]
    texts = {field.variable: field.text((beside if field.ours else table).get(field.key)) for field in plain}
    return {name: text for name, text in texts.items() if text}


def secret_variables(draft: Draft) -> list[str]:
    """The names under which OpenHands takes the keys of the draft's provider."""
    return [BY_KEY[key].variable for key in draft.secret_keys()]


async def secret_environment(draft: Draft, keyring: KeyStore) -> dict[str, Secret]:
    """The keys as `LLM_*`, from where they are kept; nothing is asked when all stand in the environment already.

    Raises SetupError when the store cannot be asked.
    """
    if all(draft.environ.get(name) for name in secret_variables(draft)):
        return {}
    return {BY_KEY[key].variable: secret for key, secret in (await secrets_for(draft, keyring)).items()}


def missing_key(draft: Draft, secrets: dict[str, Secret]) -> Credential | None:
    """The credential that the provider demands and that is nowhere."""
    needs = draft.provider.needs if draft.provider else ()
    for need in needs:
        field = BY_KEY[need.key]
        there = field.variable in secrets or draft.environ.get(field.variable)
        if need.required and field.kind is Kind.SECRET and not there:
            return draft.credential(need.key)
    return None
