"""Owns the words beside a dose of a regimen: where it comes from, and what it comes to for the patient's size."""

from bedside.chart.formats import NO_BREAK_SPACE, number_text
from bedside.service.regimens import Dosing, TemplateDrug
from bedside.ui.forms.lines import Paragraph
from bedside.ui.lettering import Run


def size_words(dosing: Dosing) -> str:
    """Return what the doses are held against: "1.2164 m² (Mosteller) from 38.6 kg (30-Jul-2020), 138 cm (…)"."""
    if dosing.weight_kg is None:
        return f"{dosing.inputs}." if dosing.inputs else "Weight and height are not recorded: no dose is calculated."
    if dosing.bsa_m2 is None:
        return f"Height is not recorded: doses per m² are not calculated. Weight: {dosing.inputs}."
    surface = f"{dosing.bsa_m2:.4f}{NO_BREAK_SPACE}m²"
    exactness = "to 0.1 mg, below 10 mg to 0.01 mg; not adjusted for the kidneys"
    return f"Calculated for {surface} (Mosteller) from {dosing.inputs}, {exactness}."


def dose_words(drug: TemplateDrug, dose: float | None, unit: str, dosing: Dosing) -> Paragraph:
    """Return what is said under a dose: proposed or typed, and the mg of a day where they can be calculated."""
    if dose is None:
        has_none = drug.dose is None
        return _plain("The source gives no dose" if has_none else "No dose: not recorded")
    proposed = (dose, unit) == (drug.dose, drug.unit)
    source = f"; the source has {number_text(drug.dose)} {drug.unit}" if drug.dose is not None and not proposed else ""
    lead = Run("Proposed" if proposed else "Typed", 12, 600)
    _size, by = dosing.size_for(unit)
    found = dosing.mg_a_day(dose, unit)
    if found is not None:
        formula = f": {number_text(found.dose_mg)} × {number_text(found.size)}{NO_BREAK_SPACE}{by} = "
        amount = f"{number_text(found.mg)}{NO_BREAK_SPACE}mg a day"
        return (lead, Run(formula, 12, 400, "ink2"), Run(amount, 12, 600), Run(source, 12, 400, "ink2"))
    missing = "weight" if by == "kg" else "weight or height"
    unknown = f", in mg not known: {missing} not recorded" if by else ""
    return (lead, Run(f"{unknown}{source}", 12, 400, "ink2"))


def _plain(words: str) -> Paragraph:
    return (Run(words, 12, 400, "ink2"),)
