"""What is wrong in plain Textual, each as small as can be, to be reported there.

Every test shows the fault. One that fails is good news: a release of Textual has cured it, and what is named beside it
in `tui/` may go.
"""

import contextlib
import gc
import os
import signal
import subprocess
import sys
import termios
import threading
import weakref
from collections.abc import Callable

import pytest
from textual import events
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.color import Color

# -- tui/terminal/sequences.py


@pytest.mark.parametrize(
    ("sequence", "error"),
    [
        ("\x1b[99999999999999999999u", OverflowError),  # a code point that is none: the program ends, with status 0
        ("\x1b[1114112u", ValueError),
        ("\x1b[97:65;5u", ValueError),  # alternate keys of the Kitty protocol
        ("\x1b[97;5:1u", ValueError),  # its event types
        ("\x1b[48;24;80;0;0t\x1b[<0;3;3M", ZeroDivisionError),  # a terminal that does not know its size in pixels
    ],
)
def test_a_sequence_raises_in_the_thread_that_reads_keys(sequence, error):
    with pytest.raises(error):
        list(XTermParser().feed(sequence))


# -- tui/terminal/sieve.py


@pytest.mark.parametrize("reply", ["\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1bP>|XTerm(390)\x1b\\"])
def test_a_reply_of_a_terminal_is_typed(reply):
    typed = [event for event in XTermParser().feed(reply) if isinstance(event, events.Key)]
    assert any(event.is_printable for event in typed)


def test_nothing_comes_through_a_paste_without_end():
    assert list(XTermParser().feed("\x1b[200~sk-12" + "\x11" * 100)) == []


def test_the_rest_of_an_arrow_key_is_typed_when_it_is_late(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("textual._parser.get_time", lambda: now[0])
    parser = XTermParser()
    keys = list(parser.feed("\x1b"))
    now[0] += 0.15
    keys += [*parser.tick(), *parser.feed("[B")]
    assert [key.key for key in keys] == ["escape", "left_square_bracket", "B"]


# -- tui/terminal/gate.py


def test_the_text_of_a_segment_is_obeyed_by_the_terminal():
    plain = (  # in a process of its own: in this one the gate may have been put before it
        "from rich.console import Console; from rich.segment import Segment; from textual.strip import Strip;"
        r"clipboard = '\x1b]52;c;ZXZpbA==\x1b\\';"
        "assert clipboard in Strip([Segment('http://x/' + clipboard)]).render(Console())"
    )
    subprocess.run([sys.executable, "-c", plain], check=True)


# -- tui/terminal/garbage_collection.py


def test_the_painted_lines_of_a_widget_that_is_gone_are_kept():
    cache = StylesCache()
    cache.get_inner_outer(Color(0, 0, 0), Color(0, 0, 0))  # has an `lru_cache` and no `classmethod`
    kept = weakref.ref(cache)
    del cache
    gc.collect()
    assert kept() is not None
    StylesCache.get_inner_outer.cache_clear()
    gc.collect()
    assert kept() is None


# -- tui/terminal/suspension.py

APP = """
from textual.app import App
class Plain(App):
    BINDINGS = [("ctrl+q", "quit", "Quit")]
    def on_mount(self):
        import sys
        print("ready", file=sys.__stderr__, flush=True)
Plain().run()
"""


def test_a_terminal_stays_raw_after_sigstop_and_sigcont():
    ours, theirs = os.openpty()
    before = termios.tcgetattr(theirs)
    environment = {**os.environ, "TERM": "xterm"}
    plain = subprocess.Popen([sys.executable, "-c", APP], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    said = bytearray()
    reader = threading.Thread(target=_read, args=(ours, said), daemon=True)
    reader.start()
    _wait(lambda: b"ready" in said)
    plain.send_signal(signal.SIGSTOP)
    os.waitpid(plain.pid, os.WUNTRACED)
    plain.send_signal(signal.SIGCONT)
    _wait(lambda: said.count(b"\x1b[?1049h") == 2)
    # two threads read keys by now: each waits for one of its own before it ends
    _wait(lambda: os.write(ours, b"\x11") and plain.poll() is not None)
    assert termios.tcgetattr(theirs) != before
    os.close(theirs)
    reader.join()
    os.close(ours)


def _read(descriptor: int, said: bytearray) -> None:
    with contextlib.suppress(OSError):
        while data := os.read(descriptor, 65536):
            said += data


def _wait(happened: Callable[[], bool]) -> None:
    pause = threading.Event()
    while not happened():
        pause.wait(0.01)
