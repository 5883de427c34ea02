"""Closed lists of the interchange format: drugs, radiotherapy, transplants and plans."""

from enum import StrEnum


class Intent(StrEnum):
    """Why a drug was given."""

    FRONTLINE = "frontline"
    SALVAGE = "salvage"
    PRE_APHERESIS = "pre_apheresis"
    BRIDGING = "bridging"
    LYMPHODEPLETION = "lymphodepletion"
    TOXICITY = "toxicity"
    IMMUNOSUPPRESSION = "immunosuppression"
    CONDITIONING = "conditioning"
    SUPPORTIVE = "supportive"
    POST_CAR_T = "post_car_t"


class Route(StrEnum):
    """How a drug was given."""

    IV = "iv"
    PO = "po"
    IT = "it"
    SC = "sc"
    IM = "im"


class TherapyResponse(StrEnum):
    """Response to a block of therapy."""

    CR = "cr"
    NO_CR = "no_cr"
    UNKNOWN = "unknown"


class RadiotherapySite(StrEnum):
    """Irradiated field."""

    CRANIAL = "cranial"
    CRANIOSPINAL = "craniospinal"
    TESTIS = "testis"
    TBI = "tbi"
    OTHER = "other"


class Donor(StrEnum):
    """Stem-cell donor."""

    SIBLING = "sibling"
    UNRELATED = "unrelated"
    HAPLOIDENTICAL = "haploidentical"
    CORD = "cord"
    UNKNOWN = "unknown"


class GvhdForm(StrEnum):
    """Form of graft-versus-host disease."""

    ACUTE = "acute"
    CHRONIC = "chronic"


class Milestone(StrEnum):
    """Step whose date can be planned."""

    APHERESIS = "apheresis"
    LYMPHODEPLETION = "lymphodepletion"
    INFUSION = "infusion"
    HSCT = "hsct"


class BloodComponent(StrEnum):
    """Transfused component."""

    RED_CELLS = "red_cells"
    PLATELETS = "platelets"
    PLASMA = "plasma"
    GRANULOCYTES = "granulocytes"
