"""Whether a policy outlasts a limit of requests a minute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.retry.policy import PRESETS, RetryPolicy
from tui.retry.schedule import HELPFUL, in_a_sentence, passing, rows


@pytest.mark.parametrize(
    ("policy", "per_minute", "attempt"),
    [
        (RetryPolicy(8, 15, 120, 2), 10, 5),
        (RetryPolicy(8, 15, 120, 2), 3, 6),  # at 1:01 the attempts at 0:15, 0:30 and 0:45 still count
        (RetryPolicy(8, 15, 120, 2), 1, 7),
        (RetryPolicy(5, 8, 64, 8), 10, 5),
        (RetryPolicy(4, 5, 30, 2), 1000, None),
        (RetryPolicy(6, 20, 60, 20), 1, 4),
        (RetryPolicy(6, 2, 30, 2), 10, 6),
        (RetryPolicy(6, 2, 30, 2), 4, None),
        (RetryPolicy(1), 10, None),
        (RetryPolicy(2, 60, 60, 1), 1, 2),
        (RetryPolicy(40, 10, 10, 1), 3, None),
    ],
)
def test_first_attempt_that_gets_through(policy, per_minute, attempt):
    row = passing(policy, per_minute)
    assert (row.attempt if row else None) == attempt


@given(
    st.builds(
        RetryPolicy, st.integers(1, 30), st.integers(0, 120), st.integers(0, 300), st.floats(0, 100, allow_nan=False)
    ),
    st.integers(1, 100),
)
def test_it_agrees_with_a_provider_that_counts(policy, per_minute):
    """A sliding window that is full at the beginning, asked second by second of the schedule."""
    counted = [0.0] * per_minute
    got = None
    for row in rows(policy):
        recent = [at for at in counted if row.at - at < 60]
        if len(recent) < per_minute:
            got = row
            break
        counted.append(row.at)
    row = passing(policy, per_minute)
    assert (row is None) == (got is None)
    if row and got:
        assert row.attempt == got.attempt


def test_sentences():
    assert in_a_sentence(RetryPolicy(), 10) == ("attempt 5 passes after 1 min 1 s", True)
    assert in_a_sentence(RetryPolicy(4, 5, 30, 2), 10) == ("fails; “Per-minute quota” passes", False)
    assert all(passing(HELPFUL.policy, allowed) for allowed in range(1, 1000))
    assert HELPFUL in PRESETS
