"""The rows of a test fit the page, whatever the policy, the server and the width."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.retry.policy import RetryPolicy
from tui.retry.schedule import rows
from tui.trial.events import Attempt
from tui.trial.reply import Reply
from tui.widgets.attempt_rows import Columns, Row, coming, going, gone, head, progress, waits_between
from tui.widgets.schedule_bars import _presets, _rows

WAITS = st.floats(0, 1e6, allow_nan=False) | st.just(float("inf"))
POLICIES = st.builds(RetryPolicy, st.integers(1, 20), WAITS, WAITS, st.floats(0, 1e9))
REPLIES = st.builds(
    Reply,
    st.sampled_from([None, 200, 404, 429, 503]),
    st.sampled_from([None, "RateLimitError", "InternalServerError", "AnErrorWithAVeryLongNameOfItsOwn"]),
    seconds=st.floats(0, 5000),
    retry_after=st.none() | st.floats(0, 1e6),
    cause=st.sampled_from([None, "redirected", "foreign-origin", "tls", "timeout"]),
)


def width_of(row: Row) -> int:
    return sum(cell_len(text) for text, _tone in row)


@settings(deadline=None, max_examples=60)
@given(policy=POLICIES, replies=st.lists(REPLIES, min_size=1, max_size=5), width=st.integers(56, 200))
@example(RetryPolicy(1), [Reply(200)], 56)
@example(RetryPolicy(), [Reply(429, "RateLimitError", retry_after=34.07)] * 2, 56)
def test_no_row_is_wider_than_the_page(policy: RetryPolicy, replies: list[Reply], width: int) -> None:
    waits = policy.waits()
    columns = Columns.of(waits, width)
    attempts = [Attempt(number, number * 10.0, reply, True) for number, reply in enumerate(replies, start=1)]
    shown = [gone(columns, each, wait) for each, wait in zip(attempts, waits_between(attempts, waits), strict=True)]
    shown += [
        head(columns),
        going(columns, 2, 31.5, 15.0, progress(columns, 0.4, 1234.0)),
        going(columns, 3, 1e5, 0, progress(columns, 0, float("inf"))),
    ]
    shown += [coming(columns, number, number * 1e3, wait) for number, wait in enumerate(waits[:30], start=2)]
    assert max(map(width_of, shown)) <= width


@settings(deadline=None, max_examples=60)
@given(policy=POLICIES, width=st.integers(56, 200))
@example(RetryPolicy(2, 0.0, float("inf"), 1000006.0), 56)
def test_no_bar_of_a_schedule_is_wider_than_the_page(policy: RetryPolicy, width: int) -> None:
    drawn = [*_rows(rows(policy)[:30], width), *_presets(None, width)]
    assert all(width_of([*line]) <= width for line in drawn)
