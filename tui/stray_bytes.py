"""Bytes from the keyboard that are no UTF-8, as a terminal of another encoding sends them for an accented letter."""

import codecs
from functools import partial

from textual.driver import Driver


def forgiving(driver: type[Driver]) -> type[Driver]:
    """`driver`, dropping such bytes. Textual's own ends the program at the first of them."""
    if driver.__module__ != "textual.drivers.linux_driver":
        return driver
    from textual.drivers import linux_driver

    # the reader's decoder is made inside a method of forty lines: this is the only seam there is
    setattr(linux_driver, "getincrementaldecoder", _dropping)  # noqa: B010 - it is not exported
    return driver


def _dropping(encoding: str) -> partial[codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="ignore")
