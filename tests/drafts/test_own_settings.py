"""Our own settings, written by several parts of one program, and by several programs."""

import pytest

from tui.config_file.locks import Conflict
from tui.drafts.own_settings import OwnSettings


def test_what_was_saved_meanwhile_stays_and_what_is_saved_now_is_added() -> None:
    early, late = OwnSettings(), OwnSettings()
    late.save({("preferences",): {"theme": "ansi"}, ("written", "/x"): {"num_retries": "8"}})
    early.save({("preferences",): {"for": "cli"}, ("stores",): {"llm-setup:openai": "file"}})
    for own in (early, OwnSettings()):
        assert (own.preference("for"), own.preference("theme")) == ("cli", "ansi")
        assert (own.store_of("llm-setup:openai"), own.written(type(own.path)("/x"))) == ("file", {"num_retries": "8"})


def test_the_same_setting_saved_meanwhile_is_a_conflict() -> None:
    early, late = OwnSettings(), OwnSettings()
    late.save({("stores",): {"llm-setup:openai": "file"}})
    with pytest.raises(Conflict):
        early.save({("stores",): {"llm-setup:openai": "keyring"}})
    assert OwnSettings().store_of("llm-setup:openai") == "file"
