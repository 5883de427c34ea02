"""Owns what help says of the form of each kind, and which rules read what it records."""

from collections.abc import Mapping

from bedside.chart.describe import kind_title
from bedside.ui.help.topic import Subject

_MRD = ("thresholds.mrd_cut_off", "thresholds.day28_first", "thresholds.day28_last")

_ABOUT: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "referral": ("Why the patient comes, and whether all earlier therapy is in the chart.",
                 ("indication",), ("L3", "A4")),
    "diagnosis": ("When and as what the leukaemia was diagnosed.", ("outcome.numbers",), ()),
    "genetics": ("One lesion that was sought, and whether it was there.",
                 ("second_opinion.factors",), ("L2", "A2", "A3")),
    "relapse": ("The leukaemia came back: where, and whether it carries CD19.", ("outcome",), ()),
    "remission": ("The response as the physician judges it.", (), ("L5",)),
    "comorbidity": ("A condition that matters for CAR T cells.", (), ()),
    "therapy": ("One agent given for one intent, from its first to its last day; empty while it is still given.",
                ("washout.classes", "bridging.numbers"), ("L3", "A4", "A11")),
    "radiotherapy": ("A course of irradiation: site, dose and days.", ("washout.classes.cranial_radiotherapy",), ()),
    "hsct": ("An allogeneic transplant; after the infusion it closes the course.", ("hsct",), ()),
    "gvhd": ("Graft-versus-host disease with its grade.", ("washout.classes.gvhd_immunosuppression",), ()),
    "plan": ("The date now intended for apheresis, lymphodepletion or infusion; the newest one holds.",
             ("washout.classes",), ()),
    "body_size": ("Weight and height; doses are held against the newest weight.", ("infusion.doses",), ()),
    "transfusion": ("A blood component that was given; platelets given explain a count that rose.", (), ()),
    "blood_count": ("A blood count. The last value stands beside each box and is never carried forward; x is not done.",
                    ("haematotoxicity.numbers",), ()),
    "lymphocyte_subset": ("Lymphocytes by type; CD19⁺ cells tell whether B-cell aplasia lasts.",
                          ("bca", "thresholds.aplasia_from"), ("L7", "H4", "A7")),
    "chemistry": ("Clinical chemistry; ferritin and the like raise the question of hyperinflammation.",
                  ("haematotoxicity.signs",), ()),
    "immunoglobulin": ("Immunoglobulins in the blood.",
                       ("thresholds.igg_replacement", "thresholds.igg_trough_days"), ()),
    "marrow": ("A marrow: blasts, and MRD by each method that was used with its limit of detection.",
               _MRD, ("L5", "L6", "H1", "H2", "H3", "A1", "A10", "A12")),
    "csf": ("Cerebrospinal fluid: leukocytes, blasts, neurological signs of CNS leukaemia.",
            ("thresholds.cns3_leukocytes_per_ul", "thresholds.csf_days_before"), ()),
    "extramedullary": ("The state of one site outside the marrow.", ("second_opinion.factors.non_cns_extramedullary",),
                       ()),
    "car_t_level": ("The level of CAR T cells in the blood, by its method; methods are never mixed.", ("kinetics",),
                    ()),
    "expansion": ("Expansion as the physician judges it.", (), ("A6",)),
    "chimerism": ("The donor’s share of the blood formation.", (), ()),
    "fludarabine_exposure": ("The cumulative exposure to fludarabine.", ("lymphodepletion.numbers",), ()),
    "apheresis": ("T cells were collected; the yield and whether it suffices.", ("apheresis",), ()),
    "manufacturing": ("Where the product stands at the manufacturer.", (), ("L4", "A8")),
    "product_release": ("The product was released, within its specification or not.", ("products.viability",),
                        ("A5",)),
    "infusion": ("The infusion: day 0. Two persons check the identity, or one says why.", ("infusion",),
                 ("L1", "L4", "A8", "A9", "A11")),
    "vitals": ("Vital signs. The grade of CRS that follows stands below while you type.", ("toxicity",), ()),
    "neuro": ("ICE or CAPD, chosen by age, and the signs that grade ICANS; the grade stands below while you type.",
              ("toxicity",), ()),
    "infection": ("An infection with its organism and grade, and whether it is controlled.", ("infusion",), ()),
    "donor_search": ("Where the search for a donor stands.", ("hsct.items.donor_search",), ()),
    "decision": ("What the physician decided and why; it is signed and never changes the class.", ("hsct",), ()),
    "performance": ("Performance on its scale.", ("indication",), ()),
    "malignancy": ("A second malignancy.", (), ()),
    "approval": ("An application to the payer or the manufacturer and its state.", (), ()),
    "allergy": ("Whether allergies are known, and to what; not recorded is not the same as none.", (), ()),
    "contact": ("The last contact; time to an event is counted up to it.", ("outcome",), ()),
    "death": ("The patient died; the course is closed.", ("outcome",), ()),
    "grade_override": ("A physician’s grade in place of the proposed one, with the reason; both stay.",
                       ("toxicity.astct",), ()),
    "stay": ("Ward and bed; the newest one holds.", (), ()),
    "status": ("Whether the patient still belongs to this ward.", (), ()),
    "identity": ("A correction of the patient’s own data with its reason, or the name of a double.", (), ()),
    "note": ("Free text. No rule reads it.", (), ()),
}  # fmt: skip

FORMS: Mapping[str, Subject] = {
    kind: Subject(kind_title(kind), what, tables, criteria) for kind, (what, tables, criteria) in _ABOUT.items()
}
"""The form of every kind that has one."""
