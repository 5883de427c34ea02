"""Tests of single widgets with plain values, off screen and under X."""
