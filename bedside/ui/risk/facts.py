"""Owns what stands beside the criteria: response, aplasia with its definition, marrow samples, alerts, the history."""

from collections.abc import Iterable, Mapping, Sequence

from bedside.chart.assessment import AlertLevel, Aplasia, Assessment, BcaStatus, MrdSample, SampleStatus
from bedside.chart.base import Entry
from bedside.chart.formats import NO_BREAK_SPACE, date_text, day_text
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line
from bedside.ui.risk.fact import Fact, Section
from bedside.ui.risk.words import history_line, unbroken

APLASIA_WORDS = {
    BcaStatus.UNKNOWN: "Not known",
    BcaStatus.NOT_ESTABLISHED: "Not established so far",
    BcaStatus.NEVER_ESTABLISHED: "Never established",
    BcaStatus.ONGOING: "Ongoing",
    BcaStatus.LOST: "Lost",
}
SAMPLE_WORDS = {SampleStatus.POSITIVE: "positive", SampleStatus.NEGATIVE: "negative", SampleStatus.UNKNOWN: "not known"}
RESPONSE, APLASIA, SAMPLES = "Response at day 28", "B-cell aplasia", "Marrow samples"


def sections(assessment: Assessment, entries: Mapping[str, Entry], definition: str) -> tuple[Section, ...]:
    """The sections in the order of reading; definition is that of B-cell recovery."""
    return (
        _response(assessment),
        _aplasia_section(assessment, definition),
        _samples(assessment.mrd),
        _history(assessment, entries),
    )


def _soft(text: str, token: str = "ink2") -> Line:
    return (Run(unbroken(text), 12, 400, token),)


def _beside(word: str, text: str) -> str:
    """What a text says beside the word that is shown before it already."""
    return text[len(word) :].lstrip(": ") if text.casefold().startswith(word.casefold()) else text


def _response(assessment: Assessment) -> Section:
    response = assessment.response
    if response is None or response.response is None:
        word = "Not derived" if response is None else "Not known"
        none = (
            "no infusion so far" if assessment.day0 is None else "no marrow with blasts and no judgement of its window"
        )
        why = none if response is None else unbroken(response.text)
        evidence = () if response is None else response.evidence
        line = (Run(word, 12, 600, "ink", missing=True), Run(f"  {why}", 12, 400, "ink2"))
        return Section(RESPONSE, (Fact((line,), evidence),), _soft(word.lower()), folded=True)
    word = {"cr": "CR", "cri": "CRi"}.get(response.response, response.response.replace("_", " ").capitalize())
    line = (Run(f"{word}  ", 12, 600, "ink"), Run(unbroken(_beside(word, response.text)), 12, 400, "ink2"))
    return Section(RESPONSE, (Fact((line,), response.evidence),), (Run(word, 12, 600, "ink"),), folded=True)


def _aplasia_section(assessment: Assessment, definition: str) -> Section:
    bca = assessment.bca
    facts = [Fact(tuple(_aplasia(bca)), bca.evidence)]
    if assessment.second_interval is not None:
        head = (Run("Second interval", 12, 600, "ink"),)
        facts.append(Fact((head, *_aplasia(assessment.second_interval)), assessment.second_interval.evidence))
    if definition not in bca.text:
        facts.append(Fact((_soft(f"Definition: {definition}."),)))
    return Section(APLASIA, tuple(facts), (_status_run(bca),), folded=True)


def _status_run(bca: Aplasia) -> Run:
    tone = "high" if bca.status in (BcaStatus.LOST, BcaStatus.NEVER_ESTABLISHED) else "ink"
    return Run(APLASIA_WORDS[bca.status], 12, 600, tone, bca.status is BcaStatus.UNKNOWN)


def _aplasia(bca: Aplasia) -> Iterable[Line]:
    duration = (
        f", {bca.duration_days}{NO_BREAK_SPACE}d from day{NO_BREAK_SPACE}0" if bca.duration_days is not None else ""
    )
    yield (_status_run(bca), Run(duration, 12, 400, "ink2"))
    if bca.text:
        yield _soft(_beside(APLASIA_WORDS[bca.status], bca.text))
    if bca.lost_on is not None and bca.confirmed is False:
        yield _soft("Seen in one sample; a second one has not confirmed it.", "ink")
    if bca.not_counted:
        count = len(bca.not_counted)
        yield _soft(f"{count} {'sample' if count == 1 else 'samples'} not counted, after an agent against B cells.")


def _samples(samples: Sequence[MrdSample]) -> Section:
    facts = [Fact((_sample(sample),), (sample.entry,)) for sample in reversed(samples)]
    none = (Run("None recorded", 12, 600, "ink", missing=True),)
    newest = f"newest {SAMPLE_WORDS[samples[-1].status]}" if samples else "none recorded"
    return Section(SAMPLES, tuple(facts) or (Fact((none,)),), _soft(newest), folded=True)


def _sample(sample: MrdSample) -> Line:
    day = f"{NO_BREAK_SPACE}({day_text(sample.day)})" if sample.day is not None else ""
    return (
        Run(f"{unbroken(date_text(sample.date))}{day}  ", 12, 400, "ink2"),
        Run(SAMPLE_WORDS[sample.status], 12, 600, "ink", sample.status is SampleStatus.UNKNOWN),
        Run(f"  {unbroken(sample.text)}", 12, 400, "ink2"),
    )


def _history(assessment: Assessment, entries: Mapping[str, Entry]) -> Section:
    moves = [step for step in reversed(assessment.risk.history) if step.moved]
    facts = [
        Fact((history_line(step, entries),), (step.entry,) if step.entry is not None and step.entry in entries else ())
        for step in moves
    ]
    nothing = Fact((_soft("The class has not moved so far."),))
    gist = "has not moved" if not moves else f"{len(moves)} {'move' if len(moves) == 1 else 'moves'}"
    return Section("Class history", tuple(facts) or (nothing,), _soft(gist), folded=True)


ALERT_KINDS = {AlertLevel.WARNING: "warning", AlertLevel.CAUTION: "caution", AlertLevel.INFO: "note"}


def alert_words(text: str, rule: str) -> tuple[str, str]:
    """What an alert states in bold, then the patient's data, what to do and the rule it comes from."""
    ends = [place for place in (text.find(mark) for mark in (". ", ": ", " (")) if place > 0]
    place = min(ends, default=len(text))
    lead = 1 if text[place : place + 1] in (".", ":") else 0
    statement, rest = text[: place + lead], text[place + lead :].strip()
    if not rest:
        statement = f"{statement.rstrip('.')}."
    detail = " ".join(part for part in (f"{rest.rstrip('.')}." if rest else "", rule_words(rule)) if part)
    return unbroken(statement), unbroken(detail)


def rule_words(rule: str) -> str:
    """The rule of an alert as it is printed: "Rule BCA-3."; names that are no rule's say nothing."""
    return f"Rule{NO_BREAK_SPACE}{rule}." if rule.isupper() else ""
