"""Which OpenHands is installed, without running it."""

from pathlib import Path

import pytest

from tui.openhands.targets.found import chosen, programs, proposed
from tui.openhands.targets.installed import beside_python, canvas, installed


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


def proposed_names() -> list[str]:
    return [target.name for target in proposed()]


def put_canvas(home: Path, path: Path, version: str) -> None:
    """As npm installs it."""
    package = home / "node/lib/node_modules/@openhands/agent-canvas"
    (package / "bin").mkdir(parents=True)
    (package / "package.json").write_text(f'{{"name": "@openhands/agent-canvas", "version": "{version}"}}')
    program = package / "bin/agent-canvas.mjs"
    program.write_text("#!/bin/sh\ntouch ran\n")
    program.chmod(0o755)
    (path / "agent-canvas").symlink_to(program)


def test_where_nothing_is_found_the_wizard_proposes_what_most_start_and_commands_mean_config_toml(path: Path) -> None:
    assert proposed_names() == ["toml", "cli"]
    assert [target.name for target in chosen(None, None)] == ["toml"]
    assert [(each.chosen, each.found, each.version) for each in programs([])] == [(False, False, "")] * 4


def test_programs_without_a_file_are_proposed_beside_files_each_with_its_version(home: Path, path: Path) -> None:
    (path / "openhands").symlink_to(install(home / "tools/openhands", "openhands-1.16.0", "openhands_cli.entrypoint"))
    put_canvas(home, path, "1.20.0")
    assert proposed_names() == ["cli", "server"]
    (home / "config.toml").write_text("[llm]\n")
    assert proposed_names() == ["toml", "cli", "server"]
    assert [target.name for target in chosen(None, None)] == ["toml"]
    labels = ["config.toml (openhands-ai ≤ 1.6)", "OpenHands CLI 1.16", "Agent Canvas 1.20", "openhands-ai ≥ 1.8"]
    assert [each.label for each in programs([])] == labels
    assert not (home / "ran").exists()


@pytest.mark.parametrize(
    ("version", "names", "label"),
    [("1.6.0", ["toml"], "config.toml (openhands-ai 1.6)"), ("1.11.0", ["gui"], "openhands-ai 1.11")],
)
def test_openhands_ai_is_found_where_python_would_import_it(
    home: Path, version: str, names: list[str], label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(home / "venv", f"openhands_ai-{version}", "openhands.x").rename(home / "venv/bin/python")
    monkeypatch.setenv("PATH", str(home / "venv/bin"))
    assert proposed_names() == [target.name for target in chosen(None, None)] == names
    assert label in [each.label for each in programs([])]
    assert not (home / "ran").exists()


def test_nothing_of_the_current_folder_is_taken_for_an_installed_program(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(home, "openhands-1.16.0", "openhands_cli.entrypoint")
    monkeypatch.chdir(home / "bin")
    (home / "bin/agent-canvas").symlink_to(home / "bin/openhands")
    for path in ("", ".", ":", "../bin:"):
        monkeypatch.setenv("PATH", path)
        assert (installed(), canvas(), beside_python()) == (None, None, None)
