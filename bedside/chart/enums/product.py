"""Closed lists of the interchange format: the CAR T-cell product."""

from enum import StrEnum


class Product(StrEnum):
    """CAR T-cell product."""

    TISAGENLECLEUCEL = "tisagenlecleucel"
    BREXUCABTAGENE = "brexucabtagene_autoleucel"
    OBECABTAGENE = "obecabtagene_autoleucel"
    OTHER = "other"


class ManufacturingStatus(StrEnum):
    """Where the product stands."""

    ORDERED = "ordered"
    ACCEPTED = "accepted"
    IN_PROCESS = "in_process"
    RELEASED = "released"
    FAILED = "failed"
    DELIVERED = "delivered"


class Target(StrEnum):
    """Antigen of the CAR."""

    CD19 = "cd19"
    CD22 = "cd22"
    CD19_CD22 = "cd19_cd22"
    OTHER = "other"


class Costimulation(StrEnum):
    """Co-stimulatory domain of the CAR."""

    FOUR_1BB = "4_1bb"
    CD28 = "cd28"
    BOTH = "both"
    OTHER = "other"


class CellSource(StrEnum):
    """Whose T cells the product was made from."""

    AUTOLOGOUS = "autologous"
    DONOR_DERIVED = "donor_derived"
    THIRD_PARTY = "third_party"


class InfusionRole(StrEnum):
    """Place of an infusion in its course."""

    FIRST = "first"
    SPLIT = "split"
    REINFUSION = "reinfusion"


class ReinfusionReason(StrEnum):
    """Why CAR T cells were given again."""

    B_CELL_RECOVERY = "b_cell_recovery"
    HAEMATOGONES = "haematogones"
    MRD = "mrd"
    RELAPSE = "relapse"
    LOW_EXPANSION = "low_expansion"
    OTHER = "other"


class ExpansionPeak(StrEnum):
    """Judged peak of CAR-T expansion."""

    LOW = "low"
    ADEQUATE = "adequate"
    UNKNOWN = "unknown"


class ExpansionAuc(StrEnum):
    """Judged area under the CAR-T curve."""

    REDUCED = "reduced"
    ADEQUATE = "adequate"
    UNKNOWN = "unknown"
