"""Tests of indented JSON: the very text of the standard encoder, without what that leaves to the garbage collector."""

import gc
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.exchange.indented import indented

SIMPLE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(SIMPLE, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(VALUES)
def test_that_every_value_is_written_as_the_standard_encoder_does(value: Any) -> None:
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("value", [{}, [], "", 0, -0.0, 1e-5, 1e22, 10**30, '\n\u2028\x7f"\\', True, None])
def test_that_edges_are_written_as_the_standard_encoder_does(value: Any) -> None:
    for whole in (value, [value], {"": value}):
        assert indented(whole) == json.dumps(whole, ensure_ascii=False, indent=1)


def test_that_what_stands_before_stands_before_every_further_line() -> None:
    assert indented({"a": [1]}, "  ") == '{\n   "a": [\n    1\n   ]\n  }'


def test_that_nothing_is_left_to_the_garbage_collector() -> None:
    values = [{"kind": "note", "text": str(number), "parts": [number, {}]} for number in range(1000)]
    gc.collect()
    gc.disable()
    try:
        for value in values:
            indented(value)
        assert gc.collect() < 10
    finally:
        gc.enable()
