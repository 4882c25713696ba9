"""A file is the old one or the new one, and private from its first byte."""

import os
import stat

import pytest

from tui.base.files import write_atomically


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True, params=[0o022, 0o077, 0o000])
def mask(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_content_and_mode_are_exactly_those_asked_for(tmp_path, mode):
    path = tmp_path / "config.toml"
    write_atomically(path, b"old\r\n", mode=0o600)
    write_atomically(path, b"new\0\xff", mode=mode)
    assert path.read_bytes() == b"new\0\xff"
    assert mode_of(path) == mode
    assert os.listdir(tmp_path) == ["config.toml"] or set(os.listdir(tmp_path)) == {"config.toml", "home"}


def test_it_is_private_before_its_first_byte(tmp_path, monkeypatch):
    seen = []
    fchmod = os.fchmod

    def watch(descriptor, mode):
        status = os.fstat(descriptor)
        seen.append((status.st_size, stat.S_IMODE(status.st_mode)))
        fchmod(descriptor, mode)

    monkeypatch.setattr(os, "fchmod", watch)
    write_atomically(tmp_path / "file", b"key", mode=0o644)
    assert seen == [(0, 0o600)]


@pytest.mark.parametrize("failing", ["fchmod", "fsync"])
def test_when_it_fails_the_old_one_stays(tmp_path, monkeypatch, failing):
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fail(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new", mode=0o600)
    assert path.read_bytes() == b"old"
    assert [entry for entry in os.listdir(tmp_path) if entry.endswith(".tmp")] == []


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "none" / "file", b"", mode=0o600)


def test_a_reader_of_the_old_one_reads_it_to_its_end(tmp_path):
    path = tmp_path / "file"
    write_atomically(path, b"old " * 1000, mode=0o600)
    with path.open("rb") as reader:
        first = reader.read(4)
        write_atomically(path, b"new", mode=0o600)
        assert first + reader.read() == b"old " * 1000
