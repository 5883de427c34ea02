"""How large the ward of the benchmarks is, and who signs in to it; imports nothing, for the process that is timed."""

PATIENTS, ENTRIES = 26, 60
USER, PASSPHRASE = "Bench", "a passphrase for the benchmarks"
