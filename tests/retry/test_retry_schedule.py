"""Rows, durations and remarks of a retry policy."""

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.retry.policy import RetryPolicy
from tui.retry.schedule import in_words, remarks, rows


def test_rows_of_the_documented_policy():
    table = rows(RetryPolicy())
    assert [row.attempt for row in table] == [2, 3, 4, 5, 6, 7, 8]
    assert [row.at for row in table] == [15, 30, 45, 61, 93, 157, 277]
    assert [row.kind for row in table] == ["floor"] * 3 + ["grows"] * 3 + ["ceiling"]
    assert [row.minutes_passed for row in table] == [0, 0, 0, 1, 0, 2, 4]


def test_exactly_a_minute_counts_as_passed():
    assert [row.minutes_passed for row in rows(RetryPolicy(4, 30, 30, 1))] == [0, 1, 0]


@pytest.mark.parametrize(
    ("policy", "kinds"),
    [
        (RetryPolicy(5, 8, 64, 8), ["grows", "grows", "grows", "ceiling"]),
        (RetryPolicy(3, 50, 10, 2), ["floor", "floor"]),
        (RetryPolicy(3, 5, 10, 0), ["floor", "floor"]),
        (RetryPolicy(3, 0, 10, 0), ["floor", "floor"]),
        (RetryPolicy(3, 0, 0, 2), ["ceiling", "ceiling"]),
    ],
)
def test_kinds(policy, kinds):
    assert [row.kind for row in rows(policy)] == kinds


@given(
    st.builds(
        RetryPolicy,
        num_retries=st.integers(-1, 1200),
        retry_min_wait=st.integers(0, 300),
        retry_max_wait=st.integers(0, 300),
        retry_multiplier=st.floats(min_value=0, max_value=1e300),
    )
)
def test_rows_agree_with_the_policy(policy):
    table = rows(policy)
    assert [row.wait for row in table] == policy.waits()
    assert max((row.minutes_passed for row in table), default=0) == max((row.at // 60 for row in table), default=0)
    for row in table:
        if row.kind == "floor":
            assert row.wait == policy.retry_min_wait
        if row.kind == "ceiling":
            assert row.wait == policy.retry_max_wait
    assert all(remarks(policy))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (0.5, "0.5 s"), (15, "15 s"), (12.5, "12.5 s"), (59.98, "1 min"), (60, "1 min"), (277, "4 min 37 s"),
     (3600, "1 h"), (3905, "1 h 5 min"), (math.inf, "for ever")],
)  # fmt: skip
def test_in_words(seconds, words):
    assert in_words(seconds) == words


@pytest.mark.parametrize(
    ("policy", "sentences"),
    [
        (RetryPolicy(), ["The waits for attempts 2 to 4 are raised to the shortest, 15 s."]),
        (RetryPolicy(5, 8, 64, 8), []),
        (RetryPolicy(1), ["One attempt and no retry: the first failure is final."]),
        (RetryPolicy(4, 3, 300, 2), ["The wait for attempt 2 is raised to the shortest, 3 s.",
                                     "The waits are 15 s in all: a limit per minute will not have reset by then."]),
        (RetryPolicy(5, 50, 100, 1.5), ["Every wait is the shortest wait: the multiplier has no effect."]),
        (RetryPolicy(5, 50, 20, 2), ["The shortest wait is above the longest, and wins: every wait is 50 s."]),
        (RetryPolicy(9, 40, 99, 1), ["The waits for attempts 2 to 7 are raised to the shortest, 40 s."]),
        (RetryPolicy(21, 0, 60, 30),
         ["A failure that does not pass is reported only after 19 min 30 s of waiting.",
          "21 attempts are many: providers may count each of them against your limit."]),
    ],
)  # fmt: skip
def test_remarks(policy, sentences):
    assert remarks(policy) == sentences


def test_importing_the_room_leaves_tenacity_alone():
    code = (
        "import sys, tui.retry.policy, tui.retry.policy, tui.retry.schedule, tui.retry.retried;"
        "sys.exit('tenacity' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", ["num_retries", "retry_min_wait", "retry_max_wait", "retry_multiplier"])
@pytest.mark.parametrize("value", [10**30, 10**400, -(10**400)])
def test_a_number_of_any_size_has_a_schedule(name, value):
    policy = RetryPolicy(**{name: value})
    assert len(rows(policy)) == len(policy.waits())
    assert in_words(policy.total())
    remarks(policy)
