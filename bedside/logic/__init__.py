"""What is derived from a chart: pure functions of its entries, a point in time and the clinical knowledge."""
