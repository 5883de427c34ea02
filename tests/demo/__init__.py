"""The synthetic ward of the demonstration: made from a seed, written to resources/demo by `python -m tests.demo`."""
