"""Counts from a laboratory's files: what each line measured, in the chart's units, or why it cannot be told."""
