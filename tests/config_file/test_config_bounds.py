"""However large or deep a file is, it is read in a time that grows with it, or refused in one sentence."""

import pytest
from tools.growth import is_linear

from tui.base.errors import SetupError
from tui.checks.check import findings
from tui.config_file.content import DEPTH, KEYS, TABLES
from tui.config_file.document import parse_config, read_config
from tui.config_file.rewrite import rewrite

START = '[core]\n[llm]\nmodel = "openai/gpt-4o"\n'


class TestRefused:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("".join(f"[llm.g{n}]\n" for n in range(TABLES)), "has more than 2,000 tables"),
            ("".join("[[a]]\n" for _ in range(TABLES + 1)), "has more than 2,000 tables"),
            (f"a = [{'{}, ' * (TABLES + 1)}]\n", "has more than 2,000 tables"),
            ("".join(f"k{n} = {n}\n" for n in range(KEYS)), "has more than 20,000 settings"),
            (f"[{'.'.join('a' * (DEPTH + 1))}]\n", "nests more than 50 tables or arrays"),
            (f"{'.'.join('a' * 1000)} = 1\n", "nests more than 50 tables or arrays"),
            (f"a = {'[' * (DEPTH + 1)}{']' * (DEPTH + 1)}\n", "nests more than 50 tables or arrays"),
            (f"a = {'{a = ' * (DEPTH + 1)}1{'}' * (DEPTH + 1)}\n", "nests more than 50 tables or arrays"),
            (f"a = {'[' * 100_000}{']' * 100_000}\n", "nested too deeply"),
            (" " * 5_000_001, "larger than 5 MB"),
        ],
    )
    def test_in_one_sentence(self, home, text, words):
        (home / "config.toml").write_text(START + text)
        with pytest.raises(SetupError, match=words) as caught:
            read_config(home / "config.toml")
        assert caught.value.hint

    @pytest.mark.parametrize(
        "text",
        [
            "".join(f"[llm.g{n}]\n" for n in range(TABLES - 2)),
            f"[{'.'.join('a' * DEPTH)}]\nb = 1\n",
            f"[x]\na = {'[' * (DEPTH - 1)}{']' * (DEPTH - 1)}\n",
        ],
    )
    def test_up_to_there_all_works(self, home, text):
        config = parse_config(home / "config.toml", START + text)
        assert rewrite(config.text, {("llm",): {"seed": 1}}).count("seed") == 1
        findings(config, {})


class TestLinear:
    """Twice as much takes at most three times as long."""

    @pytest.mark.parametrize(
        "part",
        [
            "# a comment with a key\n",
            "key_of_mine_{n} = {n}\n",
            "[llm.g{n}]\nmodel = 'openai/x'\n",
            "\n",
            " ",
        ],
    )
    def test_reading_and_checking(self, home, part):
        def work(text: str) -> None:
            findings(parse_config(home / "config.toml", text), {})

        def made(count: int) -> str:
            return START + "".join(part.format(n=n) for n in range(count))

        assert is_linear(work, made, 300 if "[" in part else 3000)
