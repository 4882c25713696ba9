"""Keys in a file of their own: readable by systemd and Docker, by nobody else, whole or not at all."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.credentials import private_file
from tui.credentials.identity import Credential
from tui.credentials.private_file import PrivateFile, key_file_path

KEY, OTHER = Secret("sk-ant-api03-" + "Zx9" * 30), Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCY=")
ANTHROPIC = Credential("anthropic", None, "LLM_API_KEY")
AWS_ID = Credential("bedrock", None, "AWS_ACCESS_KEY_ID")
AWS_KEY = Credential("bedrock", None, "AWS_SECRET_ACCESS_KEY")
FOLDER = ".config/llm-setup"


@pytest.fixture
def private() -> PrivateFile:
    return PrivateFile()


async def test_a_key_is_kept_read_and_removed(private, home: Path) -> None:
    assert await private.fetch(ANTHROPIC) is None
    await private.store({ANTHROPIC: KEY})
    path = home / FOLDER / "anthropic.env"
    assert key_file_path(ANTHROPIC) == path
    assert path.read_text() == f"LLM_API_KEY={KEY.reveal()}\n"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert await private.fetch(ANTHROPIC) == KEY
    assert await private.fetch(Credential("anthropic", "https://elsewhere", "LLM_API_KEY")) is None
    await private.delete(ANTHROPIC)
    await private.delete(ANTHROPIC)
    assert await private.fetch(ANTHROPIC) is None
    assert list(path.parent.iterdir()) == []


async def test_several_secrets_share_a_file_with_what_else_stands_there(private, home: Path) -> None:
    await private.store({AWS_ID: Secret("AKIA-old"), AWS_KEY: OTHER})
    path = key_file_path(AWS_ID)
    path.write_text(f"# mine\nMORE=1\n{path.read_text()}")
    await private.store({AWS_ID: Secret("AKIA-new")})
    assert await private.fetch(AWS_ID) == Secret("AKIA-new")
    assert await private.fetch(AWS_KEY) == OTHER
    assert path.read_text().startswith("# mine\nMORE=1\n")
    assert "old" not in path.read_text()
    await private.delete(AWS_ID)
    await private.delete(AWS_KEY)
    assert path.read_text() == "# mine\nMORE=1\n"


ORIGINS = st.none() | st.text(min_size=1, max_size=20)


@given(st.tuples(st.text(min_size=1, max_size=20), ORIGINS), st.tuples(st.text(min_size=1, max_size=20), ORIGINS))
def test_no_two_share_a_file_and_none_leaves_the_folder(one, other) -> None:
    paths = [key_file_path(Credential(*names, "LLM_API_KEY")) for names in (one, other)]
    assert (paths[0] == paths[1]) == (one == other)
    for path in paths:
        assert path.name == os.path.basename(path)
        assert path.name not in (".", "..", "settings.toml")
        assert path.name.isascii()
        assert path.name.isprintable()


def test_the_name_of_a_file_tells_provider_and_origin() -> None:
    local = Credential("openai_compatible", "http://localhost:1234", "LLM_API_KEY")
    assert key_file_path(local).name == "openai_compatible@http%3A%2F%2Flocalhost%3A1234.env"


@pytest.mark.parametrize("odd", [" ", "\t", "\n", "\r", "\0", '"', "'", "\\", "$", "`", "#", "ü", "\u2028"])
async def test_what_would_be_misread_is_refused_and_all_is_as_before(private, odd: str) -> None:
    await private.store({AWS_ID: Secret("AKIA-old")})
    with pytest.raises(SetupError, match="AWS_SECRET_ACCESS_KEY") as caught:
        await private.store({AWS_ID: Secret("AKIA-new"), AWS_KEY: Secret(f"canary{odd}canary")})
    assert "canary" not in str(caught.value)
    assert key_file_path(AWS_ID).read_text() == "AWS_ACCESS_KEY_ID=AKIA-old\n"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=50)
@given(value=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
async def test_what_is_taken_is_given_back_and_read_alike_by_a_plain_reader(private, value: str) -> None:
    try:
        await private.store({ANTHROPIC: Secret(value)})
    except SetupError:
        assert set(value) & set("\"'\\$`#")
        return
    assert await private.fetch(ANTHROPIC) == Secret(value)
    assert key_file_path(ANTHROPIC).read_text() == f"LLM_API_KEY={value}\n"


@pytest.mark.parametrize("text", ['LLM_API_KEY="sk-1"\n', "LLM_API_KEY= sk-1\n", "LLM_API_KEY=sk-1 # x\n"])
async def test_a_file_edited_into_what_readers_differ_about_is_refused(private, text: str) -> None:
    await private.store({ANTHROPIC: KEY})
    key_file_path(ANTHROPIC).write_text(text)
    with pytest.raises(SetupError, match="LLM_API_KEY") as caught:
        await private.fetch(ANTHROPIC)
    assert "sk-1" not in str(caught.value)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602, 0o644])
async def test_a_file_open_to_others_is_refused(private, mode: int) -> None:
    await private.store({ANTHROPIC: KEY})
    key_file_path(ANTHROPIC).chmod(mode)
    for call in (private.fetch(ANTHROPIC), private.store({ANTHROPIC: KEY}), private.delete(ANTHROPIC)):
        with pytest.raises(SetupError, match="other users") as caught:
            await call
        assert "chmod 600 ~/.config/llm-setup/anthropic.env" in caught.value.hint
    assert key_file_path(ANTHROPIC).stat().st_mode & 0o777 == mode


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o701])
async def test_a_folder_open_to_others_is_refused(private, home: Path, mode: int) -> None:
    (home / FOLDER).mkdir(parents=True)
    (home / FOLDER).chmod(mode)
    with pytest.raises(SetupError, match="other users") as caught:
        await private.store({ANTHROPIC: KEY})
    assert "chmod 700 ~/.config/llm-setup." in caught.value.hint
    assert list((home / FOLDER).iterdir()) == []


async def test_what_is_not_ours_is_refused(private, monkeypatch: pytest.MonkeyPatch) -> None:
    await private.store({ANTHROPIC: KEY})
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(SetupError, match="another user"):
        await private.fetch(ANTHROPIC)


async def test_links_and_other_things_are_refused(private, home: Path) -> None:
    await private.store({ANTHROPIC: KEY})
    path = key_file_path(ANTHROPIC)
    elsewhere = home / "elsewhere"
    shutil.move(path, elsewhere)
    path.symlink_to(elsewhere)
    with pytest.raises(SetupError):
        await private.fetch(ANTHROPIC)
    with pytest.raises(SetupError):
        await private.store({ANTHROPIC: OTHER})
    assert KEY.reveal() in elsewhere.read_text()
    path.unlink()
    os.mkfifo(path, 0o600)
    with pytest.raises(SetupError, match="not a file"):
        await private.fetch(ANTHROPIC)


async def test_a_full_disk_leaves_the_old_key(private, monkeypatch: pytest.MonkeyPatch) -> None:
    await private.store({ANTHROPIC: KEY})

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SetupError, match=r"anthropic\.env cannot be used: No space left on device"):
        await private.store({ANTHROPIC: OTHER})
    assert await private.fetch(ANTHROPIC) == KEY
    assert [path.name for path in key_file_path(ANTHROPIC).parent.iterdir()] == ["anthropic.env"]


async def test_a_disk_that_forgets_is_found_out(private, monkeypatch: pytest.MonkeyPatch) -> None:
    await private.store({ANTHROPIC: KEY})
    write = private_file.write_atomically
    monkeypatch.setattr(private_file, "write_atomically", lambda path, data, mode: write(path, data[:-3], mode=mode))
    with pytest.raises(SetupError, match="something other"):
        await private.store({ANTHROPIC: OTHER})


async def test_what_a_killed_writer_left_goes_with_the_next_key(private) -> None:
    await private.store({ANTHROPIC: KEY})
    left = key_file_path(ANTHROPIC).with_name(".anthropic.env.0123abcd.tmp")
    left.write_text(f"LLM_API_KEY={KEY.reveal()}\n")
    await private.delete(ANTHROPIC)
    assert not left.exists()


async def test_a_shell_reads_it_too(private) -> None:
    await private.store({ANTHROPIC: KEY})
    script = f'set -a; . "{key_file_path(ANTHROPIC)}"; printf %s "$LLM_API_KEY"'
    said = subprocess.run(  # noqa: ASYNC221
        ["sh", "-c", script], capture_output=True, text=True, check=True, env={}
    )
    assert said.stdout == KEY.reveal()
