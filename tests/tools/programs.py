"""Programs of the system that some tests need."""

import os
import shutil

import pytest


def require_program(name: str) -> str:
    """The full path of `name`. Without it the test is skipped; where CI=true it fails, so that none is lost unseen."""
    path = shutil.which(name)
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"needs the program {name}")
    return path
