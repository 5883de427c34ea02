"""The counts view: every laboratory value of the course by analyte and time, a column to type a new one, trends."""
