"""What Textual's parser is given it understands, and it listens again afterwards."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from tui.terminal.sequences import is_quit, understood

NUMBERS = st.integers(0, 10**22).map(str) | st.sampled_from(
    ["", "1", "5", "97", "97:65", "5:1", "55296", "1114112", "200", "200:1"]
)
SEQUENCES = st.builds(
    lambda begin, numbers, between, end: f"\x1b[{begin}{';'.join(numbers)}{between}{end}",
    st.sampled_from(["", "<", "?", ">", "="]), st.lists(NUMBERS, max_size=5), st.sampled_from(["", "$", " "]),
    st.sampled_from("u~ABCDEFHPQRSMmtycnIO"),
)  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(st.lists(SEQUENCES, min_size=1, max_size=4))
def test_no_sequence_breaks_textuals_parser_or_leaves_it_waiting(sequences):
    parser = XTermParser()
    for sequence in sequences:
        for event in parser.feed(understood(sequence) or "x"):
            assert not isinstance(event, events.CursorPosition)
        (after,) = parser.feed("y")
        assert (after.key, after.character) == ("y", "y")


@pytest.mark.parametrize(
    ("sequence", "meant"),
    [
        ("\x1b[99999999999999999999u", ""), ("\x1b[55296u", ""), ("\x1b[1114112u", ""), ("\x1b[24;80R", ""),
        ("\x1b[97;5u", "\x1b[97;5u"), ("\x1b[200:1~", ""), ("\x1b[97:65;5:1;97u", "\x1b[97;5;97u"),
        ("\x1b[97;5:3u", ""),
        ("\x1b[1;5A", "\x1b[1;5A"), ("\x1b[48;24;80;0;0t", "\x1b[48;24;80;24;80t"), ("\x1b[48;0;80;0;0t", ""),
        ("\x1b[48;99999;99999;9;9t", ""), ("\x1b[<0;5;5M", "\x1b[<0;5;5M"), ("\x1b[<0;99999999;5M", ""),
    ],
)  # fmt: skip
def test_it_is_given_what_it_understands(sequence, meant):
    assert understood(sequence) == meant


def test_ctrl_q_in_every_notation():
    assert all(map(is_quit, ("\x11", "\x1b[113;5u", "\x1b[113;69u", "\x1b[113;133u")))
    assert not any(map(is_quit, ("q", "\x1b[113;1u", "\x1b[113;6u", "\x1b[113u")))
