"""The pages in other languages, each in a process of its own: much is translated as it is imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools import pseudo

HERE = Path(__file__).parent
PICTURES = HERE.parent / "screens/test_pictures.py"


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pseudo.make(tmp_path_factory.mktemp("locale"))


def run_in(language: str, *words: str | Path, **more: str) -> None:
    """Run tests in another language."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "LANGUAGE"))}
    environ |= {"TESTS_SPEAK": language, **more}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *map(str, words)]
    done = subprocess.run(
        command,
        check=False,
        cwd=HERE.parents[1],
        env=environ,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-6000:]


def test_pages_in_chinese_look_as_in_their_pictures(request: pytest.FixtureRequest) -> None:
    update = ["--update-pictures"] if request.config.getoption("--update-pictures") else []
    run_in("zh_CN", PICTURES, *update)


@pytest.mark.parametrize("language", pseudo.KINDS)
def test_pages_of_longer_and_of_wide_words_are_whole(language: str, catalogues: Path) -> None:
    run_in(language, HERE / "pages.py", TESTS_CATALOGUES=str(catalogues))


def test_journeys_in_chinese_write_the_same_bytes_as_in_english(tmp_path: Path) -> None:
    for language in ("en", "zh_CN"):
        run_in(language, HERE / "journeys.py", TESTS_KEEP=str(tmp_path))
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    english = {name.removesuffix("-en"): text for name, text in written.items() if name.endswith("-en")}
    chinese = {name.removesuffix("-zh_CN"): text for name, text in written.items() if name.endswith("-zh_CN")}
    assert len(english) == 4
    assert chinese == english
    assert english["first-run-80"] == english["first-run-60"]


def test_a_conversation_in_chinese_writes_the_same_bytes_as_the_other_faces() -> None:
    run_in("zh_CN", HERE.parent / "lines/test_three_faces.py", "-k", "1-anthropic or 15-azure or 35-ollama or 101")
