"""Changing keys, and nothing else: one example for every trap that is known."""

import math
import tomllib

import pytest
import toml

from tui.base.errors import SetupError
from tui.config_file.rewrite import rewrite

RETRY = ("num_retries", "retry_min_wait", "retry_max_wait", "retry_multiplier")


def llm(text: str, **values) -> str:
    return rewrite(text, {("llm",): values})


class TestReplacing:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ('[llm]\nmodel = "x"\n', '[llm]\nmodel = "y"\n'),
            ('[llm]\n  model  =\t"x"   # why\n', '[llm]\n  model  =\t"y"   # why\n'),
            ("[llm]\nmodel = 'x'# tight\n", "[llm]\nmodel = 'y'# tight\n"),
            ('[ llm ] # c\r\nmodel="x"\r\n', '[ llm ] # c\r\nmodel="y"\r\n'),
            ('[llm]\nmodel = """\nx"""\n', '[llm]\nmodel = "y"\n'),
            ("[llm]\nmodel = '''x''''' # c\n", '[llm]\nmodel = "y" # c\n'),
            ('[llm]\n"model" = "x"\n', '[llm]\n"model" = "y"\n'),
            ('["llm"]\nmodel = "x"', '["llm"]\nmodel = "y"'),
            ('llm.model = "x"\n', 'llm.model = "y"\n'),
            ('llm . "model" = "x"\n', 'llm . "model" = "y"\n'),
            ('llm = { model="x" , a = 1 } # c\n', 'llm = { model="y" , a = 1 } # c\n'),
            ('llm = {a = {}, model = "x"}\n', 'llm = {a = {}, model = "y"}\n'),
            ("[llm]\nmodel = [ # one\n  1, # ]\n  '''\n]''',\n]\nb = 1\n", '[llm]\nmodel = "y"\nb = 1\n'),
            ("[llm]\nmodel = 1979-05-27 07:32:00 # c\n", '[llm]\nmodel = "y" # c\n'),
            ('[llm.g]\nmodel = "g"\n[llm]\nmodel = "x"\n', '[llm.g]\nmodel = "g"\n[llm]\nmodel = "y"\n'),
            ('[[a.llm]]\nmodel = "x"\n[llm]\nmodel = "x"\n', '[[a.llm]]\nmodel = "x"\n[llm]\nmodel = "y"\n'),
            ('[[b]]\n[b.llm]\nmodel = 1\n[llm]\nmodel = 1\n', '[[b]]\n[b.llm]\nmodel = 1\n[llm]\nmodel = "y"\n'),
            ('a = "[llm]\\nmodel = 1"\n[llm]\nmodel = 1', 'a = "[llm]\\nmodel = 1"\n[llm]\nmodel = "y"'),
            ('a = """\n[llm]\nmodel = 1"""\n[llm]\nmodel = 1', 'a = """\n[llm]\nmodel = 1"""\n[llm]\nmodel = "y"'),
            ('[llm]\nmodel = ""\n', '[llm]\nmodel = "y"\n'),
            ('[llm]\nmodel = """a""""" # c\n', '[llm]\nmodel = "y" # c\n'),
            ('[llm]\nmodel = """a\\"""" # c\n', '[llm]\nmodel = "y" # c\n'),
        ],
    )  # fmt: skip
    def test_only_the_value_changes(self, before, after):
        assert llm(before, model="y") == after

    def test_single_quotes_stay_where_they_can(self):
        assert llm("[llm]\na = 'x'\n", a="C:\\new") == "[llm]\na = 'C:\\new'\n"
        assert llm("[llm]\na = 'x'\n", a="it's") == '[llm]\na = "it\'s"\n'

    @pytest.mark.parametrize(
        "source", ['"x"', "'x'", '"""x"""', "0x10", "1_000", "1e3", "1.50", "inf", "nan", "[ 1,2 ]", "{ a=1 }", "true"]
    )
    def test_an_equal_value_is_not_touched(self, source):
        text = f"[llm]\na = {source}  # c\n"
        assert llm(text, a=tomllib.loads(text)["llm"]["a"]) == text

    @pytest.mark.parametrize(
        ("source", "value", "new"),
        [
            ("1", 1.0, "1.0"),
            ("1", True, "true"),
            ("1.0", 1, "1"),
            ("true", 1, "1"),
            ('"1"', 1, "1"),
            ("0.0", -0.0, "-0.0"),
        ],
    )
    def test_another_type_is_another_value(self, source, value, new):
        assert llm(f"[llm]\na = {source}\n", a=value) == f"[llm]\na = {new}\n"

    def test_root_keys(self):
        assert rewrite("a = 1\n[b]\n", {(): {"a": 2, "c": "x"}}) == 'a = 2\nc = "x"\n[b]\n'
        assert rewrite("# top\n\n# of b\n[b]\n", {(): {"a": 2}}) == "# top\n\na = 2\n\n# of b\n[b]\n"
        assert rewrite("", {(): {"a": 2}}) == "a = 2\n"
        assert rewrite("# top", {(): {"a": 2}}) == "# top\na = 2"

    def test_a_table_for_a_table_changes_what_differs(self):
        text = "[llm]\n[llm.g]\na = 1 # c\nb = 2\nc = 3\n"
        assert llm(text, g={"a": 1, "b": 5, "d": 4}) == "[llm]\n[llm.g]\na = 1 # c\nb = 5\nd = 4\n"

    def test_an_emptied_table_is_there(self):
        for text in ("[llm.g]\na = 1\n", "llm.g.a = 1\n", "[llm]\ng = { a = 1 }\n"):
            assert tomllib.loads(llm(text, g={})) == {"llm": {"g": {}}}

    def test_a_value_for_a_table(self):
        assert llm("[llm]\nx = 1\n[llm.g]\na = 1\n[llm.g.h]\nb = 2\n", g="s") == '[llm]\nx = 1\ng = "s"\n'
        assert llm("[llm]\ng.a = 1\ng.b = 1\n", g=3) == "[llm]\ng = 3\n"
        assert llm("[llm]\ng = { a = 1 }\n", g=3) == "[llm]\ng = 3\n"

    def test_a_list_for_an_array_of_tables(self):
        text = "[llm]\nx = 1\n[[llm.s]]\na = 1\n[[llm.s]]\na = 2\n[b]\n"
        assert llm(text, s=[{"a": 3}]) == "[llm]\nx = 1\ns = [{ a = 3 }]\n[b]\n"
        assert llm(text, s=[{"a": 1}, {"a": 2}]) == text


class TestAdding:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("[llm]\na = 1\n", "[llm]\na = 1\nn = 8\n"),
            ("[llm]\na = 1", "[llm]\na = 1\nn = 8"),
            ("[llm]", "[llm]\nn = 8"),
            ("[llm] # c\r\n", "[llm] # c\r\nn = 8\r\n"),
            ("[llm]\r\na = 1", "[llm]\r\na = 1\r\nn = 8"),
            ("[llm]\n\ta = 1 # c\n\n# of b\n[b]\n", "[llm]\n\ta = 1 # c\n\tn = 8\n\n# of b\n[b]\n"),
            ("  [llm]\n\n[b]\n", "  [llm]\n  n = 8\n\n[b]\n"),
            ("[llm]\n# m = 1\n\n[b]\n", "[llm]\nn = 8\n# m = 1\n\n[b]\n"),
            ("[llm]\na = [\n 1\n]\n[b]\n", "[llm]\na = [\n 1\n]\nn = 8\n[b]\n"),
            ("[llm]\na = '''\n# x'''\n[b]\n", "[llm]\na = '''\n# x'''\nn = 8\n[b]\n"),
            ("[llm.g]\nb = 1\n[llm]\na = 1\n[c]\n", "[llm.g]\nb = 1\n[llm]\na = 1\nn = 8\n[c]\n"),
            ("llm.a = 1\nb = 2\nllm.c = 3\nd = 4\n", "llm.a = 1\nb = 2\nllm.c = 3\nllm.n = 8\nd = 4\n"),
            ("llm = { a = 1 } # c\n", "llm = { a = 1, n = 8 } # c\n"),
            ("llm = {a=1}\n", "llm = {a=1, n = 8}\n"),
            ("llm = {  }\n", "llm = { n = 8 }\n"),
            ("# top\n[llm.g]\nb = 1\n", "[llm]\nn = 8\n\n# top\n[llm.g]\nb = 1\n"),
            ("a = '''\n# a'''\n[llm.g]\n", "a = '''\n# a'''\n[llm]\nn = 8\n\n[llm.g]\n"),
            ("a = 1\n\n# of g\n[llm.g]\nb = 1\n", "a = 1\n\n[llm]\nn = 8\n\n# of g\n[llm.g]\nb = 1\n"),
            ("", "[llm]\nn = 8\n"),
            ("\n", "\n[llm]\nn = 8\n"),
            ("[a]", "[a]\n\n[llm]\nn = 8"),
            ("[a]\r\n", "[a]\r\n\r\n[llm]\r\nn = 8\r\n"),
            ("[a]\n\n", "[a]\n\n[llm]\nn = 8\n"),
            ("# only", "# only\n\n[llm]\nn = 8"),
            ("[llm]\na = 1\n# last", "[llm]\na = 1\nn = 8\n# last"),
        ],
    )
    def test_where_a_new_key_goes(self, before, after):
        assert llm(before, n=8) == after
        assert toml.loads(after) == tomllib.loads(after)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("[llm]\na = 1\n", "[llm]\na = 1\n\n[llm.x]\nn = 8\n"),
            ("[llm]\na = 1\n\n\n# of b\n[b]\n", "[llm]\na = 1\n\n[llm.x]\nn = 8\n\n\n# of b\n[b]\n"),
            ("[llm]\na = 1\n[b]\n", "[llm]\na = 1\n\n[llm.x]\nn = 8\n\n[b]\n"),
            ("[llm]\n[llm.g]\n# a = 1\n\n[b]\n", "[llm]\n[llm.g]\n# a = 1\n\n[llm.x]\nn = 8\n\n[b]\n"),
            ("[llm.g]\r\na=1\r\n\r\n[b]\r\n", "[llm.g]\r\na=1\r\n\r\n[llm.x]\r\nn = 8\r\n\r\n[b]\r\n"),
            ("llm.a = 1\n[b]\n", "llm.a = 1\nllm.x = { n = 8 }\n[b]\n"),
            ("llm = { a = 1 }\n[b]\n", "llm = { a = 1, x = { n = 8 } }\n[b]\n"),
            ("llm = {}\n[b]\n", "llm = { x = { n = 8 } }\n[b]\n"),
            ("[b]\n", "[b]\n\n[llm.x]\nn = 8\n"),
        ],
    )  # fmt: skip
    def test_where_a_new_group_goes(self, before, after):
        assert rewrite(before, {("llm", "x"): {"n": 8}}) == after
        assert toml.loads(after) == tomllib.loads(after)

    def test_group_name_is_quoted_where_needed(self):
        text = "[llm]\na = 1\n"
        for name in ("gpt-4.1", "a b", "a/b", "ü", 'a"b', "a\\b", "a]b", "a#b", "a=b", "it's"):
            after = rewrite(text, {("llm", name): {"model": "x"}})
            assert tomllib.loads(after) == toml.loads(after) == {"llm": {"a": 1, name: {"model": "x"}}}
        assert '[llm."gpt-4.1"]' in rewrite(text, {("llm", "gpt-4.1"): {"model": "x"}})

    def test_an_existing_quoted_group(self):
        text = "[llm.'gpt-4.1'] # c\nmodel = \"x\"\n"
        assert rewrite(text, {("llm", "gpt-4.1"): {"model": "y"}}) == "[llm.'gpt-4.1'] # c\nmodel = \"y\"\n"

    def test_order_is_that_of_the_edits(self):
        assert llm("", b=1, a=2) == "[llm]\nb = 1\na = 2\n"

    def test_keys_that_belong_together(self):
        text = "[llm]\nretry_min_wait = 15\nmodel = 'x'\n"
        after = rewrite(text, {("llm",): dict.fromkeys(RETRY, 8)}, together=[RETRY])
        assert after == (
            "[llm]\nretry_min_wait = 8\nnum_retries = 8\nretry_max_wait = 8\nretry_multiplier = 8\nmodel = 'x'\n"
        )
        assert rewrite("llm = {num_retries = 1, a = 1}", {("llm",): {"retry_min_wait": 2}}, together=[RETRY]) == (
            "llm = {num_retries = 1, retry_min_wait = 2, a = 1}"
        )


class TestEnsuring:
    def test_new_file(self):
        after = rewrite("", {("llm",): {"model": "x"}}, ensure=[("core",), ("llm",)])
        assert after == '[core]\n\n[llm]\nmodel = "x"\n'

    @pytest.mark.parametrize("text", ["[core]\n", "core = {}\n", "core.a = 1\n", "[core.x]\n", "[a]\n[core]\nb = 1"])
    def test_a_table_that_is_there(self, text):
        assert rewrite(text, {}, ensure=[("core",)]) == text

    def test_a_table_that_is_missing(self):
        assert rewrite("[llm]\na = 1", {}, ensure=[("core",)]) == "[llm]\na = 1\n\n[core]"

    def test_a_table_that_an_edit_would_lose(self):
        after = rewrite("llm.a = 1\n", {("llm",): {"a": None}}, ensure=[("llm",)])
        assert tomllib.loads(after) == {"llm": {}}

    def test_no_table_without_a_key(self):
        assert rewrite("[a]\n", {("llm",): {}, ("llm", "x"): {"y": None}}) == "[a]\n"


class TestRemoving:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("[llm]\na = 1\nk = 2 # c\nb = 3\n", "[llm]\na = 1\nb = 3\n"),
            ("[llm]\n# above\n\tk = 2\r\n# below\n", "[llm]\n# above\n# below\n"),
            ("[llm]\na = 1\nk = 2", "[llm]\na = 1\n"),
            ("[llm]\nk = '''\nb = 1\n'''\nb = 2\n", "[llm]\nb = 2\n"),
            ("[llm]\nk = [\n 1, # ]\n]\n[b]\n", "[llm]\n[b]\n"),
            ("llm = { k = 1 }\n", "llm = {}\n"),
            ("llm = { k = 1, b = 2 }\n", "llm = { b = 2 }\n"),
            ("llm = { b = 2 , k = 1 }\n", "llm = { b = 2 }\n"),
            ("llm = { a = 1, k = 1 , b = 2 }\n", "llm = { a = 1 , b = 2 }\n"),
            ("llm = { a = 1, k.x = 1, k.y = 2 }\n", "llm = { a = 1 }\n"),
            ("a = 1\nllm.k = 1\n", "a = 1\n"),
            ("[llm]\nk.a = 1\nb = 1\nk.b.c = 2\n", "[llm]\nb = 1\n"),
            ("[llm]\na = 1\n\n[llm.k]\nx = 1\n\n[b]\n", "[llm]\na = 1\n\n[b]\n"),
            ("[llm.k]\nx = 1\n[b]\n[llm.k.z]\n\n# of c\n[c]\n", "[b]\n\n# of c\n[c]\n"),
            ("[[llm.k]]\nx = 1\n[llm.k.y]\n[[llm.k]]\n[b]\n", "[b]\n"),
            ("[llm]\nb = 1\n", "[llm]\nb = 1\n"),
            ("", ""),
        ],
    )
    def test_what_goes(self, before, after):
        assert llm(before, k=None) == after

    def test_replacing_all_dotted_keys_stays_dotted(self):
        assert llm("llm.a = 1\nb = 2\n", a=None, c=3) == "llm.c = 3\nb = 2\n"


class TestValues:
    TRAPS = (
        '"', '""', '"""', '""x', '"x"', '""\'', '""x\'y', "'", "''", "'''", '"\\', '""\\', "\\", "\\\\", "C:\\users",
        "\x00\\u",
        "\x1b\\\\u0041\\U", "\x7f", "\t\r\n\b\f", "a\nb", "# no", "[x]", "a=b", ",", "a, b", '",', "\u2028", "😀",
        "é", "",
    )  # fmt: skip

    @pytest.mark.parametrize("value", TRAPS)
    @pytest.mark.parametrize("before", ["[llm]\n", "[llm]\na = 'x' # c\n", "llm = { a = 'x', b = 1 }\n", "llm = {}\n"])
    def test_strings_that_openhands_would_misread(self, before, value):
        after = llm(before, a=value)
        assert tomllib.loads(after)["llm"]["a"] == value
        assert toml.loads(after) == tomllib.loads(after)

    @pytest.mark.parametrize("value", TRAPS)
    def test_strings_in_lists_and_tables(self, value):
        for nested in ([value], ["x", value], [{"b": value}, {"b": "x"}], [["x"], [value]]):
            after = llm("[llm]\n", a=nested)
            assert toml.loads(after) == tomllib.loads(after) == {"llm": {"a": nested}}

    @pytest.mark.parametrize("value", [0, -1, 10**30, 1e16, 5e-324, 1e-7, -0.0, math.inf, -math.inf, True, [], [1, 2]])
    def test_other_values(self, value):
        after = llm("[llm]\n", a=value)
        for read in (tomllib.loads(after), toml.loads(after)):
            assert read["llm"]["a"] == value
            assert type(read["llm"]["a"]) is type(value)

    def test_numbers_in_tables(self):
        after = llm("[llm]\n", a={"b": math.inf, "c": -math.inf, "d": [math.inf]})
        assert (
            toml.loads(after)
            == tomllib.loads(after)
            == {"llm": {"a": {"b": math.inf, "c": -math.inf, "d": [math.inf]}}}
        )
        after = llm("[llm]\n", a={"b": math.nan})
        assert math.isnan(toml.loads(after)["llm"]["a"]["b"])
        assert math.isnan(tomllib.loads(after)["llm"]["a"]["b"])

    def test_nan(self):
        after = llm("[llm]\n", a=math.nan)
        assert math.isnan(toml.loads(after)["llm"]["a"])
        assert llm(after, a=math.nan) == after


class TestRefusing:
    @pytest.mark.parametrize("text", ["llm = 1\n", "[[llm]]\na = 1\n", "llm = [{}]\n"])
    def test_no_table(self, text):
        with pytest.raises(SetupError, match="“llm” is not a table"):
            llm(text, a=1)

    def test_no_toml(self):
        with pytest.raises(SetupError, match="not TOML"):
            llm("[llm\n", a=1)

    def test_a_character_that_cannot_be_saved(self):
        with pytest.raises(SetupError, match="character"):
            llm("[llm]\n", a="\udc80")

    def test_the_net_catches_a_wrong_splice(self, monkeypatch):
        def clumsy(text, path, name, value, *, family):
            return text.replace("b = 1", "b = 2") + f"{name} = {value}\n"

        monkeypatch.setattr("tui.config_file.rewrite.set_value", clumsy)
        assert llm("[llm]\n", a=1) == "[llm]\na = 1\n"
        with pytest.raises(SetupError, match="nothing was written"):
            llm("[llm]\nb = 1\n", a=1)

    def test_the_net_catches_broken_toml(self, monkeypatch):
        monkeypatch.setattr("tui.config_file.rewrite.set_value", lambda text, *_args, **_names: text + "[")
        with pytest.raises(SetupError):
            llm("[llm]\n", a=1)
