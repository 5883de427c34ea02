"""Closed lists of the interchange format: signs at the bedside."""

from enum import StrEnum


class Oxygen(StrEnum):
    """Oxygen support."""

    NONE = "none"
    LOW_FLOW = "low_flow"
    HIGH_FLOW = "high_flow"
    MASK = "mask"
    POSITIVE_PRESSURE = "positive_pressure"


class VitalsCause(StrEnum):
    """What the clinician attributes vital signs to."""

    CRS = "crs"
    OTHER = "other"
    UNKNOWN = "unknown"


class Consciousness(StrEnum):
    """What it takes to rouse the patient."""

    AWAKE = "awake"
    VOICE = "voice"
    TACTILE = "tactile"
    UNAROUSABLE = "unarousable"


class Seizure(StrEnum):
    """Seizure activity."""

    NONE = "none"
    BRIEF = "brief"
    PROLONGED = "prolonged"


class Motor(StrEnum):
    """Motor finding."""

    NONE = "none"
    DEEP_FOCAL_WEAKNESS = "deep_focal_weakness"


class RaisedIcp(StrEnum):
    """Sign of raised intracranial pressure or oedema."""

    NONE = "none"
    FOCAL_OEDEMA = "focal_oedema"
    DIFFUSE_OEDEMA = "diffuse_oedema"
    POSTURING = "posturing"
    SIXTH_NERVE_PALSY = "sixth_nerve_palsy"
    PAPILLOEDEMA = "papilloedema"
    CUSHING_TRIAD = "cushing_triad"


class NeuroCause(StrEnum):
    """What the clinician attributes neurological signs to."""

    ICANS = "icans"
    OTHER = "other"
    UNKNOWN = "unknown"


class PerformanceScale(StrEnum):
    """Performance scale."""

    KARNOFSKY = "karnofsky"
    LANSKY = "lansky"
    ECOG = "ecog"


class ToxicityScale(StrEnum):
    """Graded toxicity."""

    CRS = "crs"
    ICANS = "icans"
