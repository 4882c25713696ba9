"""What is said of attempts and outcomes: the comparison with OpenHands, and the text that is copied."""

import pytest

from tui.base.secret import Secret
from tui.retry.policy import RetryPolicy
from tui.trial.attempt_words import comparison, conclusion, line_of, reason, whole_test
from tui.trial.diagnosis import diagnose, explain
from tui.trial.events import Attempt, Outcome
from tui.trial.probe_order import ProbeOrder
from tui.trial.reply import Reply

ORDER = ProbeOrder("anthropic/claude-x", "?", {"api_key": Secret("sk-0123456789")})
ONE = RetryPolicy(1)


def ended(reply, attempts=1, *, retryable=False, out_of_time=False):
    last = Attempt(attempts, 0.0, reply, retryable)
    why = None if reply.ok else diagnose(reply, ORDER)
    return Outcome(reply.ok, attempts, reply.text, 14, 2, None, 1.0, why, last, out_of_time)


@pytest.mark.parametrize(
    ("outcome", "policy", "said"),
    [
        (ended(Reply(200, text="ready")), RetryPolicy(), ""),
        (ended(Reply(200, text="ready"), 3), RetryPolicy(), "at attempt 3 of 8, after 30 s of waiting"),
        (ended(Reply(401, "AuthenticationError")), RetryPolicy(), "give up here as well"),
        (ended(Reply(429, "RateLimitError"), 8), RetryPolicy(), "make 8 attempts, and give up after 4 min 37 s"),
        (ended(Reply(429, "RateLimitError")), ONE, "the policy is one attempt"),
        (ended(Reply(307, "APIError", cause="redirected")), RetryPolicy(), "follow the redirect, and take the key"),
        (ended(Reply(None, "ChildLost", cause="probe-crashed")), RetryPolicy(), ""),
        (Outcome(False, 0, "", None, None, None, 0.0, explain("no-key", ORDER)), RetryPolicy(), "8 attempts, 4 min 37"),
        (Outcome(False, 0, "", None, None, None, 0.0, explain("no-key", ORDER)), ONE, "it makes the call, for nothing"),
        (Outcome(False, 0, "", None, None, None, 0.0, explain("proxy", ORDER)), RetryPolicy(), ""),
    ],
)
def test_what_openhands_would_have_done(outcome, policy, said):
    sentence = comparison(outcome, policy)
    assert said in sentence
    assert bool(said) == bool(sentence)


def test_the_time_limit_is_said():
    limited = conclusion(ended(Reply(429, "RateLimitError"), out_of_time=True), RetryPolicy())
    assert "The time limit ended the test." in limited


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504, 511, 529])
def test_statuses_have_words(status):
    words = reason(Attempt(1, 0.0, Reply(status, "SomeError"), retryable=False))
    assert words != "SomeError"
    assert len(words) < 28


def test_a_report_is_text_without_escapes():
    attempts = [
        Attempt(1, 0.0, Reply(429, "RateLimitError", "Slow\x1b[31m down", 0.31, retry_after=20.0), retryable=True),
        Attempt(2, 15.3, Reply(200, text="ready", seconds=0.9), retryable=False),
    ]
    text = whole_test("anthropic/claude-x → here", attempts, ended(Reply(200, text="ready"), 2), RetryPolicy())
    assert text.splitlines() == [
        "anthropic/claude-x → here",
        "attempt 1 429 rate limited 0.31 s asks for 20 s Slow down",
        "attempt 2 200 answered 0.90 s",
        "ready — 1 s, 14 + 2 tokens, cost unknown, 2 attempts",
        "OpenHands would get it as well: at attempt 2 of 8, after 15 s of waiting.",
    ]
    assert line_of(attempts[1]) == "attempt 2  200  answered  0.90 s"
