"""What is copied inside tmux can be inserted there."""

import asyncio
import sys
from pathlib import Path

from tools.tmux import Tmux

from tui.handover.clipboard import copied_words, give_to_tmux

LINE = "llm-setup exec -- openhands --override-with-envs"


def test_in_tmux(home: Path) -> None:
    code = f"import asyncio, os; from tui.handover.clipboard import *; asyncio.run(give_to_tmux({LINE!r}, os.environ));"
    code += "print(copied_words(os.environ)); input()"
    with Tmux([sys.executable, "-c", code], {"HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin"}) as terminal:
        terminal.wait_for("and to tmux")
        assert terminal._ask("show-buffer") == LINE


def test_elsewhere_no_tmux_is_asked(home: Path) -> None:
    (home / "tmux").write_text(f"#!/bin/sh\ntouch {home}/asked\n")
    (home / "tmux").chmod(0o755)
    asyncio.run(give_to_tmux(LINE, {"PATH": str(home)}))
    assert not (home / "asked").exists()
    assert "tmux" not in copied_words({})


def test_one_that_is_gone_or_does_not_answer_holds_nothing_up(home: Path, monkeypatch) -> None:
    asyncio.run(give_to_tmux(LINE, {"TMUX": "/no/such/socket,1,0", "PATH": "/usr/bin:/bin"}))
    (home / "tmux").write_text("#!/bin/sh\nexec sleep 600\n")
    (home / "tmux").chmod(0o755)
    monkeypatch.setenv("PATH", str(home), prepend=":")
    monkeypatch.setattr("tui.handover.clipboard.LIMIT", 0.1)
    asyncio.run(give_to_tmux(LINE, {"TMUX": "x,1,0", "PATH": "/usr/bin:/bin"}))
