"""F1: what a view, a form or a criterion is, which rules it rests on, where they come from, and its keys."""
