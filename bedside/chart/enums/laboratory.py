"""Closed lists of the interchange format: laboratory and marrow."""

from enum import StrEnum


class Censor(StrEnum):
    """Sign of a value beyond what the laboratory measures."""

    BELOW = "<"
    ABOVE = ">"


class MrdMethod(StrEnum):
    """How measurable residual disease was sought: flow cytometry, PCR, or sequencing."""

    FCM = "fcm"
    PCR = "pcr"
    NGS = "ngs"


class MrdOutcome(StrEnum):
    """Reported result of one method."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    NOT_EVALUABLE = "not_evaluable"


class ExtramedullarySite(StrEnum):
    """Site of extramedullary disease."""

    CNS_PARENCHYMA = "cns_parenchyma"
    OPTIC = "optic"
    TESTIS = "testis"
    MEDIASTINUM = "mediastinum"
    LYMPH_NODE = "lymph_node"
    BONE = "bone"
    SKIN = "skin"
    OTHER = "other"


class ImagingMethod(StrEnum):
    """How extramedullary disease was judged."""

    PET = "pet"
    MRI = "mri"
    CT = "ct"
    ULTRASOUND = "ultrasound"
    CLINICAL = "clinical"


class CarTMethod(StrEnum):
    """Assay of a CAR-T level: copies per µg DNA, or cells per µL."""

    QPCR = "qpcr"
    FCM = "fcm"


class ExposureBasis(StrEnum):
    """Whether a drug exposure was measured or estimated."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
