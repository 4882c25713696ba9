"""What a person sees of a change, and what not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.growth import is_linear

from tui.config_file.diff import DiffLine, counts, diff, mask
from tui.config_file.rewrite import rewrite

KEY = "sk-ant-0123456789-wxyZ"


class TestMask:
    @pytest.mark.parametrize(
        ("line", "shown"),
        [
            (f'api_key = "{KEY}"', 'api_key = "•••wxyZ"'),
            (f"api_key='{KEY}' # c", "api_key='•••wxyZ' # c"),
            ('api_key = "short"', 'api_key = "•••"'),
            ('api_key = ""', 'api_key = ""'),
            ('aws_secret_access_key = "a b#c"', 'aws_secret_access_key = "•••"'),
            ('"API KEY" = "short"', '"API KEY" = "•••"'),
            ('llm.api_key = "short"', 'llm.api_key = "•••"'),
            ('jwt_secret = "a\\"b"', 'jwt_secret = "•••"'),
            ("password = 12345", "password = •••"),
            ('#api_key = "short" # old', '#api_key = "•••" # old'),
            ("# export LLM_API_KEY=short", "# export LLM_API_KEY=•••"),
            ('llm = { model = "x", api_key = "short" }', 'llm = { model = "x", api_key = "•••" }'),
            ('api_keys = ["one", "two"] # c', 'api_keys = ["•••", "•••"] # c'),
            ('token = { a = "one" }', 'token = { a = "•••" }'),
            ('base_url = "https://me:pa@ss@host/v1"', 'base_url = "https://•••@host/v1"'),
            ('base_url = "https://host/?api_key=abc&x=1"', 'base_url = "https://host/?api_key=•••"'),
            (f'model = "x" # was {KEY}', 'model = "x" # was •••wxyZ'),
            ('api_key = "no end', 'api_key = "•••"'),
            ("max_input_tokens = 4096", "max_input_tokens = 4096"),
            ("input_cost_per_token = 1e-6", "input_cost_per_token = 1e-6"),
            ('custom_tokenizer = "gpt2"', 'custom_tokenizer = "gpt2"'),
            ("use_token = true", "use_token = true"),
            ('model = "openai/gpt-5-mini-2025-08-07"', 'model = "openai/gpt-5-mini-2025-08-07"'),
            ('base_url = "https://host:1/a@b"', 'base_url = "https://host:1/a@b"'),
            ("[llm.monkey]", "[llm.monkey]"),
            ("api_key =", "api_key ="),
        ],
    )  # fmt: skip
    def test_line(self, line, shown):
        assert mask(line) == shown

    def test_values_of_many_lines(self):
        text = 'a = 1\napi_key = """\nabc\ndef"""\nkeys = [\n  "one", # ]\n  "two",\n]\nb = "x"\n'
        assert mask(text) == 'a = 1\napi_key = """•••\n\n"""\nkeys = [\n  "•••", # ]\n  "•••",\n]\nb = "x"\n'

    def test_tables_with_secret_names(self):
        text = '[api_keys]\nopenai = "one"\n# b = "two"\n[llm]\nmodel = "x"\n'
        assert mask(text) == '[api_keys]\nopenai = "•••"\n# b = "•••"\n[llm]\nmodel = "x"\n'

    def test_a_comment_ends_with_its_line(self):
        assert mask('#api_keys = [\nmodel = "x"\n#token = """\na = "y"\n') == (
            '#api_keys = [\nmodel = "x"\n#token = """•••"""\na = "y"\n'
        )

    def test_no_end(self):
        assert "abc" not in mask('api_key = """\nabc\n')
        assert "abc" not in mask('api_keys = [\n"abc",\n')

    def test_a_long_value_takes_no_time(self):
        assert is_linear(mask, lambda count: f'certificate = "{"a" * 150 * count}"\nx = {"a." * count}a\n', 1_000)

    @given(
        st.text(alphabet="Zq7!\"'\\#=[]{}, \n\té", min_size=1), st.sampled_from(["api_key", "my_password", "llm.token"])
    )
    def test_a_written_key_never_shows(self, value, name):
        marked = f"Qsecret{value}Qtail00"
        text = rewrite("a = 1 # c\n", {(): {name: marked, "b": "x"}})
        assert "Qsecret" in text
        assert "Qsecret" not in mask(text)
        assert "Qtail00" not in mask(text)
        assert mask(text).count("\n") == text.count("\n")

    @given(st.text(alphabet="api_key=\"'[]{}#\\\n. \ra:/@"))
    def test_any_text(self, text):
        assert mask(text).count("\n") == text.count("\n")


AWS = "wJalrXUt7FEMI/K7MDENG+bPxRfiCYEX3MPLEKEY"
WITHOUT_BEGINNING = {
    "Azure's": "9f8e7d6c5b4a39281706f5e4d3c2b1a0", "Zhipu's": "9f8e7d6c5b4a39281706f5e4d3c2b1a0.Zq7Lm2Xw9Ka4Rt8V",
    "AWS' secret": AWS, "Cohere's": "qzLmXwKaRtVbNcYdHsJfPgQeUoAbCdEfGhIjKlMn",
    "Mistral's": "Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg", "a UUID": "3f2a9c1e-7b4d-4c8a-9e1f-0a2b3c4d5e6f",
    "base64": "M2YyYTljMWUtN2I0ZC00YzhhLTllMWYtMGEyYjNjNGQ1ZTZmOjNmMmE5YzFlLTdiNGQ=",
}  # fmt: skip
SAID = [
    "# KEY", "#KEY", "# old: KEY, was revoked", "seed = 1 # KEY", "# api_key: KEY", "# Authorization: Bearer KEY",
    "# curl -H 'x-api-key: KEY' https://h", '# {"key": "KEY"}', "# openhands --api-key KEY", "# https://h/v1/KEY",
    "# <KEY>.", "# export K=KEY", "# old_KEY", "# **KEY**", "# \u200bKEY\u200b", "# “KEY”", "# the key is KEY!",
    'a = { Authorization = "Bearer KEY" }', 'args = ["--token", "KEY"]', 'args = ["--k=KEY"]', 'url = "https://h/?t=KEY"',
    'env = { A = "KEY" }', 'frob = "KEY"', "frob = 'KEY'", 'frob = """\nKEY"""', '"KEY" = 1', 'a = ["# \\" KEY"]',
]  # fmt: skip


class TestKeysWithoutBeginning:
    @pytest.mark.parametrize("key", WITHOUT_BEGINNING.values(), ids=WITHOUT_BEGINNING)
    @pytest.mark.parametrize("line", SAID)
    def test_none_is_shown_wherever_it_stands(self, line, key):
        shown = mask(f"[mcp]\n{line.replace('KEY', key)}\nmodel = 'x'\n")
        assert key[:12] not in shown
        assert key[-12:] not in shown
        assert shown.startswith("[mcp]\n")
        assert shown.endswith("\nmodel = 'x'\n")

    @pytest.mark.parametrize(
        "line",
        ["# api_key: short-1", "# password hunter2", "# Authorization: Bearer abc123", "# user:short-1==@host",
         'authorization = "short-1"', 'Cookie = "short-1"', 'auth = "short-1"', 'pw = "short-1"'],
    )  # fmt: skip
    def test_a_short_one_is_told_by_its_name(self, line):
        assert not {"short-1", "hunter2", "abc123"} & set(mask(line).replace('"', " ").replace(":", " ").split())
        assert "•••" in mask(line)

    @pytest.mark.parametrize(
        "line",
        ["# see the API key page at https://docs.example/keys/2024", "# max_output_tokens: 4096000", "# it's a token",
         'image = "x@sha256:02e509c789964a7ea8736978a43525956ef40397be9033abf9fd2badfe68c9e3"',
         'author = "me"', 'path = "/home/me/.openhands"', '[llm."3f2a9c1e-7b4d-4c8a-9e1f-0a2b3c4d5e6f"]',
         'base_url = "https://my-resource-1.openai.azure.com"', 'classpath = "agents.AVeryLongNameOfAnAgentIndeed"'],
    )  # fmt: skip
    def test_what_is_none_stays(self, line):
        assert mask(line) == line

    def test_an_aws_secret_with_a_slash_before_a_host(self):
        assert mask(f'u = "https://{AWS}@h/v1"') == 'u = "https://•••@h/v1"'

    @pytest.mark.parametrize("piece", ["a1B", "a:", "a1:b2/", "#", "key", "key: ", "Zq7Lm2Xw9Ka4Rt8V/", '"""\\', "_"])
    def test_a_long_comment_takes_no_time(self, piece):
        assert is_linear(mask, lambda length: "# " + piece * (length // len(piece)), 20_000)


class TestDiff:
    TEXT = "[llm]\na = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\n"

    def test_lines(self):
        after = self.TEXT.replace("b = 2", "b = 3").replace("f = 6\n", "")
        lines = diff(self.TEXT, after)
        assert [(line.sign, line.text) for line in lines] == [
            (" ", "[llm]"),
            (" ", "a = 1"),
            ("-", "b = 2"),
            ("+", "b = 3"),
            (" ", "c = 3"),
            (" ", "d = 4"),
            (" ", "e = 5"),
            ("-", "f = 6"),
        ]
        assert counts(lines) == (2, 5)

    def test_gaps(self):
        lines = diff(self.TEXT, self.TEXT.replace("f = 6", "f = 7"))
        assert lines[0] == DiffLine("…", "5 lines stay", 5)
        assert [line.sign for line in lines] == ["…", " ", "-", "+"]
        assert counts(lines) == (1, 6)

    def test_context(self):
        after = self.TEXT.replace("c = 3", "c = 4")
        assert [line.sign for line in diff(self.TEXT, after, context=0)] == ["…", "-", "+", "…"]
        assert counts(diff(self.TEXT, after, context=0)) == counts(diff(self.TEXT, after, context=9)) == (1, 6)

    def test_each_line_has_the_number_of_its_own_file(self):
        after = "new = 0\n" + self.TEXT.replace("b = 2\n", "")
        for line in diff(self.TEXT, after, context=99):
            source = self.TEXT if line.sign == "-" else after
            assert source.split("\n")[line.number - 1] == line.text

    def test_nothing(self):
        assert diff(self.TEXT, self.TEXT) == []
        assert diff("", "") == []
        assert counts([]) == (0, 0)

    def test_new_file(self):
        assert [line.sign for line in diff("", "[core]\n\n[llm]\n")] == ["+", "+", "+"]

    def test_line_ends_are_not_shown(self):
        assert diff("a = 1\nb = 2", "a = 1\r\nb = 2\r\nc = 3\r\n")[-1] == DiffLine("+", "c = 3")
        assert counts(diff("a = 1\nb = 2", "a = 1\r\nb = 2\r\nc = 3\r\n")) == (1, 2)

    def test_secrets(self):
        lines = diff(f'api_key = "{KEY}"\n', 'api_key = """\nother\n"""\n')
        assert [(line.sign, line.text) for line in lines] == [
            ("-", 'api_key = "•••wxyZ"'),
            ("+", 'api_key = """•••'),
            ("+", ""),
            ("+", '"""'),
        ]

    def test_foreign_text_is_harmless(self):
        lines = diff("", "\t# \x1b[31mred\x07 \u202eback\n")
        assert lines == [DiffLine("+", "    # red back")]
