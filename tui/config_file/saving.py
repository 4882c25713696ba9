"""Putting a new text in the place of the old one: whole, private where needed, and never over somebody else's."""

import contextlib
import errno
import os
import shlex
import stat
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.files import write_atomically
from tui.base.folders import private_folder, tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.locking import save_lock
from tui.config_file.reading import ConfigText, parse_config, read_bytes

_PRIVATE: Final = 0o600
_SHARED: Final = 0o644
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN: Final = {errno.EACCES, errno.EPERM}


class Conflict(SetupError):
    """The file is not the one that was read: somebody else changed, made or removed it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint, status=Status.CONFLICT)


def save(before: ConfigText, text: str, *, private: bool = False) -> ConfigText:
    """Write `text` to the file that was read as `before`, and return what the file is now.

    `private` says that a key is in it: nobody else may read it then. Otherwise a file keeps its mode; symbolic links
    are followed. A text that did not change is not written. Raises Conflict when the file changed since it was read,
    Broken when `text` is no TOML, SetupError when it cannot be written; the file is as it was in all these cases.
    """
    after = parse_config(before.path, text, exists=before.exists or text != before.text)
    target = Path(os.path.realpath(before.path))
    try:
        if text == before.text:
            if private and before.exists:
                _tighten(target)
            return before
        private_folder(target.parent)
        with save_lock():
            _compare(before, target)
            _replace(target, text.encode(), private=private)
    except OSError as error:
        raise _refused(target, error) from None
    return after


def _compare(before: ConfigText, target: Path) -> None:
    content = read_bytes(target)
    if content == (before.text.encode() if before.exists else None):
        return
    shown = clean(tilde(before.path))
    if content is None:
        message = _("{path} was removed since it was read.")
    elif before.exists:
        message = _("{path} was changed since it was read.")
    else:
        message = _("{path} was made meanwhile.")
    raise Conflict(message.format(path=shown), _("Nothing was written. Read it again, then repeat your change."))


def _replace(target: Path, data: bytes, *, private: bool) -> None:
    try:
        present = target.stat()
    except FileNotFoundError:
        write_atomically(target, data, mode=_PRIVATE if private else _SHARED & ~_umask())
        return
    mode = stat.S_IMODE(present.st_mode)
    if not mode & 0o222 or not os.access(target, os.W_OK):
        # a rename would go through all the same, over a file that somebody protected
        raise SetupError(
            _("{path} is write-protected.").format(path=clean(tilde(target))),
            _("Allow it with: {command}").format(command=f"chmod u+w {shlex.quote(clean(str(target)))}"),
        )
    write_atomically(target, data, mode=mode & _PRIVATE if private else mode)
    made = target.stat()
    if (made.st_uid, made.st_gid) != (present.st_uid, present.st_gid):
        with contextlib.suppress(PermissionError):  # not ours to give away: it is our file now, as with any editor
            os.chown(target, present.st_uid, present.st_gid)


def _tighten(target: Path) -> None:
    mode = stat.S_IMODE(target.stat().st_mode)
    if mode & ~_PRIVATE:
        target.chmod(mode & _PRIVATE)


def _umask() -> int:
    mask = os.umask(0o077)  # it can only be read by setting it; meanwhile, rather too strict than too lax
    os.umask(mask)
    return mask


def _refused(target: Path, error: OSError) -> SetupError:
    path = clean(tilde(target))
    if error.errno in _FORBIDDEN:
        message, hint = _("You may not write to {path}."), _("Its folder must be yours to write in, too.")
    elif error.errno == errno.EROFS:
        message, hint = _("{path} is on a disk that can only be read."), _("Mount it for writing, or use another file.")
    elif error.errno in _FULL:
        message, hint = _("There is no space left to write {path}."), _("Free some space, then save again.")
    elif error.errno == errno.EBUSY:
        message = _("{path} cannot be replaced, because it is mounted as a single file.")
        hint = _("Mount its folder into the container instead, or change the file outside.")
    else:
        message, hint = _("{path} cannot be written: {reason}."), _("Mend that, or name another file with --config.")
    reason = clean(error.strerror or type(error).__name__)
    return SetupError(message.format(path=path, reason=reason), hint)
