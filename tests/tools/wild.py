"""What a wild terminal sends: bytes, keys and sequences by chance, without the keys that end or stop the program."""

import random
from collections.abc import Callable
from typing import Final

QUIT: Final = b"\x11\x03\x1a"
KEYS: Final = [
    b"\r", b"\t", b"\x1b[Z", b"\x1b", b" ", b"\x7f", b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1bOP", b"\x1b[H",
    b"\x1b[F", b"\x1b[5~", b"\x1b[6~", b"\x10", b"\x13", b"\x14", b"\x12", b"\x0c", b"x", b"v", b"n", b"?", b"7",
    b"gpt", "é中".encode(), b"\x1b[3~", b"\x01", b"\x05", b"\x17", b"\x0b",
]  # fmt: skip
REPLIES: Final = [
    b"\x1b[24;80R", b"\x1bP>|XTerm(390)\x1b\\", b"\x1bP1+r524742=38\x1b\\", b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    b"\x1b]10;rgb:ffff/ffff/ffff\x07", b"\x1b[?1;2c", b"\x1b[>41;354;0c", b"\x1b[?2026;2$y", b"\x1b_Gi=1;OK\x1b\\",
    b"\x1b[0n", b"\x1b[8;24;80t", b"\x1b[?1u", b"\x1b]52;c;c2VjcmV0\x07", b"\x1b[I", b"\x1b[O", b"\x1b[48;24;80;0;0t",
]  # fmt: skip
FINAL: Final = b"ABCDEFGHIJKLMPQRSTXZabcdfghilmnpqrstuxyz~@`$"


def noise(chance: random.Random) -> bytes:
    """Bytes of any kind."""
    return bytes(byte for byte in chance.randbytes(chance.randrange(1, 60)) if byte not in QUIT)


def keys(chance: random.Random) -> bytes:
    """Keys that somebody might press, some of them many times."""
    return chance.choice(KEYS) * chance.choice([1, 1, 1, 2, 40])


def sequences(chance: random.Random) -> bytes:
    """Replies, whole or cut, and control sequences with any numbers."""
    if chance.random() < 0.3:
        reply = chance.choice(REPLIES)
        return reply[: chance.randrange(1, len(reply) + 1)]
    if chance.random() < 0.2:
        return b"\x1b[200~" + noise(chance) + (b"\x1b[201~" if chance.random() < 0.8 else b"")
    numbers = [str(chance.choice([0, 1, 5, 27, 57, 97, 200, 1114112, 10**20])) for _ in range(chance.randrange(5))]
    begin = chance.choice([b"", b"<", b"?", b">", b"="])
    between = chance.choice([";", ":"]).join(numbers)
    return b"\x1b[" + begin + between.encode() + bytes([chance.choice(FINAL)])


SORTS: Final[dict[str, Callable[[random.Random], bytes]]] = {"noise": noise, "keys": keys, "sequences": sequences}


def some(number: int, size: int) -> tuple[str, list[bytes]]:
    """The sort and the chunks of try `number`, `size` bytes or a little more of them."""
    chance = random.Random(number)
    sort = [*SORTS][number % len(SORTS)]
    chunks: list[bytes] = []
    while sum(map(len, chunks)) < size:
        chunks.append(b"".join(SORTS[sort](chance) for _ in range(chance.randrange(1, 12))))
    return sort, chunks
