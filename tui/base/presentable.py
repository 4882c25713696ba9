"""What a server or a library said, made fit to be shown."""

from collections.abc import Sequence
from typing import Final

from tui.base.foreign import clean
from tui.base.redaction import holds_traces, redact
from tui.base.secret import Secret
from tui.base.translation import _

_READ: Final = 20_000
"""Characters looked at; far more than are shown."""


def presentable(text: str, hidden: Sequence[Secret], *, limit: int = 500) -> str:
    """`text` on one line, without the hidden values; `limit` characters of it.

    Cleaned first and cut last: a key with control characters between its letters, or cut in two, would not be known.
    A text from which a key could still be put together is not shown at all.
    """
    whole = clean(text[:_READ], limit=_READ)
    shown = clean(redact(whole, hidden), limit=limit)
    return _("(not shown: it repeats parts of the key)") if holds_traces(shown, hidden) else shown
