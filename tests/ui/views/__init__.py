"""Tests of the views: ward board, overview, risk."""
