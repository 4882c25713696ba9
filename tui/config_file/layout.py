"""Where new lines go in a TOML text: where a person would put them, in the newlines and indentation around them."""

from tui.config_file.scanner import Section, line_end, line_start


def newline_at(text: str, at: int) -> str:
    """How the line of `at` ends, or else the first one of `text`."""
    end = line_end(text, at)
    if not text[:end].endswith("\n"):
        end = line_end(text, 0)
    return "\r\n" if text[:end].endswith("\r\n") else "\n"


def add_line(text: str, after: int, line: str) -> str:
    """`text` with `line` in the line after that of `after`. A newline missing at the end stays missing."""
    at = line_end(text, after)
    newline = newline_at(text, after)
    if text[:at].endswith("\n"):
        return text[:at] + line + newline + text[at:]
    return text[:at] + newline + line + text[at:]


def add_above(text: str, sections: list[Section], number: int, line: str) -> str:
    """`text` with `line` and a blank line above section `number` and the comment that belongs to it."""
    at = top(text, sections, number, blank=False)
    newline = newline_at(text, sections[number].start)
    return text[:at] + line + newline * 2 + text[at:]


def add_section_after(text: str, sections: list[Section], number: int, header: str) -> str:
    """`text` with `header` behind section `number`, before the blank lines and the comment of the next."""
    if number == len(sections) - 1:
        return add_section_at_end(text, header)
    at = top(text, sections, number + 1, blank=True)
    newline = newline_at(text, sections[number + 1].start)
    gap = "" if text[at : line_end(text, at)].strip() == "" else newline
    return text[:at] + newline + header + newline + gap + text[at:]


def add_section_at_end(text: str, header: str) -> str:
    """`text` with `header` as its last line and a blank line above it."""
    if not text:
        return f"{header}\n"
    newline = newline_at(text, 0)
    if not text.endswith("\n"):
        return text + newline * (2 if text.strip() else 1) + header
    blank = not text[line_start(text, len(text) - 1) :].strip()
    return text + ("" if blank else newline) + header + newline


def without_lines(text: str, start: int, end: int, *, section: bool = False) -> str:
    """`text` without the lines from that of `start` to that of `end`; behind a section, its blank lines go too."""
    above, below = text[: line_start(text, start)], text[line_end(text, end) :]
    if section and not above[line_start(above, len(above) - 1) if above else 0 :].strip():
        while (line := below[: line_end(below, 0)]) and not line.strip():
            below = below[len(line) :]
    return above + below


def comment_end(text: str, at: int) -> int:
    """Where the last line begins of the comment at `at`: its own, or of the comments below if it opens a bracket."""
    end = line_end(text, at)
    if text[at:end].rstrip()[-1:] not in ("[", "{"):
        return at
    while text[end : line_end(text, end)].lstrip(" \t").startswith("#"):
        at, end = end, line_end(text, end)
        if text[at:end].lstrip("# \t")[:1] in ("]", "}"):
            break
    return at


def top(text: str, sections: list[Section], number: int, *, blank: bool) -> int:
    """Where the comment right above section `number` begins, or with `blank` the blank lines above that."""
    floor = line_end(text, sections[number - 1].last) if number > 1 or sections[0].entries else 0
    at = line_start(text, sections[number].start)
    while at > floor and text[line_start(text, at - 1) : at].lstrip(" \t").startswith("#"):
        at = line_start(text, at - 1)
    while blank and at > floor and not text[line_start(text, at - 1) : at].strip():
        at = line_start(text, at - 1)
    return at
