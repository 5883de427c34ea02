"""What the rule families derive: one module a family, all plain frozen values that become JSON as they stand."""
