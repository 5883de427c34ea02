"""Tests of the theme files alone, without Qt."""
