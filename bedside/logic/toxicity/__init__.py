"""Toxicity: CRS and ICANS as graded from raw signs, blood counts after infusion, hyperinflammation (8, 15)."""
