"""One short function per thing a user does; each takes an open session and returns a value and what changed."""
