"""HL7 version 2 result messages (ORU^R01): what each OBX measured, and what of it is no fact."""
