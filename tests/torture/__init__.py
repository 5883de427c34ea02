"""Torture: kills, power cuts, full disks, damage and clock jumps on a real store, each ending in one invariant."""
