"""An API key that cannot be printed by accident."""

from typing import Final, NoReturn

DOTS: Final = "•••"
SHOW_LAST_FROM: Final = 16
"""Characters a key needs before its last four are shown: of a shorter one they would give too much away."""


class Secret:
    """Holds a key; only `reveal()` gives it out.

    Not a `str` subclass on purpose: every inherited method (`strip`, `format`, `+`) would return the clear text, and
    tracebacks, logs and dataclass reprs would print it.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The clear text: for a pipe, a request header or a store, never for a screen or a log."""
        return self._value

    def masked(self) -> str:
        """Dots, and from 16 characters on the last four."""
        return DOTS + self._value[-4:] if len(self._value) >= SHOW_LAST_FROM else DOTS

    def __len__(self) -> int:
        return len(self._value)

    def __eq__(self, other: object) -> bool:
        import hmac  # loads OpenSSL: only for the few that compare

        return isinstance(other, Secret) and hmac.compare_digest(
            *(secret._value.encode(errors="surrogatepass") for secret in (self, other))
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Secret({self.masked()})"

    __str__ = masked

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not pickled or copied")
