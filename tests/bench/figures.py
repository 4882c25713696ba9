"""Figures, their goals, and the table of them."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. A goal is a limit of the value, or with `relative` of its ratio to the floor's."""

    name: str
    unit: str
    ours: float
    floor: float | None = None
    goal: float | None = None
    relative: bool = False
    ratios: tuple[float, ...] = ()
    """Of each pair that was started side by side: a machine that changes its pace meanwhile changes it for both."""

    @property
    def ratio(self) -> float | None:
        """How many times the floor: the middle one of the pairs where there are any."""
        if self.ratios:
            return statistics.median(self.ratios)
        return self.ours / self.floor if self.floor else None

    @property
    def spread(self) -> str:
        """The ratio, and from where to where those of the pairs went."""
        if self.ratio is None:
            return ""
        ends = f" ({min(self.ratios):.2f}–{max(self.ratios):.2f})" if self.ratios else ""
        return f"{self.ratio:.2f}{ends}"

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        value = self.ratio if self.relative else self.ours
        return value is not None and round(value, 2) <= self.goal

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def high(values: Sequence[float]) -> float:
    """The 95th percentile: a single slow key on a busy machine is no fault of the program's."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def table(figures: Sequence[Figure]) -> str:
    """All figures, in columns."""
    rows = [("figure", "ours", "floor", "ratio", "goal", "met?"), *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def markdown(figures: Sequence[Figure], about: Mapping[str, str]) -> str:
    """What the README shows: the figures that have a goal."""
    told = ", ".join([about["date"], about["machine"], *(f"{k} {about[k]}" for k in ("Python", "Textual", "load"))])
    rows = [_row(figure) for figure in figures if figure.goal is not None]
    lines = [f"Measured {told}:", "", "| figure | ours | floor | ratio | goal | met |", "|---|--:|--:|--:|--:|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def _row(figure: Figure) -> tuple[str, str, str, str, str, str]:
    goal = ""
    if figure.goal is not None:
        goal = f"≤ {figure.goal:.2f} x" if figure.relative else f"≤ {figure.goal:,g}"
    return (
        f"{figure.name}, {figure.unit}",
        _number(figure.ours),
        _number(figure.floor),
        figure.spread,
        goal,
        {None: "", True: "yes", False: "NO"}[figure.met],
    )


def _number(value: float | None) -> str:
    if value is None:
        return ""
    whole = abs(value) >= 1000 or value == int(value)
    return f"{value:,.0f}" if whole else f"{value:,.2f}" if value < 3 else f"{value:,.1f}"
