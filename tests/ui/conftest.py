"""Tests of single widgets leave no widget, timer or thread behind."""

from tests.leaks import nothing_left_behind

__all__ = ["nothing_left_behind"]
