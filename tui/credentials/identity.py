"""Whose key it is: a provider's, at one origin, under one name."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from tui.base.network import is_loopback

DEFAULT_PORTS: Final = {"http": 80, "https": 443}
SERVICE: Final = "llm-setup"


def origin_of(url: str) -> str | None:
    """`scheme://host[:port]` of `url`: lower case, without the default port, user, password and path.

    None where there is no host, no scheme, or anything that two parsers could read as two different hosts. None says
    "no origin can be told", so a caller that has a base URL must not take it for "no base URL": the key would be
    filed under the provider's own address.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = _host(parts.hostname or "", parts.netloc), parts.port
    except ValueError:
        return None
    if not parts.scheme or not host:
        return None
    shown = "" if port in (None, DEFAULT_PORTS.get(parts.scheme)) else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def is_exposed(url: str) -> bool:
    """Whether what goes to `url` can be read on the way: it is not encrypted, and leaves this machine."""
    try:
        parts = urlsplit(url.strip())
        name = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "http" and not is_loopback(name)


def _host(name: str, netloc: str) -> str:
    """`name` as it stands in an origin; empty for one that cannot be trusted. Raises ValueError for a bad IPv6 one."""
    if "\\" in netloc:  # http://good\@evil: some take the one, some the other
        return ""
    if ":" in name:
        from ipaddress import ip_address  # rarely an IPv6 address

        return f"[{ip_address(name)}]"
    return name if all(c.isalnum() or c in "._-" for c in name) else ""


@dataclass(frozen=True, slots=True)
class Credential:
    """One secret that a provider needs; all of it can be told from `config.toml`, so nothing has to be indexed.

    `origin` is the origin of the base URL in effect, None when there is no base URL. `name` is the environment name:
    LLM_API_KEY, AWS_SECRET_ACCESS_KEY…
    """

    provider: str
    origin: str | None
    name: str

    @property
    def service(self) -> str:
        """What the keyring files it under: a key is never found for another host than the one it was given for."""
        return f"{SERVICE}:{self.provider}" + (f"@{self.origin}" if self.origin else "")


def host_of(url: str) -> str:
    """The host of an address, and its port where that is not the usual one; "" of none."""
    return (origin_of(url) or url).partition("://")[2]
