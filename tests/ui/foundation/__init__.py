"""Tests of what every view stands on: themes, signs, the worker, actions, banner, frame, sign-in."""
