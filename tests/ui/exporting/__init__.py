"""Tests of the way out of charts."""
