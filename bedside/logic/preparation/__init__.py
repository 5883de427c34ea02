"""The way to the infusion: indication, apheresis, wash-out, bridging, lymphodepletion, product and infusion (2-7)."""
