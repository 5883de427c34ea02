"""Which questions of the registries a chart answers."""
