"""What leaves the program beside the summary: charts, bundles, tables, and what the registries ask."""
