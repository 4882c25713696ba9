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
