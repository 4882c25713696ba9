"""What `key set` knows of a key, test, exec and the wizard know as well."""

from pathlib import Path

import pytest
from tools.pictures import draft_of

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.checks.keys import require_usable
from tui.checks.problems import problems

KEY = "sk-ant-api03-0123456789abcdef"


def of(tmp_path: Path, model: str = "anthropic/claude-x", more: str = "", environ: dict[str, str] | None = None):
    path = tmp_path / "config.toml"
    path.write_text(f'[llm]\nmodel = "{model}"\n{more}')
    return draft_of(path, environ)


@pytest.mark.parametrize("key", ["${KEY}", "your-api-key", "ANTHROPIC_API_KEY", "op://vault/item/field"])
def test_exec_refuses_what_is_no_key_where_one_is_needed(tmp_path: Path, key: str) -> None:
    with pytest.raises(SetupError) as caught:
        require_usable(of(tmp_path), {"LLM_API_KEY": Secret(key)})
    assert "LLM_API_KEY: " in str(caught.value)
    assert KEY[4:12] not in str(caught.value) + caught.value.hint
    require_usable(of(tmp_path), {"LLM_API_KEY": Secret(KEY)})


def test_exec_hands_a_dummy_over_to_a_server_of_ones_own(tmp_path: Path) -> None:
    draft = of(tmp_path, "openai/x", 'base_url = "http://localhost:8000/v1"\n')
    require_usable(draft, {"LLM_API_KEY": Secret("your-api-key")})


def test_the_wizard_says_what_is_wrong_with_a_key_of_the_environment(tmp_path: Path) -> None:
    said = problems(of(tmp_path, environ={"LLM_API_KEY": f'"{KEY}"'}))
    assert [problem.field.key for problem in said] == ["api_key"]
    assert said[0].message.startswith("LLM_API_KEY: ")
    assert "quotes" in said[0].message
    assert not said[0].blocks


def test_the_wizard_says_what_is_wrong_with_a_key_of_the_file(tmp_path: Path) -> None:
    said = problems(of(tmp_path, more='api_key = "${ANTHROPIC_API_KEY}"\n'))
    assert "literally" in said[0].message
