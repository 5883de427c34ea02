"""Owns what help says of each view and sheet, and which tables of rules each of them rests on."""

from collections.abc import Mapping

from bedside.knowledge.tables import Knowledge
from bedside.ui.help.topic import Subject

ALL_CRITERIA = "all"

VIEWS: Mapping[str, Subject] = {
    "board": Subject(
        "Ward board",
        "One row a patient: where they are on the way, the day counted from the infusion, the class and how it moved "
        "in the last 7 days, the worst CRS and ICANS of the last 24 hours (of today and yesterday where no time is "
        "recorded) with an arrow up where it rose at any time in them, what is overdue and what comes next, and what "
        "stands in the way of the next step. Type to search by name or number; filter and sort stand in words above "
        "the rows. Rows that are worked out again say so; what others recorded since you looked is marked new, and so "
        "is a patient whom you never opened and whom others registered or recorded since you first came.",
        ("schedule.repeated", "schedule.numbers", "thresholds.early_monitoring_last"),
    ),
    "overview": Subject(
        "Overview",
        "The whole course on one axis with day 0 marked: therapies as bars, marrows, toxicity and infections as marks, "
        "counts and markers beneath on the same axis. Stretches without entries are trimmed and say so. At the right "
        "stand the criteria of the class and what is due.",
        ("schedule",),
    ),
    "risk": Subject(
        "Risk",
        "Whether the patient is at low, ambiguous or high risk of needing a transplant, with every criterion, its "
        "value, its date and the entry behind it; what would change the class, its history, the second opinion, and "
        "where the sources differ. A criterion without an answer is not known, never not met.",
        ("bca", "second_opinion.factors", "second_opinion.verdicts", "differences", "hsct"),
        (ALL_CRITERIA,),
    ),
    "risk.decision": Subject(
        "Decision",
        "What the physician decided, when, why, and under which class. It never changes the class. A decision that "
        "nobody signed can be signed later, and another physician can sign it as reviewed.",
        ("hsct",),
    ),
    "risk.opinion": Subject(
        "Second opinion",
        "What another framework concludes from the same entries: its verdict, the signs of imminent relapse, and each "
        "factor with its published effect. It stands beside the class and never changes it.",
        ("second_opinion",),
    ),
    "risk.differences": Subject(
        "Where the sources differ",
        "Topics that this patient’s own data raise and on which the papers disagree, with what each of them says.",
        ("differences",),
    ),
    "risk.hsct": Subject(
        "HSCT panel", "What a transplant would need to know, each with the published fact beside it.", ("hsct",)
    ),
    "risk.open": Subject(
        "Open", "What the course waits for: due, overdue, missed, and criteria without an answer.", ("schedule",)
    ),
    "risk.response": Subject(
        "Response at day 28",
        "The response of the marrow within its window after the infusion.",
        ("thresholds.day28_first", "thresholds.day28_last", "thresholds.disease_blasts_pct"),
        ("L5",),
    ),
    "risk.aplasia": Subject(
        "B-cell aplasia",
        "Since when there are no B cells, and when they came back, by the definition of recovery that is named.",
        ("bca", "thresholds.aplasia_from", "thresholds.early_loss_months", "thresholds.long_aplasia_months"),
        ("L7", "H4", "A7"),
    ),
    "risk.samples": Subject(
        "Marrow samples",
        "Every marrow with what its methods say of minimal residual disease, the newest first.",
        ("thresholds.mrd_cut_off", "thresholds.disease_blasts_pct", "thresholds.ngs_3_months_first"),
        ("L6", "H1", "H2", "H3", "A10", "A12"),
    ),
    "risk.history": Subject(
        "Class history",
        "Each move of the class with the entry, or the passing of time, that moved it, by the criteria below.",
        (),
        (ALL_CRITERIA,),
    ),
    "counts": Subject(
        "Counts",
        "Analytes by times, the newest at the right beside the column for typing. Arrows say low or high, two of them "
        "critical, three off scale; each value keeps the range that held when it was entered. 0, not done and blank "
        "are three different things.",
        ("haematotoxicity",),
    ),
    "round": Subject(
        "Round sheet",
        "The patients of the board by the values of one round, in one grid. Each row is stored by itself; the last "
        "value and its date stand beside the box and are never carried forward. A value ten times off the last one is "
        "asked about once.",
        ("haematotoxicity.numbers",),
    ),
    "toxicity": Subject(
        "Toxicity",
        "CRS and ICANS by day with what was given for them. Grades are proposed from the recorded signs; a physician "
        "may set another one with a reason, and both stay. No dose of a drug is proposed.",
        ("toxicity", "haematotoxicity.signs"),
    ),
    "washout": Subject(
        "Therapy & wash-out",
        "Every agent against the dates of apheresis and infusion. Move a planned date by dragging, with the arrows or "
        "by typing, and see at once what conflicts; nothing is stored until the plan is saved. The earliest clear date "
        "names the agent that binds it.",
        ("washout", "apheresis", "bridging.numbers", "lymphodepletion.windows", "lymphodepletion.numbers"),
    ),
    "marrow": Subject(
        "Marrow & persistence",
        "The response as judged and as derived of day 28, a span from the first to the last judgement of the same, "
        "above blasts, MRD by method on a logarithmic axis with its limits of detection, CD19⁺ cells with the span of "
        "B-cell aplasia (shares without a count beneath their scale), CAR-T levels with peak and area, and IgG with "
        "replacement. A result below its limit is drawn as a limit, not as a value.",
        (
            "thresholds.mrd_cut_off", "thresholds.disease_blasts_pct", "thresholds.day28_first",
            "thresholds.day28_last", "thresholds.ngs_3_months_first", "thresholds.ngs_3_months_last",
            "thresholds.aplasia_from", "thresholds.early_loss_months", "thresholds.long_aplasia_months",
            "thresholds.igg_replacement", "bca", "kinetics",
        ),
        ("L5", "L6", "L7", "H1", "H2", "H3", "H4", "A7", "A10", "A12"),
    ),
    "journal": Subject(
        "Journal",
        "Every entry, who recorded it and when; corrections stand beside what they replaced, with the reason. Nothing "
        "is ever removed. As known on turns the whole window back to what was known at a moment. Two corrections that "
        "contest each other stand side by side until a physician settles them.",
    ),
    "handoff": Subject(
        "Handoff",
        "The summary as it will print, what is missing for its reader, and what was sent before. It is exported or "
        "printed only when asked for; a copy of what was sent stays in the store.",
        ("hsct", "outcome"),
    ),
    "chooser": Subject("New entry", "Every kind of entry in its group; type a few letters of what you want to enter."),
    "regimen": Subject(
        "Regimen",
        "The agents of a regimen that were given together, stored together or not at all. Doses and days are proposed "
        "from the source and, where weight and height are known, calculated for the patient; every one can be changed, "
        "and an agent can be left out.",
        ("lymphodepletion.regimens", "bridging.blocks"),
    ),
    "void": Subject(
        "Take back",
        "Takes back an entry that was a mistake, with the reason. It stays in the journal, crossed out, and no longer "
        "counts; taking back the whole chain takes its corrections with it.",
    ),
    "moment": Subject(
        "Another moment",
        "Turns the whole window to what had happened by a day. Nothing that came later counts, and the bar says that "
        "this is not now.",
    ),
    "registration": Subject(
        "Register a patient",
        "The number, the names, the birth date and the sex as they stand on the wristband. The same number is refused; "
        "the same name with the same birth date is asked about.",
    ),
    "import": Subject(
        "Import of counts",
        "Reads a laboratory’s table or HL7 results and shows every line with what becomes of it: new, already known, "
        "refused with its reason, or waiting for an answer. What can be read in two ways is asked about and never "
        "guessed; a unit is converted only by a factor of the table of codes. A result that is preliminary or was "
        "withdrawn is not stored, and a value against the chart is left for a person to correct there. What is "
        "confirmed is stored together or not at all, and every entry says from which line of which file it comes.",
    ),
    "notice": Subject("Notice", "Says what could not be done, why, and what to do about it."),
    "backups": Subject(
        "Backups",
        "When the store was last backed up and verified, and where to. A backup that was never read back is only a "
        "hope: the rehearsal restores it into a throw-away place and counts what came back.",
    ),
    "registry": Subject(
        "Questions of the registries",
        "What CIBMTR and EBMT ask of the newest course at each of their points in time, and what of it the chart "
        "answers. Where nothing is recorded, a person has to confirm that nothing happened; what the program recalls "
        "and has not read in its source says so.",
    ),
    "people": Subject(
        "People of this store",
        "Who may sign in, and as what. A role says what a person may do; who leaves is disabled and never removed, so "
        "that every entry keeps its author.",
    ),
    "pin": Subject(
        "Your PIN",
        "Brings you back after a lock within a shift, and signs what you decide. It opens nothing by itself.",
    ),
    "sign": Subject(
        "Sign this decision",
        "Puts your name under a decision that is stored, with the PIN: that you decided it where you recorded it, that "
        "you have read it and agree where somebody else did. The signature holds for the decision exactly as it "
        "stands; after a correction another one is needed, and the old one stays with what it signed.",
    ),
    "passphrase": Subject("Your passphrase", "Opens the store. Nobody can read it; a lead can only give a new one."),
    "emergency": Subject(
        "Emergency access",
        "Lets somebody whose role does not read or record do both until the next lock. The reason stands in the audit "
        "log for a lead to read, every entry says how it came about, and the window says so all the time.",
    ),
    "doubles": Subject(
        "Registrations of one person",
        "Pairs that share a birth date and a name, or both names. A physician links them by an identity entry; no row "
        "is moved, so that taking the entry back parts them again.",
    ),
    "audit": Subject(
        "Audit log",
        "Who signed in, opened, exported, printed and changed what, newest first, for leads and auditors. Nobody can "
        "change it: its rows are chained, and verifying the store names the first that is not as it was written.",
    ),
    "settings": Subject(
        "Settings",
        "What belongs to this computer (theme, size) and what belongs to the store and holds for everybody who works "
        "at it (whose labels count, the idle lock). Below stand the centre's own values and the units.",
        ("indication",),
    ),
    "": Subject("Bedside", "Ctrl+K finds a patient or anything that can be done here."),
}  # fmt: skip
"""Every view and sheet by the name that it gives itself."""


def with_all_criteria(subject: Subject, knowledge: Knowledge) -> Subject:
    """The subject with every criterion named where it asks for all of them."""
    if subject.criteria != (ALL_CRITERIA,):
        return subject
    return Subject(subject.title, subject.what, subject.tables, tuple(knowledge.criteria))
