"""The parts that every view is built of: bars, banner, labels, alerts."""
