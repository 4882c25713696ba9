"""Which program `openhands` is, without running it."""

from pathlib import Path

import pytest

from tui.openhands.targets.found import chosen
from tui.openhands.targets.installed import installed


def install(folder: Path, distribution: str, entry: str) -> Path:
    """What an installer leaves, but for a program that tells when it is run."""
    packages = folder / "lib/python3.12/site-packages" / f"{distribution}.dist-info"
    packages.mkdir(parents=True)
    (packages / "entry_points.txt").write_text(f"[console_scripts]\nopenhands = {entry}:main\n")
    program = folder / "bin/openhands"
    program.parent.mkdir(exist_ok=True)
    program.write_text("#!/bin/sh\ntouch ran\n")
    program.chmod(0o755)
    return program


@pytest.fixture
def path(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (home / "bin").mkdir()
    monkeypatch.setenv("PATH", str(home / "bin"))
    return home / "bin"


def test_the_cli_is_known_by_its_metadata_also_behind_a_link(home: Path, path: Path) -> None:
    (path / "openhands").symlink_to(install(home / "tools/openhands", "openhands-1.16.0", "openhands_cli.entrypoint"))
    found = installed()
    assert found
    assert (found.distribution, found.version, found.number, found.is_cli) == ("openhands", "1.16.0", (1, 16, 0), True)
    assert not (home / "ran").exists()
    assert [target.name for target in chosen(None, None)] == ["cli"]


def test_the_older_program_of_that_name_reads_config_toml(home: Path, path: Path) -> None:
    (path / "openhands").symlink_to(install(home / "old", "openhands_ai-0.59.0", "openhands.cli.entry"))
    found = installed()
    assert found
    assert (found.distribution, found.is_cli) == ("openhands-ai", False)
    assert [target.name for target in chosen(None, None)] == ["toml"]


def test_a_script_of_ones_own_is_nothing_that_we_know(path: Path) -> None:
    (path / "openhands").write_text("#!/bin/sh\nexec docker run openhands\n")
    (path / "openhands").chmod(0o755)
    assert installed() is None


def test_a_program_in_machine_code_is_the_cli(path: Path) -> None:
    (path / "openhands").write_bytes(b"\x7fELF\0")
    (path / "openhands").chmod(0o755)
    found = installed()
    assert found
    assert (found.is_cli, found.version, found.number) == (True, "", ())


def test_files_that_are_there_say_what_is_meant(home: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def names(words: str | None = None, config: Path | None = None) -> list[str]:
        return [target.name for target in chosen(words, config)]

    assert names() == ["toml"]
    (home / ".openhands").mkdir()
    (home / ".openhands/agent_settings.json").write_text("{")
    assert names() == ["cli"]
    (home / "config.toml").write_text("")
    assert names() == ["toml", "cli"]
    assert names(config=Path("config.toml")) == ["toml"]
    assert names("cli", Path("config.toml")) == ["cli"]
    monkeypatch.setenv("LLM_SETUP_FOR", "cli , toml")
    assert names() == ["cli", "toml"]
