"""The renames that Python's own does not offer: two files change places, or one goes only where nothing is.

Both are one step for everybody who looks. Linux has them as `renameat2`, macOS as `renamex_np`.
"""

import errno
import os
import sys
from pathlib import Path
from typing import Final

_HERE: Final = -100
"""AT_FDCWD: a path is meant as it stands."""
_FLAGS: Final = {"linux": {"exchange": 2, "free": 1}, "darwin": {"exchange": 2, "free": 4}}
UNSUPPORTED: Final = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}
"""What is said where the system, the file system or a sandbox lacks them; the last one may mean other things too."""


def exchange(one: Path, other: Path) -> None:
    """Let two files change their names. Raises OSError, with one of `UNSUPPORTED` where that cannot be had."""
    _rename(one, other, "exchange")


def move_to_free(source: Path, target: Path) -> None:
    """Rename `source` to `target`, which must not be there. Raises FileExistsError, and OSError as `exchange` does."""
    _rename(source, target, "free")


def _rename(source: Path, target: Path, way: str) -> None:
    import ctypes  # only for a save

    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(source), os.fsencode(target)
    flags = _FLAGS.get(sys.platform, {}).get(way, 0)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, names[0], _HERE, names[1], flags)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, flags)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(target))
