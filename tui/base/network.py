"""The way to the network, for the child processes that go there."""

from collections.abc import Mapping
from typing import Final

_PASSED_ON: Final = (
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
)
_LOOPBACK: Final = "localhost,127.0.0.1,::1"


def network_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Proxies and certificates of `environ`; this machine itself is never asked through a proxy."""
    given = {name: environ[name] for upper in _PASSED_ON for name in (upper, upper.lower()) if name in environ}
    excluded = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    excluded = f"{excluded},{_LOOPBACK}" if excluded else _LOOPBACK
    return {**given, "NO_PROXY": excluded, "no_proxy": excluded}


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine, as it calls itself; `127.example.com` is not."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    from ipaddress import ip_address  # only for the few that are numbers

    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
