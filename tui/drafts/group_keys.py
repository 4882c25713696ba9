"""Whose key a group's settings call for, what was typed of it, and where it is or shall be kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from tui.base.secret import Secret
from tui.catalog.endpoints import base_url_variables
from tui.catalog.providers import Provider
from tui.config_file.document import ConfigText
from tui.credentials.identity import Credential, origin_of
from tui.credentials.store import Store
from tui.drafts.group_texts import GroupTexts
from tui.drafts.own_settings import OwnSettings
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY, SECRET_KEYS
from tui.openhands.groups import DEFAULT, offending_keys, own_keys

ENDPOINT_KEYS: Final = ("base_url", "api_version", "aws_region_name", "custom_llm_provider")
"""They belong to a provider: left standing after a change of provider, they would send its key to the old host."""

_LEAVING: Final = (*ENDPOINT_KEYS, "model")
UNKNOWN: Final = ""
"""Stands for the provider of a file that names none that we know."""


class GroupKeys(GroupTexts):
    """The provider chosen, and its keys. Those typed are `Secret`s, held by provider and origin: one typed for one
    address is not there for another.
    """

    def __init__(self, config: ConfigText, own: OwnSettings, environ: Mapping[str, str], group: str = DEFAULT) -> None:
        super().__init__(config, own, environ, group)
        self.provider: Provider | None = self._provider_of_file()
        self.store: Store | None = None
        self.wanted_store: Store | None = None
        """Where a key was to be kept that has to be typed again."""
        self._variable = ""
        self.commands: dict[Credential, str] = {}
        """Commands that were chosen to give a key, and are not saved yet."""
        self._secrets: dict[Credential, Secret] = {}
        self.left: dict[str, dict[str, str]] = {}
        """Endpoint and model of the providers that were chosen before, by provider; they come back on return."""

    @property
    def provider_is_new(self) -> bool:
        """Whether another provider was chosen than the file's."""
        there = self._provider_of_file()
        return self.provider is not None and (there is None or there.id != self.provider.id)

    def edit(self, key: str, text: str) -> None:
        """Take a field's text as typed. Another address is another place for a key, which is chosen anew."""
        with self._place_left():
            self.texts[key] = text

    @contextmanager
    def _place_left(self) -> Iterator[None]:
        """Forget which place was chosen if it was for a key of another provider or address."""
        before = self.credential()
        yield
        if self.credential() != before:
            self.store = None
            self._variable = ""

    def choose_provider(self, provider: Provider) -> None:
        """Change provider; its endpoint fields go, and come back on return, and so does its model."""
        if self.provider and self.provider.id == provider.id:
            return
        fresh = dict.fromkeys(_LEAVING, "") if self.provider else self._fitting(provider)
        self._leave_texts()
        self.texts.update(self.left.get(provider.id, fresh))
        self.provider = provider
        self.store = None
        self._variable = ""

    def return_to_unknown(self) -> None:
        """Go back to the provider that nobody knows, as the file names it."""
        self._leave_texts()
        self.texts.update(self.left.get(UNKNOWN, {}))
        self.provider = None
        self.store = None
        self._variable = ""

    def _leave_texts(self) -> None:
        here = {key: self.texts[key] for key in _LEAVING}
        if self.provider or any(here.values()):
            self.left[self.provider.id if self.provider else UNKNOWN] = here

    def _fitting(self, provider: Provider) -> dict[str, str]:
        """What still holds of the settings of a provider that nobody knows: nothing says that it was another one."""
        asked = {need.key for need in provider.needs if need.required}
        fitting = {key: self.texts[key] if key in asked else "" for key in _LEAVING}
        model = self.texts["model"].strip()
        if model.startswith(provider.prefix):
            fitting["model"] = model
        elif model and "base_url" in asked and not provider.family and fitting["base_url"]:
            from tui.catalog.typed_models import typed_model  # few files have such a provider

            fitting["model"] = typed_model(model, provider)  # the name that the same server gives it
        return fitting

    @property
    def base_url(self) -> str:
        """The effective base URL: the environment's, which wins over the file, else the one typed, else litellm's.

        "" for a model that OpenHands calls at its own proxy whatever the base URL says.
        """
        if self._is_rewritten():
            return ""
        typed = self._from_environment("LLM_BASE_URL") or self.effective_text("base_url")
        return typed or self.environ.get(self._variable_of_litellm(self.provider), "")

    @property
    def address_variable(self) -> str:
        """The variable from which litellm takes the address, such as `ANTHROPIC_BASE_URL`; "" where another counts."""
        named = self._from_environment("LLM_BASE_URL") or self.effective_text("base_url")
        return "" if named else self._variable_of_litellm(self.provider)

    def _is_rewritten(self) -> bool:
        keeps = self.config.private and bool(self.effective_text("base_url"))  # the CLI heeds it for such a model, too
        return self.effective_text("model").startswith("openhands/") and not keeps

    def _variable_of_litellm(self, provider: Provider | None) -> str:
        """It reaches groups too."""
        names = base_url_variables(provider.id) if provider else ()
        return next((name for name in names if self.environ.get(name)), "")

    def _from_environment(self, name: str) -> str:
        """A variable of OpenHands'; they never reach a group."""
        return self.environ.get(name, "") if self.is_default else ""

    def credential(self, key: str = "api_key") -> Credential:
        """Whose key the secret field `key` holds at present."""
        return _credential(self.provider, self.base_url, key)

    def secret_keys(self) -> tuple[str, ...]:
        """The secret fields that the provider takes."""
        needs = self.provider.needs if self.provider else ()
        return tuple(need.key for need in needs if BY_KEY[need.key].kind is Kind.SECRET)

    def typed_secret(self, key: str = "api_key") -> Secret | None:
        """The key typed and not stored yet, for the present provider and origin."""
        return self._secrets.get(self.credential(key))

    def edit_secret(self, key: str, secret: Secret | None) -> None:
        """Take a key as typed; None for an emptied field."""
        if secret:
            self._secrets[self.credential(key)] = secret
        else:
            self._secrets.pop(self.credential(key), None)

    def typed_secrets(self) -> dict[Credential, Secret]:
        """All keys typed for the present provider and origin."""
        typed = {self.credential(key): self.typed_secret(key) for key in self.secret_keys()}
        return {credential: secret for credential, secret in typed.items() if secret}

    def all_secrets(self) -> list[Secret]:
        """Every key that this draft has to do with, whosever it is: what must not be seen in any text."""
        own = self.provider.key_variable if self.provider else ""
        above = own_keys(self.config, DEFAULT)
        texts = [table.get(key) for key in SECRET_KEYS for table in (self.table(), above)]
        texts += [self.environ.get(name) for name in (*(BY_KEY[key].variable for key in SECRET_KEYS), own)]
        return [*self._secrets.values(), *(Secret(str(text)) for text in texts if text)]

    @property
    def holds_secrets(self) -> bool:
        """Whether any key was typed and is not stored, for whichever provider and origin."""
        return bool(self._secrets)

    def forget_secrets(self) -> None:
        """Drop what was typed: it is stored now."""
        self._secrets.clear()

    def secret_in_file(self, key: str = "api_key") -> Secret | None:
        """The key that stands in config.toml, if it was given for the present provider and origin."""
        own = self.table().get(key)
        # an empty one takes that of [llm] away, and so does what is no text
        text = self._inherited_secret(key) if own is None else own if isinstance(own, str) else ""
        return Secret(text) if text and self.credential(key) == self._credential_of_file(key) else None

    def is_encrypted_in_file(self, key: str = "api_key") -> bool:
        """Whether such a key stands in the file in a form that its program alone can read."""
        return key in self.config.encrypted and self.credential(key) == self._credential_of_file(key)

    def _inherited_secret(self, key: str) -> str:
        dropped = self.is_default or offending_keys(self.config, DEFAULT)
        text = own_keys(self.config, DEFAULT).get(key)
        return text if isinstance(text, str) and not dropped else ""

    def _credential_of_file(self, key: str) -> Credential:
        url = self._from_environment("LLM_BASE_URL") or self.loaded["base_url"] or self.inherited["base_url"]
        provider = self._provider_of_file()
        if provider and provider.id == "openhands" and not (self.config.private and url):
            return _credential(provider, "", key)
        return _credential(provider, url or self.environ.get(self._variable_of_litellm(provider), ""), key)

    def secret_in_environment(self, key: str = "api_key") -> Secret | None:
        """The key that OpenHands takes before any that is kept: `LLM_API_KEY`. It reaches `[llm]` only."""
        value = self._from_environment(BY_KEY[key].variable)
        return Secret(value) if value else None

    @property
    def remembered_store(self) -> Store | None:
        """Where the present key is kept already."""
        in_file = any(self.secret_in_file(key) or self.is_encrypted_in_file(key) for key in self.secret_keys())
        if in_file and self.config.private:  # its program takes no other
            return Store.CONFIG
        return self.own.store_of(self.credential().service) or (Store.CONFIG if in_file else None)

    @property
    def variable(self) -> str:
        """The environment variable that was chosen for the present key, now or earlier; "" for none in particular."""
        return self._variable or self.own.variable_of(self.credential().service)

    @variable.setter
    def variable(self, name: str) -> None:
        self._variable = name

    def command(self, key: str = "api_key") -> str:
        """The command whose output is the secret field `key`, chosen now or earlier; "" for none."""
        credential = self.credential(key)
        return self.commands.get(credential) or self.own.commands_of(credential.service).get(credential.name, "")

    def new_commands(self) -> dict[Credential, str]:
        """The commands for the present provider and origin that are not kept as they are."""
        credential = self.credential()
        kept = self.own.commands_of(credential.service)
        here = {other: text.strip() for other, text in self.commands.items() if other.service == credential.service}
        return {other: text for other, text in here.items() if text != kept.get(other.name, "")}


def _credential(provider: Provider | None, base_url: str, key: str) -> Credential:
    name = "LLM_API_KEY" if key == "api_key" else key.upper()
    # a URL whose origin cannot be told is no provider's own address: its key must not be taken for that one
    origin = (origin_of(base_url) or f"unclear:{base_url}") if base_url else None
    return Credential(provider.id if provider else "unknown", origin, name)
