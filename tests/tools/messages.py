"""Brings the catalogues of translations up to date with the code: python tests/tools/messages.py [LANGUAGE …]

A language that is named and has no catalogue yet begins one. Translations stay; what the code no longer says goes, and
what is closest to it becomes a fuzzy hint, which the program does not show. Then they are compiled.
"""

import ast
import os
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "tui/locale"
DOMAIN = "llm-setup"
KEYWORDS = {"_": 1, "many": 2}
"""What translates, and how many of its arguments say what."""
COMMENT = "# Translators: "
ARGPARSE = (
    "usage: ", "options", "positional arguments", "%(prog)s: error: %(message)s\n",
    "argument %(argument_name)s: %(message)s", "show this help message and exit",
    "show program's version number and exit", "expected one argument",
    "expected at least one argument", "expected at most one argument", "expected %s argument",
    "the following arguments are required: %s", "not allowed with argument %s", "one of the arguments %s is required",
    "ignored explicit argument %r", "unrecognized arguments: %s", "invalid %(type)s value: %(value)r",
)  # fmt: skip
"""What argparse itself says in our commands."""


def messages() -> Catalog:
    """All messages of the code, without translations, in the order of its files."""
    found = Catalog(domain=DOMAIN, charset="utf-8")
    for path in sorted((ROOT / "tui").rglob("*.py")):
        code = path.read_text()
        rows = code.splitlines()
        for call in sorted(_calls(code), key=lambda call: (call.lineno, call.col_offset)):
            text = [each.value for each in call.args[: KEYWORDS[call.func.id]]]
            before = rows[call.lineno - 2].strip()
            found.add(
                tuple(text) if call.func.id == "many" else text[0],
                locations=[(str(path.relative_to(ROOT)), call.lineno)],
                auto_comments=[before.removeprefix(COMMENT)] if before.startswith(COMMENT) else (),
            )
    for place, text in enumerate(ARGPARSE):
        plural = (text, text.replace("argument", "arguments")) if text == "expected %s argument" else text
        found.add(plural, locations=[("argparse", place)], auto_comments=["of Python's argparse"])
    return found


def _calls(code: str) -> Iterator[ast.Call]:
    """Each call that translates a text, those within f-strings among them. One that is given no text raises."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            assert all(isinstance(each, ast.Constant) for each in node.args[: KEYWORDS[node.func.id]]), ast.unparse(
                node
            )
            yield node


def updated(old: Catalog, code: Catalog) -> Catalog:
    """The messages of the code, with the translations of the old catalogue."""
    new = Catalog(locale=old.locale, domain=DOMAIN, charset="utf-8")
    dropped = {_key(each): each for each in old if each.id and not _in(code, each) and any(_strings(each))}
    for each in code:
        if not each.id:
            continue
        known = old.get(each.id, each.context) or old.get(_key(each), each.context)
        near = get_close_matches(_key(each), dropped, 1, cutoff=0.8) if known is None else []
        kept = known or (dropped[near[0]] if near else None)
        flags = {"fuzzy"} if kept and any(_strings(kept)) and (near or kept.fuzzy) else set()
        new.add(
            each.id,
            _fitting(each, kept, new.num_plurals),
            each.locations,
            flags,
            each.auto_comments,
            kept.user_comments if kept else (),
            context=each.context,
        )
    for each in new:
        each.flags -= {"python-format", "python-brace-format"}  # guesses: "5 % of it" is no format
    return new


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _in(code: Catalog, message: Message) -> bool:
    return code.get(message.id, message.context) is not None


def _strings(message: Message) -> Iterator[str]:
    yield from [message.string] if isinstance(message.string, str) else message.string


def _fitting(message: Message, kept: Message | None, plurals: int) -> str | tuple[str, ...]:
    """The translation that was kept, in as many forms as the message has now."""
    strings = [*_strings(kept)] if kept else [""]
    if not message.pluralizable:
        return strings[0]
    return tuple((strings + strings[-1:] * plurals)[:plurals])


def written(catalogue: Catalog, language: str) -> bytes:
    """The catalogue as its file says it: no dates, no numbers of lines, so that a change shows only itself."""
    body = BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, sort_by_file=True, include_lineno=False)
    header = (
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {catalogue.plural_forms}",
    )
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in header)]
    return "\n".join([*lines, "", ""]).encode() + body.getvalue().rstrip() + b"\n"


def catalogue(language: str) -> Path:
    """The file of a language."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(path: Path) -> Catalog:
    """A catalogue; one without messages where there is none yet."""
    language = path.parent.parent.name
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN, ignore_obsolete=True)


def compiled(path: Path) -> Path:
    """The catalogue as the program reads it, made anew if it is older than its source."""
    made = path.with_suffix(".mo")
    if not made.exists() or made.stat().st_mtime_ns <= path.stat().st_mtime_ns:
        content, translations = BytesIO(), read(path)
        for each in translations:
            each.string = each.string if all(_strings(each)) else ""  # of one without, English is shown
        write_mo(content, translations)
        new = made.with_suffix(f".{os.getpid()}")
        new.write_bytes(content.getvalue())
        new.replace(made)  # several processes of a test run may be at it
    return made


def compile_all() -> None:
    """Each catalogue that is not as its source says."""
    for path in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"):
        compiled(path)


def main(languages: list[str]) -> None:
    """Bring up to date the catalogues that are there and those that are named."""
    code = messages()
    for path in sorted({*CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"), *map(catalogue, languages)}):
        new = updated(read(path), code)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(new, path.parent.parent.name))
        compiled(path)
        left = sum(not all(_strings(each)) or each.fuzzy for each in new if each.id)
        print(f"{path.relative_to(ROOT)}: {len(new)} messages, {left} to be translated")


if __name__ == "__main__":
    main(sys.argv[1:])
