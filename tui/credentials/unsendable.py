"""Keys that cannot be sent: no header of a request may hold what is in them."""

from tui.base.translation import _

_BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def why_unsendable(key: str) -> str:
    """What is wrong with `key` as the value of a header, as a sentence that shows none of it; "" for nothing.

    OpenHands strips nothing either, so that its calls fail in the same way; and the library that refuses such a header
    prints it.
    """
    if key[-1:] in _BREAKS and key:
        return _("The key ends with a line break.")
    if key[:1] in _BREAKS and key:
        return _("The key begins with a line break.")
    if any(c in _BREAKS for c in key):
        return _("There is a line break in the key.")
    if key != key.strip():
        return _("The key begins or ends with a space.")
    if any(not c.isprintable() for c in key):
        return _("There is a control character, or one that cannot be seen, in the key.")
    return "" if key.isascii() else _("There is a character in the key that no key has.")
