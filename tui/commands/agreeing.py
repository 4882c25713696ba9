"""Files that cannot be replaced whole: the wizard asks, a command has an option."""

import contextlib
from collections.abc import Iterator

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.config_file.replacing import NeedsInPlace


@contextlib.contextmanager
def in_place_offered() -> Iterator[None]:
    """Names the option where it would help."""
    try:
        yield
    except NeedsInPlace as error:
        hint = _("{reason} If that is all right: --in-place").format(reason=error.hint)
        raise SetupError(error.message, hint) from None
