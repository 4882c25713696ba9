"""Terminals that can do less, and locales that have no UTF-8."""

import re
from pathlib import Path

import pytest
from tools.terminal import MICE, Terminal

CONFIG = """[core]
[llm]
model = "anthropic/claude-sonnet-4-5-20250929"
num_retries = 8
retry_min_wait = 15
retry_max_wait = 120
retry_multiplier = 2
[llm.cheap]
model = "gpt-4o"
"""
STYLES = re.compile(rb"\x1b\[([\d;]*)m")
COLOURS = {b"%d" % (tens + code) for tens in (30, 40, 90, 100) for code in range(9)}
HOME_PAGE = "Next:"
STEPS = {  # the rows of Overview, each with a text of its page
    "Provider": "Which provider", "Key": "Keep it in", "Model": "$/1M in", "Options": "drop_params",
    "Retries": "Gives up after", "Review": "nothing to save", "Test": "Rehearse",
}  # fmt: skip


@pytest.fixture(autouse=True)
def config(home: Path) -> Path:
    path = home / ".openhands/config.toml"
    path.parent.mkdir()
    path.write_text(CONFIG)
    return path


def walk(terminal: Terminal) -> None:
    """Look at every step, the help and the commands."""
    terminal.wait_for(HOME_PAGE)
    for row, text in enumerate(STEPS.values()):
        terminal.press("home", *["down"] * row, "enter")
        terminal.wait_for(text, lambda screen: HOME_PAGE not in screen)
        terminal.press("escape")
        terminal.wait_for(HOME_PAGE)
    terminal.press("f1")
    terminal.wait_for("esc Close")
    terminal.press("escape", "ctrl+p")
    terminal.wait_for("Go to Provider")
    terminal.press("escape")


def leave(terminal: Terminal) -> None:
    terminal.press("ctrl+q")
    assert (terminal.wait_for_end().status, terminal.left_on()) == (0, [])


def test_nothing_above_127_where_that_is_wanted(wizard) -> None:
    terminal = wizard("--ascii")
    walk(terminal)
    leave(terminal)
    assert terminal.raw.isascii()


def test_nothing_above_127_where_the_locale_has_it_not(wizard, environment: dict[str, str]) -> None:
    environment["LC_ALL"] = "C"
    terminal = wizard()
    terminal.wait_for(HOME_PAGE)
    leave(terminal)
    assert terminal.raw.isascii()


@pytest.mark.parametrize("term", ["xterm-256color", "screen", "tmux", "linux", "vt100"])
def test_it_works_there(wizard, environment: dict[str, str], term: str) -> None:
    environment["TERM"] = term
    terminal = wizard()
    terminal.wait_for(HOME_PAGE)
    terminal.press("home", *["down"] * 4, "enter")
    terminal.wait_for("Gives up after", "esc Back")
    terminal.type("5")
    terminal.wait_for("Gives up after", "4 retries")
    used = {code for styles in STYLES.findall(terminal.raw) for code in styles.split(b";")}
    assert (b"48" in used) is (term == "xterm-256color")
    assert bool(used & COLOURS) is (term != "vt100")
    terminal.press("ctrl+q", "ctrl+q")
    assert (terminal.wait_for_end().status, terminal.left_on()) == (0, [])


def test_no_colours_where_none_are_wanted(wizard, environment: dict[str, str]) -> None:
    environment |= {"NO_COLOR": "1", "COLORTERM": "truecolor"}
    terminal = wizard()
    terminal.wait_for(HOME_PAGE)
    used = {code for styles in STYLES.findall(terminal.raw) for code in styles.split(b";")}
    assert not used & COLOURS
    assert b"7" in used  # the row at hand is seen all the same
    leave(terminal)


def test_the_mouse_is_left_alone_where_that_is_wanted(wizard) -> None:
    with_mouse, without = wizard(), wizard("--no-mouse")
    for terminal in (with_mouse, without):
        terminal.wait_for(HOME_PAGE)
    assert with_mouse.modes().get(MICE[0])
    assert not any(mode in without.modes() for mode in MICE)
    leave(with_mouse)
    leave(without)


def test_the_theme_is_an_option_and_remembered(wizard, home: Path) -> None:
    (home / ".config/llm-setup").mkdir(parents=True)
    (home / ".config/llm-setup/settings.toml").write_text('[preferences]\ntheme = "ansi"\n')
    remembered, chosen = wizard(), wizard("--theme", "ansi-light")
    for terminal in (remembered, chosen):
        terminal.wait_for(HOME_PAGE)
        assert b"8;5;" not in terminal.raw
        leave(terminal)


def test_no_spinner_over_a_slow_machine(wizard) -> None:
    terminal = wizard()
    terminal.wait_for(HOME_PAGE)
    before = len(terminal.raw)
    terminal.press("ctrl+p")
    terminal.wait_for("Go to Provider")
    assert len(terminal.raw) - before < 20_000
    terminal.press("escape")
    leave(terminal)
