"""Asking on a plain terminal: a line is printed, a line is read."""

import contextlib
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.key_shapes import looks_like_key
from tui.base.translation import _
from tui.commands.gate import gate
from tui.commands.output import prose, write
from tui.commands.questions import ask_hidden
from tui.widgets.steps import Step

T = TypeVar("T")
SHOWN: Final = 15
"""Choices that are listed at once: more are narrowed by a part of a name."""
JUMPS: Final = {":review": Step.REVIEW, ":test": Step.TEST, ":overview": Step.OVERVIEW}


class Back(Exception):
    """`<`: the question before."""


class Leave(Exception):
    """`:quit`."""


class InputEnded(Exception):
    """Nobody answers any more."""


class Jump(Exception):
    """`:review` and the like."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.value)
        self.step = step


class Live(Exception):
    """`:live`: the provider itself is to be asked."""


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One choice: what it is called, what is to be known of it, and whether it can be taken."""

    value: T
    label: str
    words: str = ""
    names: tuple[str, ...] = ()
    """Words for it beside its label and its number."""
    possible: bool = True

    def is_called(self, answer: str) -> bool:
        """Whether an answer names it."""
        return answer.casefold() in {name.casefold() for name in (self.label, *self.names)}


class Talk:
    """One conversation. `answers` counts the answers that came."""

    def __init__(self) -> None:
        self.answers = 0
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")

    def say(self, *lines: str) -> None:
        """Print sentences; nobody who reads them is the end of the conversation."""
        if not write(prose(lines, sys.stdout)):
            raise InputEnded

    def ask(self, prompt: str, *, default: str = "", explain: Callable[[], Iterable[str]] = tuple) -> str:
        """The answer, `default` for an empty one, which stands in brackets. `?` explains, and asks again.

        `\\` in front of a word takes it as it is. Raises Back, Jump, Live, Leave, InputEnded.
        """
        shown = _("{question}: ").format(question=f"{prompt} [{default}]" if default else prompt)
        while True:
            answer = self._read(shown).strip()
            if answer == "?":
                self.say(*explain(), *_ways())
            elif answer == "<":
                raise Back
            elif answer in JUMPS:
                raise Jump(JUMPS[answer])
            elif answer == ":quit":
                raise Leave
            elif answer == ":live":
                raise Live
            elif looks_like_key(answer):
                self.say(_("That looks like an API key, so it was not taken here. It is asked for on its own."))
            else:
                return answer.removeprefix("\\") or default

    def agrees(self, question: str, *, default: bool) -> bool:
        """Yes or no."""
        yes, no = _("yes"), _("no")
        while True:
            answer = self.ask(f"{question} {yes}/{no}", default=yes if default else no).casefold()
            if answer in (yes, yes[:1], "y", "yes"):
                return True
            if answer in (no, no[:1], "n", "no"):
                return False

    def hidden(self, prompt: str) -> str | None:
        """What is typed unseen, "" for nothing; None where there is no terminal to type it on."""
        with _interruptible():
            try:
                return ask_hidden(_("{question}: ").format(question=prompt))
            except SetupError:
                return None

    def choose(
        self, title: str, options: Sequence[Option[T]], *, default: T | None = None,
        explain: Callable[[], Iterable[str]] = tuple,
    ) -> T:  # fmt: skip
        """One of a few, by number or name."""
        self.say(*_listed(options))
        named = next((option.label for option in options if option.value == default and option.possible), "")
        while True:
            answer = self.ask(title, default=named, explain=explain)
            option = _picked(options, answer)
            if option and option.possible:
                return option.value
            said = option.words if option else _("Type one of the numbers, or a name.")
            self.say(said or _("That is not possible here."))

    def search(
        self, title: str, find: Callable[[str], Sequence[Option[T]]], *, nothing: Callable[[str], str],
        explain: Callable[[], Iterable[str]] = tuple,
    ) -> tuple[T, str]:  # fmt: skip
        """One of many, and the text that found it: a part of a name narrows, a number or a whole name takes."""
        query, options = "", find("")
        self._list_some(options)
        while True:
            answer = self.ask(title, default=options[0].label if options else "", explain=explain)
            option = _picked(options[:SHOWN], answer)
            if option:
                return option.value, query
            query, options = answer, find(answer)
            whole = next((each for each in options if each.is_called(answer)), None)
            if whole or len(options) == 1:
                return (whole or options[0]).value, query
            if options:
                self._list_some(options)
            else:
                self.say(nothing(query))
                query, options = "", find("")

    def _list_some(self, options: Sequence[Option[T]]) -> None:
        self.say(*_listed(options[:SHOWN]))
        if len(options) > SHOWN:
            words = _("{shown} of {all}; a part of a name narrows them.")
            self.say(words.format(shown=SHOWN, all=len(options)))

    def _read(self, prompt: str) -> str:
        encoding = (sys.stdout.encoding if sys.stdout else "") or "ascii"
        print(gate()(prompt).encode(encoding, "backslashreplace").decode(encoding), end="", flush=True)  # noqa: T201
        with _interruptible():
            line = sys.stdin.readline() if sys.stdin else ""
        if not (sys.stdin and sys.stdin.isatty()):
            print(flush=True)  # noqa: T201 - no terminal has shown the end of the answer
        if not line:
            raise InputEnded
        self.answers += 1
        return line


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl+C ends the program where it waits for an answer; asyncio would cancel what runs, and wait on."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _listed(options: Sequence[Option[T]]) -> list[str]:
    """A line each: for a reader of lines, the name comes before what is to be known of it."""
    lines = []
    for number, option in enumerate(options, start=1):
        label = clean(option.label, limit=120)
        said = _("{label}: {value}").format(label=label, value=option.words) if option.words else label
        lines.append(f"{number:>3}  {said}")
    return lines


def _picked(options: Sequence[Option[T]], answer: str) -> Option[T] | None:
    if answer.isdecimal() and 0 < int(answer) <= len(options):
        return options[int(answer) - 1]
    return next((option for option in options if option.is_called(answer)), None)


def _ways() -> list[str]:
    return [
        _("Enter takes what stands in brackets, < goes back, :review looks at what would be saved, :quit leaves."),
        _(":test and :overview go there at once, and a \\ in front takes the rest of a line as it is."),
    ]
