"""After the infusion: kinetics of the cells, what is due, relapse and outcome (9, 13, 14)."""
