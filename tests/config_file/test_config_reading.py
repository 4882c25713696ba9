"""Reading a TOML file, and what is said about one that cannot be read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.base.errors import SetupError, Status
from tui.config_file.content import LARGEST, Broken
from tui.config_file.document import read_config
from tui.config_file.location import locate


def written(data: bytes) -> Path:
    path = Path.cwd() / "config.toml"
    path.write_bytes(data)
    return path


def broken(data: bytes) -> Broken:
    with pytest.raises(Broken) as caught:
        read_config(written(data))
    assert caught.value.status is Status.UNUSABLE
    return caught.value


class TestLocate:
    def test_given_wins(self):
        written(b"")
        assert locate(Path("/etc/x.toml")) == Path("/etc/x.toml")

    def test_given_becomes_absolute(self, home):
        assert locate(Path("sub/x.toml")) == home / "sub" / "x.toml"
        assert locate(Path("~/x.toml")) == home / "x.toml"

    def test_current_folder_before_home(self, home):
        fallback = home / ".openhands" / "config.toml"
        assert locate() == fallback
        fallback.parent.mkdir()
        fallback.touch()
        project = home / "project"
        project.mkdir()
        os.chdir(project)
        assert locate() == fallback
        (project / "config.toml").touch()
        assert locate() == project / "config.toml"

    def test_the_environment_names_one(self, home, monkeypatch):
        (home / "config.toml").touch()
        monkeypatch.setenv("LLM_SETUP_CONFIG", "~/shared/llm.toml")
        assert locate() == home / "shared" / "llm.toml"
        assert locate(Path("other.toml")) == home / "other.toml"
        monkeypatch.setenv("LLM_SETUP_CONFIG", "")
        assert locate() == home / "config.toml"

    def test_deleted_current_folder(self, home):
        gone = home / "gone"
        gone.mkdir()
        os.chdir(gone)
        gone.rmdir()
        assert locate() == home / ".openhands" / "config.toml"


class TestReading:
    def test_text_is_as_on_disk(self):
        data = '# ü\r\n[llm]\r\nmodel = "x"\n\r\n'.encode()
        config = read_config(written(data))
        assert config.text.encode() == data
        assert config.exists
        assert config.data == {"llm": {"model": "x"}}

    @pytest.mark.parametrize("path", ["config.toml", "no/such/folder/config.toml"])
    def test_missing_file_is_an_empty_one(self, home, path):
        config = read_config(home / path)
        assert (config.text, config.exists, config.data) == ("", False, {})

    def test_tables_and_groups(self):
        text = b'[llm]\nmodel = "x"\n[llm.b]\nm = 1\n[llm."gpt-4.1".deep]\n[llm.a]\n[agent]\nllm_config = "b"\n'
        config = read_config(written(text))
        assert config.groups() == ("b", "gpt-4.1", "a")
        assert config.table("llm", "b") == {"m": 1}
        assert config.table("llm", "nope", "deeper") == {}
        assert config.table("llm", "model") == {}
        assert config.table("llm", "model", "deeper") == {}
        assert config.has("llm", "model")
        assert config.has("agent")
        assert not config.has("llm", "model", "deeper")
        assert not config.has("llm", "c")

    def test_lines(self):
        config = read_config(written(b'# c\n[llm]\n\nx = """\n\n"""\nmodel = "x"\nd.e = 1\ni = { a = 1 }\n[llm.g.h]\n'))
        lines = [config.line(*names) for names in [("llm",), ("llm", "model"), ("llm", "d", "e"), ("llm", "i", "a")]]
        assert lines == [2, 7, 8, 9]
        assert config.line("llm", "g") == 10
        assert config.line("llm", "nope") is None
        assert config.line("nope", "deeper") is None

    def test_no_key_in_the_repr(self):
        config = read_config(written(b'[llm]\napi_key = "sk-very-secret"\n'))
        assert "sk-very" not in repr(config)

    def test_symbolic_link(self, home):
        written(b"[llm]\n")
        (home / "link.toml").symlink_to("config.toml")
        assert read_config(home / "link.toml").text == "[llm]\n"


class TestBroken:
    def test_not_toml(self):
        error = broken(b'[llm]\nmodel = "x"\ntemperature = = 3\n')
        assert (error.code, error.line, error.column) == ("not-toml", 3, 15)
        assert "~/config.toml is not TOML: line 3, column 15: Invalid value" in error.message
        assert error.hint

    def test_python_value(self):
        error = broken(b"[llm]\nnative_tool_calling = None\n")
        assert error.line == 2
        assert "None" in error.hint

    def test_unfinished(self):
        error = broken(b'[llm]\nmodel = """x\n')
        assert (error.code, error.line) == ("not-toml", 3)
        assert "end of document" not in error.message

    @pytest.mark.parametrize("data", [b"a = " + b"[" * 100_000, b"a = " + b"9" * 5000])
    def test_abuse(self, data):
        assert broken(data).code == "not-toml"

    def test_not_utf8(self):
        error = broken("[llm]\n# schön\n".encode("latin-1"))
        assert (error.code, error.line) == ("not-utf8", 2)

    def test_utf16(self):
        assert broken("[llm]\n".encode("utf-16")).code == "not-utf8"

    def test_bom(self):
        error = broken(b"\xef\xbb\xbf[llm]\n")
        assert (error.code, error.line) == ("bom", 1)

    @pytest.mark.parametrize("text", [b'a = 1\nllm = "x"\n', b"a = 1\n[[llm]]\n"])
    def test_llm_is_no_table(self, text):
        error = broken(text)
        assert (error.code, error.line) == ("wrong-type", 2)

    def test_control_characters_are_not_shown(self):
        error = broken(b"a = \x1b[31mred\n")
        assert "\x1b" not in str(error)


class TestUnreadable:
    def refused(self, path: Path) -> SetupError:
        with pytest.raises(SetupError) as caught:
            read_config(path)
        assert not isinstance(caught.value, Broken)
        assert caught.value.hint
        return caught.value

    def test_folder(self, home):
        assert self.refused(home).message == "~ is a folder."

    def test_too_large(self):
        assert "larger than 5 MB" in self.refused(written(b"#" * (LARGEST + 1))).message

    def test_named_pipe_does_not_block(self, home):
        os.mkfifo(home / "pipe")
        assert "is not a file" in self.refused(home / "pipe").message

    def test_device(self):
        assert "is not a file" in self.refused(Path("/dev/null")).message

    def test_file_in_place_of_a_folder(self):
        assert "cannot be read" in self.refused(written(b"") / "config.toml").message

    def test_link_loop(self, home):
        (home / "a").symlink_to("b")
        (home / "b").symlink_to("a")
        assert "cannot be read" in self.refused(home / "a").message

    def test_no_right_to_read(self, home, monkeypatch):
        def refuse(*_args: object) -> int:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "open", refuse)  # root may read everything: the mode alone would not refuse it
        assert self.refused(home / "config.toml").message == "You may not read ~/config.toml."


def test_reading_does_not_import_tomlkit():
    program = (
        "import sys, tui.config_file.document, tui.config_file.rewrite, tui.config_file.save; "
        "print('tomlkit' in sys.modules)"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "False\n"
