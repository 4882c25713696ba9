"""The fields of the Key step, provider by provider: Enter always goes somewhere, or says which field is missing."""

from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest
from textual.events import Paste
from textual.widgets import Input, Static
from tools.pictures import OPEN, StillApp, catalogue, draft_of, open_all, settled

from tui.base.secret import Secret
from tui.checks.problems import problems, unfinished
from tui.credentials.keyring_state import KeyringState, KeyringStatus
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.screens.messages import Move
from tui.screens.search import SearchScreen
from tui.widgets.choice_list import Places
from tui.widgets.steps import Step

if TYPE_CHECKING:
    from textual.pilot import Pilot

ACCESS = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
NONE = KeyringStatus(KeyringState.NONE, "")


def begun(home: Path, id_: str, environ: dict[str, str] | None = None) -> Draft:
    draft = draft_of(home / "config.toml", environ)
    draft.choose_provider(next(provider for provider in catalogue().providers if provider.id == id_))
    return draft


class Opened:
    """The wizard on its Key step."""

    def __init__(self, draft: Draft, look: KeyringStatus = OPEN) -> None:
        self.app = StillApp(draft, look)
        open_all(self.app, Step.KEY)

    async def __aenter__(self) -> Self:
        self._running = self.app.run_test(size=(80, 24))
        self.pilot: Pilot[str] = await self._running.__aenter__()
        await settled(self.pilot)
        self.app.on_move(Move(Step.KEY))
        await settled(self.pilot, lambda: self.app.screen.name == "key" and self.app.screen.focused is not None)
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self._running.__aexit__(*raised)

    async def type(self, text: str) -> None:
        control = self.app.focused
        assert isinstance(control, Input)
        control.value = text
        await settled(self.pilot)

    async def paste(self, text: str) -> None:
        self.app.post_message(Paste(text))
        await settled(self.pilot)

    async def enter(self, focus: str = "", step: Step = Step.KEY) -> None:
        await self.pilot.press("enter")
        arrived = lambda: self.app.screen.name == step.value and (not focus or self.focus == focus)  # noqa: E731
        await settled(self.pilot, arrived)

    @property
    def focus(self) -> str:
        focused = self.app.focused
        return (focused.id or "") if focused else ""

    def shows(self, id_: str) -> str:
        return str(self.app.screen.query_one(f"#{id_}", Static).content)

    def value(self, key: str) -> str:
        return self.app.screen.query_one(f"#{key}", Input).value


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        ("openai_compatible", "OpenAI-compatible endpoint needs Base URL: type it here, such as https://HOST/v1."),
        ("azure", "Azure OpenAI needs Base URL: type it here, such as https://NAME.openai.azure.com."),
        ("bedrock", "AWS Bedrock needs AWS region: type it here, such as us-east-1."),
    ],
)
async def test_enter_in_an_empty_first_field_names_what_is_missing(home: Path, id_: str, said: str) -> None:
    async with Opened(begun(home, id_)) as opened:
        first = opened.focus
        assert opened.app.screen.query_one(f"#{first}", Input).placeholder.startswith("e.g. ")
        await opened.enter(focus=first)
        assert opened.shows("problem") == said
        await opened.type("x")
        assert opened.shows("problem") != said


@pytest.mark.parametrize(
    ("id_", "url"),
    [("ollama", "http://localhost:11434"), ("lm_studio", "http://localhost:1234/v1"),
     ("litellm_proxy", "http://localhost:4000")],
)  # fmt: skip
async def test_enter_takes_an_address_that_works_by_itself_and_says_so(home: Path, id_: str, url: str) -> None:
    async with Opened(begun(home, id_)) as opened:
        control = opened.app.screen.query_one("#base_url", Input)
        assert (opened.focus, control.placeholder) == ("base_url", f"enter takes {url}")
        if id_ == "ollama":
            await opened.enter(step=Step.MODEL)
            said = [notice.message for notice in opened.app._notifications]
            assert said == [f"Base URL is {url}, as usual."]
        else:
            await opened.enter(focus="api_key")
            assert opened.shows("problem") == f"Base URL is {url}, as usual."
        assert opened.app.draft.texts["base_url"] == url


async def test_lm_studio_needs_nothing_but_enter(home: Path) -> None:
    async with Opened(begun(home, "lm_studio")) as opened:
        await opened.enter(focus="api_key")
        await opened.enter(step=Step.MODEL)
        assert opened.app.draft.typed_secret() == Secret("lm-studio")
        assert opened.app.draft.store is Store.KEYRING


async def test_azure_is_walked_through_in_order(home: Path) -> None:
    async with Opened(begun(home, "azure"), NONE) as opened:
        await opened.type("me.openai.azure.com")
        await opened.enter(focus="api_version")
        assert opened.value("base_url") == "https://me.openai.azure.com"
        await opened.enter(focus="api_key")
        assert opened.value("api_version") == "2024-10-21"
        await opened.enter(focus="places")  # nothing typed: it may be in the environment
        assert "No key is typed" in opened.shows("delivery")
        await opened.paste("0123456789abcdef0123456789abcdef")
        assert opened.focus == "api_key"
        assert "No key is typed" not in opened.shows("delivery")
        await opened.enter(focus="places")
        opened.app.screen.query_one("#api_version", Input).value = ""
        await settled(opened.pilot)
        await opened.enter(focus="api_version")
        assert "Azure OpenAI needs API version" in opened.shows("problem")


async def test_an_address_in_the_environment_is_not_asked_for(home: Path) -> None:
    environ = {"LLM_BASE_URL": "http://localhost:8000/v1"}
    async with Opened(begun(home, "openai_compatible", environ)) as opened:
        assert opened.focus == "api_key"


async def test_bedrocks_fields_are_taken_in_order(home: Path) -> None:
    async with Opened(begun(home, "bedrock")) as opened:
        await opened.type("us-east-1")
        await opened.enter(focus="aws_access_key_id")
        await opened.paste(ACCESS)
        assert "•••MPLE  20 characters" in opened.shows("about-aws_access_key_id")
        await opened.enter(focus="aws_secret_access_key")
        await opened.enter(focus="aws_secret_access_key")
        assert opened.shows("problem").startswith("AWS secret key is missing: it belongs to the AWS access key.")
        assert "key" in unfinished(opened.app.draft), "half a pair is no key"
        assert any(problem.blocks for problem in problems(opened.app.draft) if problem.field.key != "model")
        await opened.paste(SECRET)
        assert opened.shows("problem") == ""
        await opened.enter(step=Step.MODEL)
        assert len(opened.app.draft.typed_secrets()) == 2


@pytest.mark.parametrize("pasted", [True, False])
async def test_the_secret_does_not_overwrite_the_access_key(home: Path, pasted: bool) -> None:
    draft = begun(home, "bedrock")
    draft.edit("aws_region_name", "us-east-1")
    draft.edit_secret("aws_access_key_id", Secret(ACCESS))
    async with Opened(draft) as opened:
        opened.app.screen.query_one("#aws_access_key_id").focus()
        await settled(opened.pilot)
        if pasted:
            await opened.paste(SECRET)
        else:  # where pastes come as typing
            for end in (1, 20, 40):
                await opened.type(SECRET[:end])
        assert (opened.value("aws_access_key_id"), opened.value("aws_secret_access_key")) == (ACCESS, SECRET)
        assert opened.focus == "aws_secret_access_key"
        assert "Put here" in opened.shows("about-aws_secret_access_key")
        assert draft.typed_secret("aws_access_key_id") == Secret(ACCESS)
        assert draft.typed_secret("aws_secret_access_key") == Secret(SECRET)


async def test_halves_pasted_over_the_places_find_their_fields(home: Path) -> None:
    draft = begun(home, "bedrock")
    draft.edit("aws_region_name", "us-east-1")
    async with Opened(draft) as opened:
        for half in (SECRET, ACCESS):
            opened.app.screen.query_one(Places).focus()
            await settled(opened.pilot)
            await opened.paste(half)
        assert (opened.value("aws_access_key_id"), opened.value("aws_secret_access_key")) == (ACCESS, SECRET)


async def test_bedrock_without_keys_says_that_the_machine_has_a_role(home: Path) -> None:
    async with Opened(begun(home, "bedrock")) as opened:
        await opened.type("us-east-1")
        await opened.enter(focus="aws_access_key_id")
        assert "No keys: OpenHands has those of its machine's role" in opened.shows("delivery")
        await opened.enter(step=Step.MODEL)
        assert opened.app.draft.store is None
        assert opened.app.draft.typed_secrets() == {}


TOGETHER = [
    f"{ACCESS}\n{SECRET}",
    f"{SECRET}\t{ACCESS}\n",
    f"[default]\naws_access_key_id = {ACCESS}\naws_secret_access_key = {SECRET}\n",
    f"export AWS_ACCESS_KEY_ID={ACCESS}\nexport AWS_SECRET_ACCESS_KEY={SECRET}",
    f"Access key ID,Secret access key\n{ACCESS},{SECRET}",
    f'{{"AccessKeyId": "{ACCESS}", "SecretAccessKey": "{SECRET}", "Status": "Active"}}',
]


@pytest.mark.parametrize("field", ["aws_access_key_id", "aws_secret_access_key", "aws_region_name"])
async def test_both_aws_keys_pasted_at_once_go_to_their_fields(home: Path, field: str) -> None:
    draft = begun(home, "bedrock")
    async with Opened(draft) as opened:
        for text in TOGETHER:
            opened.app.screen.query_one(f"#{field}").focus()
            await opened.paste(text)
            assert (opened.value("aws_access_key_id"), opened.value("aws_secret_access_key")) == (ACCESS, SECRET), text
            assert draft.typed_secret("aws_access_key_id") == Secret(ACCESS), text
            assert draft.typed_secret("aws_secret_access_key") == Secret(SECRET), text
            assert opened.value("aws_region_name") == "", text
            assert "both halves" in opened.shows("about-aws_secret_access_key"), text
            for key in ("aws_access_key_id", "aws_secret_access_key"):
                opened.app.screen.query_one(f"#{key}", Input).value = ""
            await settled(opened.pilot)
            assert draft.typed_secrets() == {}
            assert "both halves" not in opened.shows("about-aws_secret_access_key"), "of the text before"


async def test_two_keys_of_one_kind_are_refused(home: Path) -> None:
    draft = begun(home, "bedrock")
    async with Opened(draft) as opened:
        opened.app.screen.query_one("#aws_access_key_id").focus()
        await opened.paste(f"{ACCESS}\n{ACCESS.replace('7', '8')}\n{SECRET}")
        assert "more than one key" in opened.shows("about-aws_access_key_id")
        assert draft.typed_secrets() == {}


async def test_what_is_no_half_of_an_aws_key_is_said(home: Path) -> None:
    draft = begun(home, "bedrock")
    draft.edit("aws_region_name", "us-east-1")
    async with Opened(draft) as opened:
        opened.app.screen.query_one("#aws_access_key_id").focus()
        await opened.paste("ABSKQmVkcm9ja0FQSUtleS1leGFtcGxl")
        assert "an access key is AKIA or ASIA" in opened.shows("about-aws_access_key_id")
        await opened.paste(ACCESS.replace("AKIA", "ASIA"))
        assert "AWS_SESSION_TOKEN" in opened.shows("about-aws_access_key_id")


async def test_a_command_that_is_not_typed_is_asked_for(home: Path) -> None:
    draft = begun(home, "anthropic")
    draft.store = Store.COMMAND
    async with Opened(draft, NONE) as opened:
        await opened.enter(focus="command-api_key")
        await opened.enter(focus="command-api_key")
        assert opened.shows("problem") == "Type the command whose output is the key."


ZHIPU, HEX = "0f3a9c1e7b4d4c8a9e1f0a2b3c4d5e6f.aB3xK9mQ2wE7rT5y", "9f8e7d6c5b4a39281706f5e4d3c2b1a0"


@pytest.mark.parametrize(
    ("provider", "key", "bare"),
    [("openai_compatible", "base_url", ZHIPU), ("azure", "api_version", HEX), ("azure", "base_url", HEX)],
)
async def test_a_key_without_a_beginning_goes_from_another_field_to_its_own(
    home: Path, provider: str, key: str, bare: str
) -> None:
    async with Opened(begun(home, provider), NONE) as opened:
        control = opened.app.screen.query_one(f"#{key}", Input)
        control.focus()
        await settled(opened.pilot)
        await opened.paste(bare)
        assert (control.value, opened.focus, opened.app.draft.typed_secret()) == ("", "api_key", Secret(bare))
        opened.app.draft.edit_secret("api_key", None)
        control.focus()
        await settled(opened.pilot)
        await opened.type(bare)
        assert "looks like an API key" in opened.shows("problem")
        await opened.enter(focus=key)
        assert control.value == bare, "it is not made into an address"
        await opened.pilot.press("ctrl+o")
        await settled(opened.pilot)
        assert (control.value, opened.focus, opened.app.draft.typed_secret()) == ("", "api_key", Secret(bare))


async def test_what_is_searched_for_is_kept_nowhere(home: Path) -> None:
    async with Opened(begun(home, "openai")) as opened:
        opened.app.on_move(Move(Step.PROVIDER))
        await settled(opened.pilot, lambda: opened.app.screen.name == "provider")
        await opened.type(HEX)
        assert isinstance(opened.app.screen, SearchScreen)
        assert opened.app.screen.begun_text() == ""


async def test_an_address_that_enter_puts_right_is_said_on_the_next_page(home: Path) -> None:
    async with Opened(begun(home, "ollama")) as opened:
        await opened.type("localhost:11500/v1")
        await opened.enter(step=Step.MODEL)
        assert opened.app.draft.texts["base_url"] == "http://localhost:11500"
        said = [notice.message for notice in opened.app._notifications]
        assert said == ["http:// was put in front. /v1 was taken off: litellm adds it itself."]


async def test_what_enter_will_put_right_is_not_called_wrong_while_it_is_typed(home: Path) -> None:
    async with Opened(begun(home, "ollama")) as opened:
        problem = opened.app.screen.query_one("#problem", Static)
        await opened.type("127.0.0.1:18434")
        assert "begins with http" not in str(problem.content)
        await opened.type("ftp://127.0.0.1:18434")
        assert "begins with http" in str(problem.content)
