"""Reusable parts of screens: rows, lists, bars, the frame above a page and the keys below it.

Begin with `tone`, by which all text is put together, and `row`, one control in one row.

**The grid.** On a terminal of W columns everything begins in column 2 (`frame.EDGE`) and ends in column W-3; beside a
pane W is the pane's first column. Column 1 is the margin: the bar `▌` stands there, in the row that has the focus, and
nothing else does. Labels have 18 cells (`row.LABEL`), so that fields begin in column 20. The thin scroll bar is in the
last column.

A page is a container of class `grid`, which gives its children a margin of one cell on either side. A child of class
`row` has none: it paints its own margin bar, as `Row`, `PickList` and `Places` do. A container within is
`grid row`. Where a list scrolls and not the page, the page says `LISTS = True`.

**Frame**, from above: `TopBar` (name, file, changes), `StepBar` or `TitleBar` (where we are; two lines with the
hairline), an empty line, the page, `KeyBar`. Hints for the key bar are written in one notation: `enter`, `esc`, `^s`,
`f1`, `↑ ↓`; those of the whole program (`f1 ^p ^q`) are put at the right edge by the bar itself.

**Parts of a page**

* `headings.Question`: what the page asks, bold, the first line; a note at the right edge. `Section`: `Title ──── note`.
* `row.Row(label, control, cells=…)`: a label, a control, words behind it by `put`. `FieldRow` is the one for settings.
* `choice.Choice`: one of many. `choice.Segments`: all values stand there.
* `remark.Band`: how something ended, in a sentence across the page; `remark.Figures`: a few numbers side by side.
* `details.Details` of `Fact(label, value, tone, note)`, `Bar` and `Heading`: what is known, in three columns.
* `command_card.CommandCard`: a shell line to be copied, broken where the shell lets it be.
* `attempt_list.AttemptList`: a test as it goes on; its rows are made in `attempt_rows`.
* `bars.Bars` of `Bar(label, share, value, tone)`; `bars.sparkline` in one cell a value; `tone.bar` for a bar in a line.
* `file_views.DiffView`, `file_views.FileView`: lines of a file with their numbers.
* `pick_list.PickList`: many rows, one of them highlighted; a `Divider` among them is a head or an empty line.
  `choice_list.Places`: a few, one of them chosen.
* `remark.Remark`: a sentence with `!` or `✓` before it. `remark.remark_line` is the same as a line of text.
* `explanation.Explanation`: the pane, whose rows are lines of text or a `Heading`.

**Lines** are lists of pieces, a text and a tone each: `tone.apart` puts some at the left edge, some at the right one,
`tone.rule` is a section's head, `tone.fitting` cuts what has no room, with an ellipsis. Tones say what something is
(`muted`, `key`, `press`, `look-out`), never a colour. Amber is for what one has to look out for and for nothing else.
"""
