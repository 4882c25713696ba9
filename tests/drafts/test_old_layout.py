"""The layout of 2024 in the wizard: taken over as typed, and its lines go with the save."""

from pathlib import Path

from tools.pictures import draft_of

from tui.credentials.store import Store
from tui.drafts.repairs import take_over

KEY = "sk-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg"
OLD = f'LLM_MODEL = "openai/gpt-4o"\nLLM_API_KEY = "{KEY}"\nLLM_NUM_RETRIES = 3\nWORKSPACE_BASE = "./w"\n'


def opened(tmp_path: Path, text: str = OLD):
    path = tmp_path / "config.toml"
    path.write_text(text)
    draft = draft_of(path)
    take_over(draft)
    return draft


def test_it_does_not_open_as_if_nothing_were_there(tmp_path: Path) -> None:
    draft = opened(tmp_path)
    assert not draft.first_run
    assert draft.dirty
    assert (draft.texts["model"], draft.texts["num_retries"]) == ("openai/gpt-4o", "3")
    assert draft.provider
    assert draft.provider.id == "openai"
    typed = draft.typed_secret()
    assert typed
    assert typed.reveal() == KEY


def test_saving_puts_it_into_its_table_and_leaves_no_dead_line_and_no_key(tmp_path: Path) -> None:
    draft = opened(tmp_path)
    draft.store = Store.KEYRING
    text = draft.preview()
    assert "LLM_" not in text
    assert KEY not in text
    assert 'WORKSPACE_BASE = "./w"' in text
    assert '[llm]\nmodel = "openai/gpt-4o"\n' in text
    assert "num_retries = 3\n" in text


def test_a_key_that_goes_nowhere_stays(tmp_path: Path) -> None:
    draft = opened(tmp_path)
    draft.edit_secret("api_key", None)
    assert KEY in draft.preview()


def test_other_files_open_as_before(tmp_path: Path) -> None:
    for text in ("", "[core]\n", 'LLM_MODEL = "x"\n[llm]\nmodel = "openai/y"\n'):
        draft = opened(tmp_path, text)
        assert not draft.old_layout
        assert draft.texts["model"] == ("openai/y" if "y" in text else "")
