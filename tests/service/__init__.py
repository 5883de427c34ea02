"""Tests of what a user does at a store, on a real store in a temporary folder."""
