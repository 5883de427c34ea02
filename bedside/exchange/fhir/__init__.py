"""FHIR R4 (4.0.1): a chart as a bundle, and a patient with laboratory observations out of one."""
