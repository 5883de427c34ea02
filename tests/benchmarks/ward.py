"""How large the ward of the benchmarks is, and who signs in to it; imports nothing, for the process that is timed."""

PATIENTS, ENTRIES = 26, 60
USER, PASSPHRASE = "Bench", "a passphrase for the benchmarks"
BOARD_PATIENTS, BOARD_ENTRIES = 2_000, 12
SHORT, LONG = (1, 2), (3, 4)
"""The numbers of the patients with 500 and with 5,000 entries, between which the window goes to and fro."""
