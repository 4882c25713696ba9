"""What the user is about to save."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from tui.base.secret import Secret
from tui.catalog.endpoints import base_url_variables
from tui.catalog.providers import Provider
from tui.config_file.reading import ConfigText
from tui.credentials.identity import Credential, origin_of
from tui.credentials.store import GIVING, Store
from tui.settings.coercion import text_as_taken
from tui.settings.cutting import cuts
from tui.settings.field import Field, Kind, Value
from tui.settings.fields import BY_KEY, FIELDS, RETRY_KEYS
from tui.settings.groups import DEFAULT, KNOWN, own_keys, path_of
from tui.settings.own import OwnSettings
from tui.settings.routes import provider_in

ENDPOINT_KEYS: Final = ("base_url", "api_version", "aws_region_name", "custom_llm_provider")
"""They belong to a provider: left standing after a change of provider, they would send its key to the old host."""


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that differs from the file; both texts as they may be shown."""

    field: Field
    before: str
    after: str


class Draft:
    """The text of every field as typed, beside what the file says; screens are rebuilt from it and write through to it.

    Keys typed are held as `Secret`s, by provider and origin: one typed for one address is not there for another.
    """

    def __init__(self, config: ConfigText, own: OwnSettings, environ: Mapping[str, str], group: str = DEFAULT) -> None:
        self.config = config
        self.own = own
        self.environ = environ
        self.group = group
        self._load()
        self.provider: Provider | None = self._provider_of_file()
        self.store: Store | None = None
        self.wanted_store: Store | None = None
        """Where a key was to be kept that has to be typed again."""
        self._variable = ""
        self.commands: dict[Credential, str] = {}
        """Commands that were chosen to give a key, and are not saved yet."""
        self.retries_accepted = False
        self.dropped: set[str] = set()
        """Keys of the group that are no settings, and go when it is saved."""
        self._secrets: dict[Credential, Secret] = {}
        self.left: dict[str, dict[str, str]] = {}
        """Endpoint and model of the providers that were chosen before, by provider; they come back on return."""

    def _load(self) -> None:
        table = self.table()
        beside = self.own.beside(self.config.path)
        plain = [field for field in FIELDS if field.kind is not Kind.SECRET]
        self.loaded = {
            field.key: text_as_taken(field, (beside if field.ours else table).get(field.key)) for field in plain
        }
        above = {} if self.is_default else own_keys(self.config, DEFAULT)
        self.inherited = {field.key: text_as_taken(field, above.get(field.key)) for field in plain}
        """What a group has from `[llm]` where it says nothing itself; all empty for `[llm]`."""
        self.absent = [key for key in RETRY_KEYS if key not in table] if self.is_default else []
        """Retry settings that `[llm]` leaves out; they are offered as documented."""
        for key in self.absent:
            self.loaded[key] = BY_KEY[key].text(BY_KEY[key].documented)
        self.texts = dict(self.loaded)

    def _provider_of_file(self) -> Provider | None:
        keys = ("model", "base_url", "custom_llm_provider")
        said: dict[str, Value] = {key: self.loaded[key] or self.inherited[key] for key in keys}
        return provider_in(said) if said["model"] else None

    @property
    def provider_is_new(self) -> bool:
        """Whether another provider was chosen than the file's."""
        there = self._provider_of_file()
        return self.provider is not None and (there is None or there.id != self.provider.id)

    # -- what it is about

    @property
    def is_default(self) -> bool:
        """Whether it is `[llm]` itself, which the environment reaches, and not a group."""
        return self.group == DEFAULT

    @property
    def is_new(self) -> bool:
        """Whether it is a group that was begun, and is not in the file yet."""
        return not self.is_default and path_of(self.group)[-1] not in self.config.groups()

    @property
    def strangers(self) -> list[str]:
        """Keys of the group that are no settings: for each of them OpenHands drops all of it."""
        return [key for key in self.table() if key not in KNOWN and key not in self.dropped]

    @property
    def lacks_retries(self) -> bool:
        """Whether retry settings are missing in `[llm]`, and nobody has said what they shall be."""
        return bool(self.absent) and not self.retries_accepted and not any(map(self._differs, RETRY_KEYS))

    def table(self) -> dict[str, Any]:
        """What stands in the group's own table of the file."""
        return own_keys(self.config, self.group)

    @property
    def first_run(self) -> bool:
        """Whether the file has no `[llm]` section yet."""
        return not self.config.has("llm")

    def field_text(self, key: str) -> str:
        """The text of a field, as typed."""
        return self.texts[key]

    def effective_text(self, key: str) -> str:
        """What holds in the end: as typed, else as inherited."""
        return self.texts[key].strip() or self.inherited[key]

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

    def value(self, key: str) -> Value | None:
        """What a field's text means. Raises SetupError with `field` set."""
        return BY_KEY[key].parse(self.texts[key])

    def effective_value(self, key: str) -> Value | None:
        """What holds in the end for a field. Raises SetupError with `field` set."""
        return BY_KEY[key].parse(self.effective_text(key))

    def choose_provider(self, provider: Provider) -> None:
        """Change provider; its endpoint fields go, and come back on return, and so does its model."""
        if self.provider and self.provider.id == provider.id:
            return
        keys = (*ENDPOINT_KEYS, "model")
        if self.provider:
            self.left[self.provider.id] = {key: self.texts[key] for key in keys}
        self.texts.update(self.left.get(provider.id, dict.fromkeys(keys, "")))
        self.provider = provider
        self.store = None
        self._variable = ""

    # -- keys

    @property
    def base_url(self) -> str:
        """The effective base URL: the environment's, which wins over the file, else the one typed, else litellm's."""
        typed = self._from_environment("LLM_BASE_URL") or self.effective_text("base_url")
        return typed or self.environ.get(self._variable_of_litellm(self.provider), "")

    @property
    def address_variable(self) -> str:
        """The variable from which litellm takes the address, such as `ANTHROPIC_BASE_URL`; "" where another counts."""
        named = self._from_environment("LLM_BASE_URL") or self.effective_text("base_url")
        return "" if named else self._variable_of_litellm(self.provider)

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
        fields = [field for field in FIELDS if field.kind is Kind.SECRET]
        own = self.provider.key_variable if self.provider else ""
        texts = [self.table().get(field.key) or self._inherited_secret(field.key) for field in fields]
        texts += [self.environ.get(name) for name in (*(field.variable for field in fields), own)]
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
        text = str(self.table().get(key) or self._inherited_secret(key))
        return Secret(text) if text and self.credential(key) == self._credential_of_file(key) else None

    def _inherited_secret(self, key: str) -> str:
        return "" if self.is_default else str(own_keys(self.config, DEFAULT).get(key) or "")

    def _credential_of_file(self, key: str) -> Credential:
        url = self._from_environment("LLM_BASE_URL") or self.loaded["base_url"] or self.inherited["base_url"]
        provider = self._provider_of_file()
        return _credential(provider, url or self.environ.get(self._variable_of_litellm(provider), ""), key)

    def secret_in_environment(self, key: str = "api_key") -> Secret | None:
        """The key that OpenHands takes before any that is kept: `LLM_API_KEY`. It reaches `[llm]` only."""
        value = self._from_environment(BY_KEY[key].variable)
        return Secret(value) if value else None

    @property
    def remembered_store(self) -> Store | None:
        """Where the present key is kept already."""
        if store := self.own.store_of(self.credential().service):
            return store
        return Store.CONFIG if any(self.secret_in_file(key) for key in self.secret_keys()) else None

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

    # -- what will change

    def changes(self) -> list[Change]:
        """The settings that differ from the files, secrets not included, in the order of the Field table."""
        fields = [f for f in FIELDS if f.key in self.texts and self._differs(f.key)]
        changed = [Change(f, self.loaded[f.key], self._written(f.key)) for f in fields]
        absent = [key for key in self.absent if self._written(key) == self.loaded[key]]
        if self.retries_accepted or any(not change.field.ours for change in changed):
            changed += [Change(BY_KEY[key], "", self._written(key)) for key in absent]
        return sorted(changed, key=lambda change: FIELDS.index(change.field))

    @property
    def count(self) -> int:
        """How many changes the user made; the retry settings that are written along are none of his."""
        along = [] if self.retries_accepted else self.absent
        mine = [c for c in self.changes() if c.field.key not in along or self._differs(c.field.key)]
        return len(mine) + len(self.typed_secrets()) + len(self.dropped) or int(self.dirty)

    def _differs(self, key: str) -> bool:
        """Whether a field will change; a group does not repeat what it inherits."""
        written = self._written(key)
        repeats = not self.loaded[key] and written == self.inherited[key]
        return written != self.loaded[key] and not repeats

    def _written(self, key: str) -> str:
        """The text that will stand for a field; `[llm]` has an emptied retry setting as documented, never left out."""
        text = self.texts[key].strip()
        keeps = self.is_default and key in RETRY_KEYS and not text
        return BY_KEY[key].text(BY_KEY[key].documented) if keeps else text

    @property
    def dirty(self) -> bool:
        """Whether anything would be saved."""
        keeps = {} if self.store in GIVING else self.typed_secrets()
        return bool(self.changes() or keeps or self.moves or self.chooses or self.dropped or self.is_new or cuts(self))

    @property
    def chooses(self) -> bool:
        """Whether it was chosen anew what gives the key that we do not keep."""
        if self.store is Store.COMMAND and self.new_commands():
            return True
        return self.store in GIVING and self.store is not self.remembered_store

    @property
    def moves(self) -> bool:
        """Whether another place was chosen for the key than the one where it is."""
        return self.store is not None and self.remembered_store not in (None, self.store)

    def edits(self) -> dict[str, Value | None]:
        """The keys of the group to write, None for those to remove. Raises SetupError for a text that means nothing."""
        edits = {c.field.key: c.field.parse(c.after) for c in self.changes() if not c.field.ours}
        edits |= cuts(self).get(path_of(self.group), {})
        edits |= dict.fromkeys(self.dropped)
        if (self.store or self.remembered_store) is Store.CONFIG:
            typed = {key: self.typed_secret(key) for key in self.secret_keys()}
            edits |= {key: secret.reveal() for key, secret in typed.items() if secret}
        return edits

    def preview(self, fetched: Mapping[str, Secret] | None = None) -> str:
        """The text that config.toml will have, with the secrets `fetched` for it from elsewhere. Raises SetupError."""
        from tui.config_file.rewriting import rewrite  # tomlkit: loaded when it is needed

        own = self.edits() | {key: secret.reveal() for key, secret in (fetched or {}).items()}
        edits = {path: keys for path, keys in {**cuts(self), path_of(self.group): own}.items() if keys}
        if not edits and not self.is_new:
            return self.config.text
        tables = [("core",), *([path_of(self.group)] if self.is_new else [])]
        return rewrite(self.config.text, edits, ensure=tables, together=[RETRY_KEYS])

    def saved(self, config: ConfigText) -> None:
        """Go on from what was written."""
        self.config = config
        self.retries_accepted = False
        self.dropped.clear()
        self._load()

    def rebase(self, config: ConfigText) -> None:
        """Go on from another state of the file, with what was typed."""
        typed = {key: text for key, text in self.texts.items() if text != self.loaded[key]}
        with self._place_left():
            self.config = config
            self.dropped &= set(self.table())
            self._load()
            self.texts.update(typed)


def _credential(provider: Provider | None, base_url: str, key: str) -> Credential:
    name = "LLM_API_KEY" if key == "api_key" else key.upper()
    # a URL whose origin cannot be told is no provider's own address: its key must not be taken for that one
    origin = (origin_of(base_url) or f"unclear:{base_url}") if base_url else None
    return Credential(provider.id if provider else "unknown", origin, name)
