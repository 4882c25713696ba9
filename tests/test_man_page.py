"""The man page that the wheel brings along."""

import subprocess

import pytest
from tools.man_page import PAGE, page
from tools.programs import require_program


def test_the_man_page_says_what_the_parser_does() -> None:
    assert PAGE.read_text() == page(), "run python tests/tools/man_page.py"


@pytest.mark.terminal
def test_groff_takes_the_man_page_without_a_warning() -> None:
    groff = require_program("groff")
    command = [groff, "-man", "-Tutf8", "-ww", str(PAGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "llm-setup completion" in done.stdout
