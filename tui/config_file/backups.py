"""The last versions of a file, kept in our state folder.

One folder a file. `000007-0123456789abcdef.toml`, or `.json`, is the file as it was before its seventh save, and the
digits are a digest of what that save made of it; it is the old file itself where that can be moved here. `-cut` says
that keys were taken out of it since, and `.absent` that there was no file. `000007-undone.toml` is what was there
before the seventh save was undone, and `000007.along` names the versions of other files that were saved with it. All
this is only to be touched while the save lock is held.
"""

import contextlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError
from tui.base.files import write_atomically
from tui.base.folders import private_folder, state_folder, tilde
from tui.base.foreign import clean, why
from tui.base.secret import Secret
from tui.base.translation import _

KEPT: Final = 10
"""Versions of each file."""
_UNDONE: Final = "undone"
_NAME: Final = re.compile(r"(\d{6,})-([0-9a-f]{16}|undone)(-cut)?\.(?:toml|json|absent)")
_UNUSUAL: Final = re.compile(r"[^A-Za-z0-9._-]+")
_NOTHING: Final = "0" * 16


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version."""

    path: Path
    number: int
    after: str
    """The digest of what the file became by the save; `undone` for what an undo replaced."""
    cut: bool
    """Whether keys that were moved elsewhere were taken out of it."""

    @property
    def absent(self) -> bool:
        """Whether there was no file."""
        return self.path.suffix == ".absent"

    def content(self) -> bytes | None:
        """The bytes of the file, None when there was none. Raises OSError."""
        return None if self.absent else self.path.read_bytes()


def backup_folder(target: Path) -> Path:
    """Where the versions of the file at `target` are; not made here."""
    name = f"{_UNUSUAL.sub('_', str(target))[-80:].lstrip('_')}-{_sha256(os.fsencode(target))[:12]}"
    return state_folder() / "backups" / name


def digest(content: bytes | None) -> str:
    """Tells contents apart; that of no file is zeros."""
    return _NOTHING if content is None else _sha256(content)[:16]


def _sha256(content: bytes) -> str:
    import hashlib  # brings OpenSSL with it: 0.6 MB that a run without a save has no use for

    return hashlib.sha256(content).hexdigest()


def versions(target: Path) -> list[Version]:
    """Those that can be brought back, the newest first. Raises OSError."""
    return [version for version in _all(target) if version.after != _UNDONE]


def keep(target: Path, content: bytes | None, after: bytes | None, *, forget: Sequence[Secret] = ()) -> Path | None:
    """Keep `content`, which a save is about to make `after`, and let the oldest version go.

    The keys to `forget` are taken out of it and of all that is kept. Returns where it is, or None when it cannot be
    kept without them. Raises SetupError.
    """
    with _said(target):
        cleared = _without(target, content, forget)
        path, became = None, {}
        if cleared is not None or content is None:
            number = max((version.number for version in _all(target)), default=0) + 1
            path = _write(target, number, digest(after), cleared, cut=cleared != content)
            became = {digest(content): digest(cleared)}
        _forget(target, forget, became)
        _prune(target)
        return path


def keep_undone(target: Path, content: bytes | None, version: Version) -> Path | None:
    """Keep `content`, which is about to be replaced by `version`; returns where. Raises SetupError."""
    if content is None:
        return None
    with _said(target):
        return _write(target, version.number, _UNDONE, content, cut=False)


def add(target: Path, content: bytes, became: bytes | None) -> Path:
    """Keep `content`, which the file had before it became what it is; returns where. Raises OSError."""
    number = max((version.number for version in _all(target)), default=0) + 1
    path = _write(target, number, digest(became), content, cut=False)
    _prune(target)
    return path


def forget(target: Path, secrets: Sequence[Secret]) -> None:
    """Take `secrets` out of all versions of the file at `target`. Raises SetupError."""
    with _said(target):
        _forget(target, secrets, {})


def renew(target: Path, content: bytes | None, after: bytes, secrets: Sequence[Secret]) -> None:
    """Let the last save be one that made `after` instead of `content`, and take `secrets` out. Raises SetupError."""
    with _said(target):
        _forget(target, secrets, {digest(content): digest(after)})


def drop(path: Path) -> None:
    """Let the version at `path` go."""
    with contextlib.suppress(OSError):  # it is one too many, no harm
        path.unlink(missing_ok=True)
        _tie(path).unlink(missing_ok=True)


def tie(path: Path, others: Sequence[tuple[Path, Path]]) -> None:
    """Note that with the version at `path` others were kept: each the file that it is one of, and its own path."""
    lines = [f"{other.name.partition('-')[0]} {target}\n" for target, other in others]
    with contextlib.suppress(OSError):  # without it, undo makes the other files say the same
        write_atomically(_tie(path), "".join(lines).encode(), mode=0o600)


def tied(path: Path) -> list[tuple[Path, Version | None]]:
    """The files that were saved with the version at `path`, each with its version of then if it is the last one."""
    try:
        lines = _tie(path).read_text().splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    found = [line.partition(" ") for line in lines]
    last = {Path(name): next(iter(versions(Path(name))), None) for _number, _space, name in found}
    return [(Path(name), _numbered(last[Path(name)], number)) for number, _space, name in found]


def _numbered(version: Version | None, number: str) -> Version | None:
    return version if version and number == f"{version.number:06}" else None


def _tie(path: Path) -> Path:
    return path.with_name(f"{path.name.partition('-')[0]}.along")


def _all(target: Path) -> list[Version]:
    try:
        names = [path.name for path in backup_folder(target).iterdir()]
    except FileNotFoundError:
        return []
    matches = [match for match in map(_NAME.fullmatch, names) if match]
    found = [Version(backup_folder(target) / m[0], int(m[1]), m[2], bool(m[3])) for m in matches]
    return sorted(found, key=lambda version: version.number, reverse=True)


def _path(target: Path, number: int, after: str, *, absent: bool, cut: bool) -> Path:
    kind = "absent" if absent else "json" if _is_json(target) else "toml"
    return backup_folder(target) / f"{number:06}-{after}{'-cut' if cut else ''}.{kind}"


def _is_json(target: Path) -> bool:
    return target.suffix == ".json"


def _write(target: Path, number: int, after: str, content: bytes | None, *, cut: bool) -> Path:
    private_folder(private_folder(state_folder()) / "backups")
    private_folder(backup_folder(target))
    path = _path(target, number, after, absent=content is None, cut=cut)
    write_atomically(path, content or b"", mode=0o600)
    return path


def _forget(target: Path, secrets: Sequence[Secret], became: Mapping[str, str]) -> None:
    """Take `secrets` out. A version whose save made one that is cut is told the new digest of that: `became`."""
    if not secrets:
        return
    became = dict(became)
    cut: set[Path] = set()
    for version in _all(target):
        content = version.content()
        cleared = _without(target, content, secrets)
        if cleared is None and content is not None:
            drop(version.path)
        elif cleared is not None and cleared != content:
            write_atomically(version.path, cleared, mode=0o600)
            became[digest(content)] = digest(cleared)
            cut.add(version.path)
    for version in _all(target):
        after = became.get(version.after, version.after)
        flag = version.cut or version.path in cut
        version.path.rename(_path(target, version.number, after, absent=version.absent, cut=flag))


def _without(target: Path, content: bytes | None, secrets: Sequence[Secret]) -> bytes | None:
    """`content` without `secrets`; None when they cannot be taken out of it."""
    if content is None or not secrets:
        return content
    from tui.config_file.json_document import without_secrets  # rewriting: both only needed when a key moves
    from tui.config_file.key_removal import without_moved_keys

    try:
        cleared = (without_secrets if _is_json(target) else without_moved_keys)(content.decode(), secrets)
    except UnicodeDecodeError:
        return None
    return None if cleared is None else cleared.encode()


def _prune(target: Path) -> None:
    found = _all(target)
    for kind in (
        [version for version in found if version.after != _UNDONE],
        [version for version in found if version.after == _UNDONE],
    ):
        for version in kind[KEPT:]:
            drop(version.path)


@contextlib.contextmanager
def _said(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SetupError(
            _("The version before cannot be kept in {path}: {reason}.").format(
                path=clean(tilde(backup_folder(target))), reason=why(error)
            ),
            _("Nothing was written. Fix that, then try again; or set XDG_STATE_HOME to another folder."),
        ) from None
