"""A key does not get out by printing, formatting, pickling or copying."""

import copy
import json
import logging
import pickle
import traceback
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.base.secret import DOTS, Secret

KEY = "sk-ant-api03-abcdefghijklmnop-XyZ4"


@dataclass
class Holder:
    key: Secret


def test_no_way_of_printing_shows_it(caplog):
    secret = Secret(KEY)
    logging.getLogger("x").warning("%s %r", secret, secret)
    shown = [
        str(secret),
        repr(secret),
        f"{secret}",
        f"{secret!r:>60}",
        repr(Holder(secret)),
        repr([secret]),
    ]
    for text in [*shown, caplog.text]:
        assert KEY[:8] not in text
        assert "XyZ4" in text


def test_no_traceback_with_local_variables_shows_it():
    def fails(key):
        raise ValueError(key)

    try:
        fails(Secret(KEY))
    except ValueError as error:
        text = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert "Secret(" in text
    assert KEY[:8] not in text.replace(f"KEY = {KEY!r}", "")


@pytest.mark.parametrize("copying", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps])
def test_it_is_not_copied(copying):
    with pytest.raises(TypeError):
        copying(Secret(KEY))


def test_it_is_no_text():
    assert not isinstance(Secret(KEY), str)
    for name in ("strip", "format", "encode", "join", "split", "__add__", "__iter__", "__dict__"):
        assert not hasattr(Secret(KEY), name)
    with pytest.raises(TypeError):
        hash(Secret(KEY))


@given(st.text())
def test_the_last_four_are_shown_from_sixteen_characters_on(value):
    assert Secret(value).masked() == (DOTS + value[-4:] if len(value) >= 16 else DOTS)
    assert Secret(value).reveal() == value
    assert len(Secret(value)) == len(value)
    assert bool(Secret(value)) == bool(value)


@given(st.text(), st.text())
def test_equal_when_the_values_are(one, other):
    assert (Secret(one) == Secret(other)) == (one == other)
    assert Secret(one) != one
