"""Files as people post them: a right one is clean, and a wrong one is named once for each thing."""

from pathlib import Path

import pytest

from tui.checks.check import Severity, check

RETRIES = "num_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\nretry_multiplier = 2\n"
POSTED = Path(__file__).with_name("posted_files.txt").read_text().replace("<RETRIES>\n", RETRIES)
FILES = [text.partition("\n") for text in POSTED.split("=== ")[1:]]


@pytest.mark.parametrize(("title", "text"), [(title, text) for title, _newline, text in FILES])
def test_what_is_said_of_it(title: str, text: str) -> None:
    path = Path("config.toml")
    path.write_text(text)
    path.chmod(0o600)
    said = [f"{f.code}:{f.line}" for f in check(path, {}) if f.severity is not Severity.NOTE]
    assert " ".join(said) == title.partition(": ")[2].replace("clean", "")


def test_there_are_31_and_12_of_them_are_right() -> None:
    titles = [title for title, _newline, _text in FILES]
    assert (len(titles), sum(title.endswith(": clean") for title in titles)) == (31, 12)
