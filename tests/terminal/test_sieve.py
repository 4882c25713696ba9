"""Bytes of a terminal become keys, pastes and sequences, and nothing that begins like a sequence is typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal.sieve import ESCAPE_DELAY, LARGEST, PATIENCE, Kind, Piece, Sieve

ESC, DOWN = Piece(Kind.ESCAPE), Piece(Kind.SEQUENCE, "\x1b[B")
REPLIES = [
    b"\x1b[24;80R", b"\x1b[?1;2c", b"\x1b[>41;354;0c", b"\x1bP>|XTerm(390)\x1b\\", b"\x1bP1+r524742=38\x1b\\",
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", b"\x1b]10;rgb:ffff/ffff/ffff\x07", b"\x1b]52;c;c2VjcmV0\x07",
    b"\x1b[?2026;2$y", b"\x1b[4;1$y", b"\x1b_Gi=1;OK\x1b\\", b"\x1b[0n", b"\x1b[8;24;80t", b"\x1b[?997;1n",
    b"\x1b^x\x1b\\",
    b"\x1bX start \x1b\\", b"\x1b[?1u", b"\x1b[M !!", b"\x1b[32;5;5M",
]  # fmt: skip


EIGHT_BITS = {
    b"\x1b" + bytes([byte & 0x1F | 0x40]): bytes([byte]) for byte in (0x8F, 0x90, *range(0x98, 0xA0)) if byte != 0x9A
}
"""Escape character and letter, and the one byte that means the same."""


def in_eight_bits(reply: bytes, *, in_utf8: bool) -> bytes:
    for seven, eight in EIGHT_BITS.items():
        reply = reply.replace(seven, eight.decode("latin-1").encode() if in_utf8 else eight)
    return reply


def text(pieces: list[Piece]) -> str:
    """What of it is typed or pasted."""
    return "".join(piece.text for piece in pieces if piece.kind in (Kind.TEXT, Kind.PASTE, Kind.ALT))


def in_turn(*chunks: bytes | float) -> list[Piece]:
    """What comes of bytes, with seconds between them."""
    sieve, now = Sieve(), 100.0
    pieces: list[Piece] = []
    for chunk in (*chunks, 3.0):
        if isinstance(chunk, bytes):
            pieces += sieve.feed(chunk, now)
            continue
        end = now + chunk
        while (wait := sieve.wait(now)) is not None and now + wait <= end:
            now += wait
            pieces += sieve.give_up(now)
        now = end
    return pieces


@pytest.mark.parametrize("pause", [0.0, 0.05, 0.12, 0.5, 0.9])
def test_an_arrow_key_that_a_slow_line_has_split_types_nothing(pause):
    pieces = in_turn(b"\x1b", pause, b"[B", 1.0, b"x")
    assert pieces == [*([ESC] if pause > ESCAPE_DELAY else []), DOWN, Piece(Kind.TEXT, "x")]


def test_an_arrow_key_in_three_parts_types_nothing():
    assert in_turn(b"\x1b", 0.3, b"[", 0.05, b"B") == [ESC, DOWN]


def test_what_is_typed_after_escape_is_typed():
    assert in_turn(b"\x1b", 0.3, b"[", 0.5, b"B", b"Perplexity") == [ESC, *map(_typed, ("[", "B", "Perplexity"))]


def _typed(characters: str) -> Piece:
    return Piece(Kind.TEXT, characters)


@pytest.mark.parametrize("reply", REPLIES)
@pytest.mark.parametrize("pause", [0.0, 0.05, 0.3])
def test_a_reply_of_a_terminal_types_nothing_wherever_it_is_cut(reply, pause):
    for cut in range(1, len(reply)):
        pieces = in_turn(b"a", reply[:cut], pause, reply[cut:], b"z", 2.0, b"y")
        assert text(pieces) == "azy"
        assert all(piece.text.startswith("\x1b[") for piece in pieces if piece.kind is Kind.SEQUENCE)


@pytest.mark.parametrize("reply", [*REPLIES, b"\x1bOP", b"\x1b[B"])
@pytest.mark.parametrize("in_utf8", [True, False])
def test_a_reply_in_eight_bits_types_nothing_wherever_it_is_cut(reply, in_utf8):
    reply = in_eight_bits(reply, in_utf8=in_utf8)
    assert b"\x1b" not in reply
    for cut in range(1, len(reply)):
        assert text(in_turn("é盛".encode(), reply[:cut], 0.05, reply[cut:], b"z", 2.0, "圜".encode())) == "é盛z圜"


@pytest.mark.parametrize("in_utf8", [True, False])
def test_a_paste_in_eight_bits_is_one(in_utf8):
    begin, end = (in_eight_bits(mark, in_utf8=in_utf8) for mark in (b"\x1b[200~", b"\x1b[201~"))
    for cut in range(1, len(end)):
        pieces = in_turn(begin, "ab盛".encode(), end[:cut], 0.05, end[cut:], b"c")
        assert pieces == [Piece(Kind.PASTE, "ab盛"), Piece(Kind.TEXT, "c")]


def test_an_answer_without_end_eats_no_key():
    assert text(in_turn(b"\x1b]11;rgb:", 2.0, b"abc")) == "abc"
    assert in_turn(b"\x1b]11;rgb:", b"\x11") == [Piece(Kind.SEQUENCE, "\x11")]
    assert in_turn(b"\x1b[12;", b"\r") == [Piece(Kind.SEQUENCE, "\r")]


@pytest.mark.parametrize("quits", [b"\x11", b"\x03", b"\x1b[113;5u"])
def test_ctrl_q_comes_through_a_paste_without_end(quits):
    assert in_turn(b"\x1b[200~sk-12", quits) == [Piece(Kind.PASTE, "sk-12"), Piece(Kind.SEQUENCE, quits.decode())]


def test_keys_work_again_after_a_paste_without_end():
    pieces = in_turn(b"\x1b[200~sk-12", PATIENCE, b"x", b"\r")
    assert pieces == [Piece(Kind.PASTE, "sk-12"), _typed("x"), Piece(Kind.SEQUENCE, "\r")]
    assert in_turn(b"\x1b[200~sk-12", 0.5, b"\x1b") == [Piece(Kind.PASTE, "sk-12"), ESC]


def test_ctrl_q_within_a_paste_is_text():
    assert in_turn(b"\x1b[200~a\x11b\x1b[201~") == [Piece(Kind.PASTE, "a\x11b")]
    assert in_turn(b"\x1b[200~a\x11", b"b\x1b[201~") == [Piece(Kind.PASTE, "a\x11b")]


@pytest.mark.parametrize("pasted", [b"x" * (LARGEST + 1), b"\x1b" * 300_000, b"\x1b[20" * 100_000])
def test_a_paste_that_is_too_long_is_dropped_whole(pasted):
    assert in_turn(b"\x1b[200~" + pasted, b"\x1b[201~", b"x") == [Piece(Kind.TOO_LONG), _typed("x")]
    assert in_turn(b"\x1b[200~" + pasted + b"\x1b[201~x") == [Piece(Kind.TOO_LONG), _typed("x")]


def test_enter_is_enter_though_it_was_typed_before_the_program_was_there():
    enter = Piece(Kind.SEQUENCE, "\r")
    assert in_turn(b"azure\n") == [_typed("azure"), enter]
    assert in_turn(b"a\r\nb\r") == [_typed("a"), enter, _typed("b"), enter]


PASTED = b"\x1b[200~p\x1b[q\x1b[201~"
CHARACTERS = [bytes([number]) for number in b"\x1b\x1b\x1b[]OPX^_M~;019uR$?\x11\r\n\x07\\a"]
BYTES = st.lists(st.sampled_from([*REPLIES, PASTED, b"\x1b[A", b"\x1bOP", b"\r", "ä中".encode(), b"abc", b"\x7f"])).map(
    b"".join
)


@settings(deadline=None)
@given(BYTES, st.lists(st.integers(0, 200)))
def test_it_is_the_same_however_it_is_cut(data, cuts):
    cuts = sorted({min(cut, len(data)) for cut in cuts})
    chunks = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    whole, parts = in_turn(data), in_turn(*filter(None, chunks))
    assert text(whole) == text(parts)
    assert [piece for piece in whole if piece.kind is not Kind.TEXT] == [p for p in parts if p.kind is not Kind.TEXT]


@settings(deadline=None)
@given(st.binary() | st.lists(st.sampled_from(CHARACTERS)).map(b"".join))
def test_whatever_comes_it_listens_again_after_a_while(data):
    pieces = in_turn(data, 3.0, b"\r", 0.1, b"q")
    assert pieces[-2:] == [Piece(Kind.SEQUENCE, "\r"), _typed("q")]
