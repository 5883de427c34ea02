"""Every closed list of the interchange format, as string enumerations; `unknown` is a value, absence is not."""

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


class ExposureBasis(StrEnum):
    """Whether a drug exposure was measured or estimated."""

    MEASURED = "measured"
    ESTIMATED = "estimated"


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


class DonorSearchStatus(StrEnum):
    """Where the donor search stands."""

    NOT_STARTED = "not_started"
    SEARCHING = "searching"
    IDENTIFIED = "identified"
    CONFIRMED = "confirmed"
    NONE_FOUND = "none_found"


class Choice(StrEnum):
    """The physician's decision."""

    WATCH_AND_WAIT = "watch_and_wait"
    HSCT = "hsct"
    REINFUSION = "reinfusion"
    REPEAT_ASSESSMENT = "repeat_assessment"
    OTHER = "other"


class PerformanceScale(StrEnum):
    """Performance scale."""

    KARNOFSKY = "karnofsky"
    LANSKY = "lansky"
    ECOG = "ecog"


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


class ContactStatus(StrEnum):
    """Last contact."""

    ALIVE = "alive"
    LOST = "lost"


class DeathCause(StrEnum):
    """Cause of death."""

    DISEASE = "disease"
    INFECTION = "infection"
    CRS = "crs"
    ICANS = "icans"
    HSCT_RELATED = "hsct_related"
    OTHER = "other"
    UNKNOWN = "unknown"


class ToxicityScale(StrEnum):
    """Graded toxicity."""

    CRS = "crs"
    ICANS = "icans"


class CareState(StrEnum):
    """Whether the patient belongs to this ward now."""

    ACTIVE = "active"
    TRANSFERRED = "transferred"
    NEVER_INFUSED = "never_infused"
    ARCHIVED = "archived"


class VoidScope(StrEnum):
    """How far a void reaches: one entry, or its whole chain of corrections."""

    ENTRY = "entry"
    CHAIN = "chain"
