"""The benchmarks, each beside the physical floor measured in the same run."""
