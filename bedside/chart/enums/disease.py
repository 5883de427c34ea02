"""Closed lists of the interchange format: the leukaemia and its course."""

from enum import StrEnum


class Sex(StrEnum):
    """Sex as recorded at referral."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class TherapyHistory(StrEnum):
    """Whether the chart holds all earlier therapy."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


class Indication(StrEnum):
    """Why the patient was referred for CAR T cells."""

    PRIMARY_REFRACTORY = "primary_refractory"
    FIRST_RELAPSE = "first_relapse"
    SECOND_OR_LATER_RELAPSE = "second_or_later_relapse"
    POST_HSCT_RELAPSE = "post_hsct_relapse"
    REFRACTORY_RELAPSE = "refractory_relapse"
    MRD_PERSISTENCE = "mrd_persistence"
    OTHER = "other"


class Disease(StrEnum):
    """The leukaemia."""

    B_ALL = "b_all"
    MPAL = "mpal"
    OTHER = "other"


class Cd19(StrEnum):
    """CD19 expression of the blasts."""

    POSITIVE = "positive"
    DIM = "dim"
    PARTIAL = "partial"
    NEGATIVE = "negative"
    UNKNOWN = "unknown"


class NgsClone(StrEnum):
    """Whether a clone was found that next-generation sequencing can follow."""

    INFORMATIVE = "informative"
    NOT_INFORMATIVE = "not_informative"
    NOT_DONE = "not_done"


class Marker(StrEnum):
    """Genetic lesion."""

    KMT2A_R = "kmt2a_r"
    TP53 = "tp53"
    HYPODIPLOID = "hypodiploid"
    BCR_ABL1 = "bcr_abl1"
    PH_LIKE = "ph_like"
    ETV6_RUNX1 = "etv6_runx1"
    TCF3_PBX1 = "tcf3_pbx1"
    TCF3_HLF = "tcf3_hlf"
    IAMP21 = "iamp21"
    HIGH_HYPERDIPLOID = "high_hyperdiploid"
    OTHER = "other"


class Finding(StrEnum):
    """Result of a search for a lesion."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class RelapseSite(StrEnum):
    """Where the leukaemia came back."""

    MARROW = "marrow"
    CNS = "cns"
    TESTIS = "testis"
    OTHER_EXTRAMEDULLARY = "other_extramedullary"


class RelapseImmunophenotype(StrEnum):
    """CD19 status of a relapse."""

    CD19_POSITIVE = "cd19_positive"
    CD19_NEGATIVE = "cd19_negative"
    CD19_DIM = "cd19_dim"
    LINEAGE_SWITCH = "lineage_switch"
    UNKNOWN = "unknown"


class RemissionResponse(StrEnum):
    """Response as judged by the physician."""

    CR = "cr"
    CRI = "cri"
    NO_RESPONSE = "no_response"


class Condition(StrEnum):
    """Comorbidity that matters for CAR T cells."""

    SEVERE_NEUROPATHY = "severe_neuropathy"
    UNCONTROLLED_INFECTION = "uncontrolled_infection"
    LEUKOENCEPHALOPATHY = "leukoencephalopathy"
    SEVERE_RENAL = "severe_renal"
    SEVERE_HEPATIC = "severe_hepatic"
    SEVERE_CARDIAC = "severe_cardiac"
    SEIZURE_HISTORY = "seizure_history"
    OTHER = "other"


class ApprovalSubject(StrEnum):
    """What was applied for."""

    APHERESIS = "apheresis"
    PRODUCT = "product"
    SLOT = "slot"


class ApprovalStatus(StrEnum):
    """Where the application stands."""

    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"
