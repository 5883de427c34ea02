"""Tests of F1."""
