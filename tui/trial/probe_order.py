"""What the probe is to call: model, prompt, keys, and the one place that the keys may go to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from tui.base.secret import Secret
from tui.base.secrets_in_text import secrets_of
from tui.credentials.identity import origin_of
from tui.credentials.key_faults import KeyFault, key_fault
from tui.trial.own_origins import own_origins

REHEARSED: Final = "openai/rehearsal"
"""The model that our own provider answers for."""
OPENHANDS_PREFIX: Final = "openhands/"
OPENHANDS_PROXY: Final = "https://llm-proxy.app.all-hands.dev/"


@dataclass(frozen=True)
class ProbeOrder:
    """One call of one model, as it stands in `[llm]`.

    `secrets` by TOML key: api_key, aws_access_key_id, aws_secret_access_key. `options`: the other `[llm]` fields by
    TOML key; those that OpenHands does not give to the call are ignored. `environment`: see `provider_environment()`.
    """

    model: str
    prompt: str
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    base_url: str = ""
    api_version: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    owner: str = ""
    """The id of the provider whose key it is; "" where that is not known, and litellm says by the model's name."""
    origin: str | None = None
    """The only `scheme://host[:port]` that may be called when there is a base URL; the base URL's own when None."""
    unset: frozenset[str] = frozenset()
    """Settings without a value of which this OpenHands sends nothing, where up to 1.6 it has a number of its own."""
    needs_key: bool = False
    """The provider refuses calls without `api_key`: not even tried without one."""
    proxy: str = ""
    """The variable that puts a proxy before a server of this machine: OpenHands would not reach it, and the proxy is
    not told the key. Not even tried."""

    @property
    def called_model(self) -> str:
        """The name given to litellm: OpenHands calls `openhands/x` as `litellm_proxy/x`."""
        if self.model.startswith(OPENHANDS_PREFIX):
            return "litellm_proxy/" + self.model.removeprefix(OPENHANDS_PREFIX)
        return self.model

    @property
    def called_url(self) -> str:
        """The base URL given to litellm as it stands, since OpenHands strips nothing; empty for the provider's own.

        OpenHands replaces it for `openhands/x`.
        """
        return OPENHANDS_PROXY if self.model.startswith(OPENHANDS_PREFIX) else self.base_url

    @property
    def allowed_origins(self) -> tuple[str, ...] | None:
        """Where the request may go, and the key with it; None where only litellm knows whose model it is.

        With a base URL that is its origin, else the own address of the provider whose key it is, whatever the model is
        called. A base URL that no origin can be told of allows nothing.
        """
        is_openhands = self.model.startswith(OPENHANDS_PREFIX)
        if is_openhands and self.owner not in ("", "openhands"):
            return ()
        if self.called_url:
            origin = (None if is_openhands else self.origin) or origin_of(self.called_url)
            return (origin,) if origin else ()
        return own_origins(self.owner or self.family) if self.owner or self.family else None

    @property
    def host(self) -> str:
        """Name or address of the base URL's host, without the port; empty where litellm knows the address."""
        origin = origin_of(self.called_url) or ""
        return urlsplit(origin).hostname or ""

    @property
    def destination(self) -> str:
        """The hosts that may be called, for a person to read; the provider's id where they are many, or not known."""
        if self.host:
            return self.host
        hosts = [urlsplit(origin).hostname or "" for origin in self.allowed_origins or ()]
        return hosts[0] if len(hosts) == 1 and "*" not in hosts[0] else self.family or self.called_model

    @property
    def family(self) -> str:
        """The provider's name in litellm: what stands before the first slash, unless the order names another.

        "" where neither does.
        """
        prefix, slash, _name = self.called_model.partition("/")
        named = "" if self.model.startswith(OPENHANDS_PREFIX) else self.options.get("custom_llm_provider")
        return str(named) if named else prefix if slash else ""

    @property
    def has_key(self) -> bool:
        """Whether there is a non-empty `api_key`."""
        return "api_key" in self.secrets and len(self.secrets["api_key"]) > 0

    @property
    def key_fault(self) -> KeyFault | None:
        """What is wrong with a key that is none, or more than the key, where the provider itself checks it."""
        faults = (key_fault(secret.reveal()) for secret in self.secrets.values())
        checked = self.needs_key and not self.base_url
        return next((fault for fault in faults if fault and checked), None)

    @property
    def hidden(self) -> list[Secret]:
        """All that must not come back in a text: the secrets, and user and password of the base URL."""
        return [*self.secrets.values(), *map(Secret, secrets_of(self.base_url))]
