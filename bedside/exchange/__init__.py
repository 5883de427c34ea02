"""Charts in and out: the interchange format, read strictly and written exactly."""
