"""What is said about each factor of the ambiguous group, A1 to A12, in one line with its evidence."""

from bedside.chart.enums import Finding, Marker, TherapyResponse
from bedside.chart.formats import date_text, day_text, label
from bedside.logic.criteria import MET, Words
from bedside.logic.low_words import burden_words, l1, l3, l4, marker_words
from bedside.logic.wording import NOT_INFUSED, Case, cd19_words, ids, marrow_words, percent, therapy_words, when


def a1(case: Case, _status: int) -> Words:
    """Blasts in the sample that gives the burden."""
    if case.facts is None:
        return NOT_INFUSED
    burden = case.facts.before.burden
    if burden is None:
        return burden_words(case.facts)
    on = when(burden.sample.day, case.facts.day0)
    if burden.sample.blasts_pct is None:
        return Words(f"no blasts reported with the sample of {on}", burden.sample.ids)
    return Words(f"{percent(burden.sample.blasts_pct)}, {on}", burden.sample.ids)


def a2(case: Case, _status: int) -> Words:
    """TP53."""
    return marker_words(case, Marker.TP53)


def a3(case: Case, _status: int) -> Words:
    """KMT2A (buechner_2022) and hypodiploidy (myers_2023); one that is present stands first and decides."""
    kmt2a, hypodiploid = marker_words(case, Marker.KMT2A_R), marker_words(case, Marker.HYPODIPLOID)
    both = kmt2a.evidence + hypodiploid.evidence
    if kmt2a.text == hypodiploid.text:
        return Words(f"both {kmt2a.text}", both)
    has_kmt2a, is_hypodiploid = _is_present(case, Marker.KMT2A_R), _is_present(case, Marker.HYPODIPLOID)
    if is_hypodiploid and not has_kmt2a:
        text = f"hypodiploid {hypodiploid.text} (Myers 2023); KMT2A-r {kmt2a.text}"
        return Words(text, hypodiploid.evidence, source="myers_2023")
    text = f"KMT2A-r {kmt2a.text}; hypodiploid {hypodiploid.text}"
    return Words(text, both if has_kmt2a is is_hypodiploid else kmt2a.evidence)


def _is_present(case: Case, marker: Marker) -> bool:
    held = case.history.genetics.get(marker)
    return held is not None and held.result is Finding.PRESENT


def a4(case: Case, status: int) -> Words:
    """Blinatumomab and inotuzumab, and whether blinatumomab failed."""
    given = case.history.excluding if case.facts is None else case.facts.before.excluding
    if not given:
        return l3(case, status)
    parts = []
    for therapy in given:
        answer = ""
        if therapy.response is TherapyResponse.NO_CR:
            answer = ", no CR"
        elif therapy.response is TherapyResponse.CR:
            answer = ", CR"
        parts.append(f"{therapy_words(therapy)}{answer}")
    return Words("; ".join(parts), ids(given))


def a5(case: Case, _status: int) -> Words:
    """Release of the product."""
    if case.facts is None:
        return NOT_INFUSED
    release, setting = case.facts.before.release, case.setting
    if release is None:
        return Words("no release of the infused product recorded")
    limit = setting.knowledge.viability[setting.jurisdiction].limit_pct
    flag = "flagged out of specification" if release.out_of_specification else "released in specification"
    parts = [flag, "viability not recorded"]
    if release.viability_pct is not None:
        viability, limited = percent(release.viability_pct), f"{percent(limit)} ({setting.jurisdiction.upper()})"
        parts[1] = f"viability {viability}, limit {limited}"
        if release.viability_pct < limit:
            parts[1] = f"viability {viability}, below the limit of {limited}"
            parts = parts if release.out_of_specification else [parts[1], "not flagged"]
    return Words(f"{'; '.join(parts)}, {date_text(release.at.day)}", (release.id,))


def a6(case: Case, _status: int) -> Words:
    """Judgement of expansion."""
    if case.facts is None:
        return NOT_INFUSED
    peak, auc = case.facts.expansion_peak, case.facts.expansion_auc
    entries = [entry for entry in (peak, auc) if entry is not None]
    if not entries:
        return Words(f"no judgement of expansion recorded, {case.as_of}")
    peak_words = "peak not judged" if peak is None or peak.peak is None else f"peak {label(peak.peak.value)}"
    auc_words = "AUC not judged" if auc is None or auc.auc is None else f"AUC {label(auc.auc.value)}"
    on = max(entry.at.day for entry in entries)
    return Words(f"{peak_words}, {auc_words}, {when(on, case.facts.day0)}", tuple(dict.fromkeys(ids(entries))))


def a7(case: Case, status: int) -> Words:
    """Loss of aplasia after the early months and within the long ones."""
    if case.facts is None:
        return NOT_INFUSED
    facts, aplasia = case.facts, case.facts.aplasia
    window = f"{date_text(facts.dates.early)} to {date_text(facts.dates.long)}"
    if aplasia.lost_on is not None:
        on = when(aplasia.lost_on, facts.day0)
        shown = f"{cd19_words(aplasia.lost_by)}, {on}"
        if status == MET:
            undated = "" if aplasia.datable else ", not datable"
            return Words(f"lost: {shown}{undated} ({window})", ids(aplasia.lost_by))
        side = "lost earlier, see H4" if aplasia.lost_on < facts.dates.early else "lost later"
        return Words(f"{'never established, see H4' if aplasia.never else side}: {shown}", ids(aplasia.lost_by))
    if aplasia.last_aplastic is None:
        first = case.setting.knowledge.numbers.aplasia_from
        return Words(f"no aplastic sample from {day_text(first)} on, {case.as_of}")
    last = f"{cd19_words(aplasia.last_aplastic_by)}, {when(aplasia.last_aplastic, facts.day0)}"
    return Words(f"no loss recorded, {case.as_of}; last aplastic {last}", ids(aplasia.last_aplastic_by))


def a8(case: Case, status: int) -> Words:
    """Another product."""
    return l4(case, status)


def a9(case: Case, status: int) -> Words:
    """Young age."""
    return l1(case, status)


def a10(case: Case, _status: int) -> Words:
    """Burden outside the band."""
    return NOT_INFUSED if case.facts is None else burden_words(case.facts)


def a11(case: Case, _status: int) -> Words:
    """Further therapy and reinfusions."""
    if case.facts is None:
        return NOT_INFUSED
    facts = case.facts
    parts, evidence = [], []
    if facts.further is not None:
        parts.append(therapy_words(facts.further))
        evidence.append(facts.further.id)
    if facts.reinfusion is not None:
        parts.append(f"reinfusion {when(facts.reinfusion.at.day, facts.day0)}")
        evidence.append(facts.reinfusion.id)
    if parts:
        return Words("; ".join(parts), tuple(evidence))
    return Words(f"none recorded after {date_text(facts.day0)}, {case.as_of}")


def a12(case: Case, _status: int) -> Words:
    """Positive samples from the first day of follow-up marrows on."""
    if case.facts is None:
        return NOT_INFUSED
    marrow, day0 = case.facts.marrow, case.facts.day0
    if marrow.last_positive is not None:
        last = marrow.last_positive
        more = f"; {marrow.positives} positive samples" if marrow.positives > 1 else ""
        return Words(f"{marrow_words(last)}, {when(last.day, day0)}{more}", last.ids)
    if marrow.first_negative is not None and marrow.last is not None:
        return Words(f"none as of {when(marrow.last.day, day0)}: {marrow_words(marrow.last)}", marrow.last.ids)
    first = day_text(case.setting.knowledge.numbers.day28_first)
    if marrow.last is not None:
        shown = f"{marrow_words(marrow.last)}, {when(marrow.last.day, day0)}"
        return Words(f"no sample from {first} on with a result that counts, {case.as_of}: {shown}", marrow.last.ids)
    return Words(f"no marrow from {first} on, {case.as_of}")
