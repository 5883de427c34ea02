"""The risk view: every criterion with its status and evidence, what decides the class and what would change it."""
