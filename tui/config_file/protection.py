"""What keeps a file from being written to, told apart by what helps."""

import contextlib
import errno
import fcntl
import os
import shlex
import struct
import sys
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _

_GET_ATTRIBUTES: Final = 0x80000000 | struct.calcsize("l") << 16 | ord("f") << 8 | 1
"""FS_IOC_GETFLAGS."""
_IMMUTABLE: Final = 0x10
_APPEND_ONLY: Final = 0x20


def require_right(target: Path, present: os.stat_result) -> None:
    """Raise SetupError, or OSError for a read-only disk, where `target` may not be written to."""
    if present.st_mode & 0o222 and os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        return
    if os.statvfs(target).f_flag & os.ST_RDONLY:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))
    # a rename would go through all the same, over a file that somebody protected
    raise SetupError(_("{path} is write-protected.").format(path=clean(tilde(target))), _way_to_write(target, present))


def _way_to_write(target: Path, present: os.stat_result) -> str:
    path = shlex.quote(clean(str(target)))
    if hint := way_past_attributes(target):
        return hint
    if present.st_mode & 0o200 or os.geteuid() not in (0, present.st_uid):
        return _("Its owner or its access list forbids it; see: {command}").format(command=f"ls -l {path}")
    return _("Allow it with: {command}").format(command=f"chmod u+w {path}")


def way_past_attributes(target: Path) -> str:
    """What helps against an attribute of `target` or of its folder that forbids a save, "" where there is none."""
    sentences = {
        target: _("An attribute of the file forbids it. Its administrator takes that off with: {command}"),
        target.parent: _("An attribute of its folder forbids it. Its administrator takes that off with: {command}"),
    }
    for path, sentence in sentences.items():
        found = _attributes(path)
        attribute = "i" if found & _IMMUTABLE else "a" if found & _APPEND_ONLY else ""
        if attribute:
            return sentence.format(command=f"chattr -{attribute} {shlex.quote(clean(str(path)))}")
    return ""


def _attributes(target: Path) -> int:
    """Linux' own attributes of a file, 0 where there are none to be had."""
    if sys.platform != "linux":
        return 0
    with contextlib.suppress(OSError):
        descriptor = os.open(target, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            return struct.unpack("i", fcntl.ioctl(descriptor, _GET_ATTRIBUTES, bytes(4)))[0]  # type: ignore[no-any-return]
        finally:
            os.close(descriptor)
    return 0
