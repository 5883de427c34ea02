"""Values that tests and pictures show: synthetic patients, marked as such, and the published index case."""
