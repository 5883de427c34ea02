"""The clinical knowledge as data: windows, cut-offs, definitions, products, agents and ranges, each with its source."""
