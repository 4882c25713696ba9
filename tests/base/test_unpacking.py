"""What is unpacked is what was packed, and never more than was asked for."""

import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.hostile_answers import PACKED, big, bomb, zipped

from tui.base.decompression import MOST_LAYERS, TooLarge, Undecodable, Unpacker

MB = 1024 * 1024


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS = {
    "": lambda data: data, "gzip": gzip.compress, "deflate": zlib.compress, "identity": lambda data: data,
    "unheard-of": lambda data: data, "deflate, gzip": lambda data: gzip.compress(raw_deflate(data)),
    "GZIP , gzip": lambda data: gzip.compress(gzip.compress(data)),
}  # fmt: skip


@settings(deadline=None)
@given(data=st.binary(max_size=3000), name=st.sampled_from(sorted(PACKERS)), size=st.integers(1, 700))
def test_in_whatever_parts_it_comes_it_is_unpacked_whole(data, name, size):
    packed = PACKERS[name](data)
    unpacker = Unpacker(name, MB)
    parts = (packed[start : start + size] for start in range(0, len(packed), size))
    assert b"".join(map(unpacker.feed, parts)) == data


@pytest.mark.parametrize("name", PACKED)
def test_other_encodings_where_their_library_is_installed(name):
    pytest.importorskip({"br": "brotli", "zstd": "zstandard"}[name])
    unpacker = Unpacker(name, 2 * MB)
    plain = b"".join(map(unpacker.feed, PACKED[name](big(MB))))
    assert plain == b"".join(big(MB))
    with pytest.raises(TooLarge):
        [*map(Unpacker(name, MB).feed, PACKED[name](big(300 * MB)))]


@pytest.mark.parametrize(
    ("encodings", "parts"),
    [
        ("", big), ("gzip", bomb), ("deflate", lambda: bomb(15)), ("deflate", lambda: bomb(-15)),
        ("gzip, gzip", lambda: zipped(bomb())), ("gzip, gzip, gzip", lambda: zipped(zipped(bomb()))),
        ("", lambda: iter([b"x"] * MB)), (", ".join(["gzip"] * (MOST_LAYERS + 1)), lambda: iter([b""])),
    ],
)  # fmt: skip
def test_a_bomb_is_stopped_at_the_bound(encodings, parts):
    got = []

    def unpack() -> None:
        got.extend(map(len, map(Unpacker(encodings, MB).feed, parts())))

    with pytest.raises(TooLarge):
        unpack()
    assert sum(got) <= MB


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_what_is_not_packed_is_said_to_be_so(name):
    with pytest.raises(Undecodable):
        Unpacker(name, MB).feed(b"not packed at all")
