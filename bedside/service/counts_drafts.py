"""A laboratory's lines on their way to verdicts, and the entries that lines of one moment come to together."""

from dataclasses import dataclass, field

from bedside.chart.formats import label
from bedside.chart.moments import At
from bedside.exchange.counts.found import Measurement, Sample
from bedside.service.counts_known import KnownCounts, Told
from bedside.service.counts_plan import PlannedRow, Verdict

_NO_ID = "00000000-0000-4000-8000-"


@dataclass(slots=True, eq=False)
class Draft:
    """A line on its way to its verdict; `repeats` are the lines that say the same."""

    sample: Sample
    mrn: str
    names: str = ""
    told: dict[str, Told] = field(default_factory=dict)
    known: int = 0
    refused: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    repeats: "tuple[Draft, ...]" = ()

    def refuse(self, why: str) -> None:
        """Add a reason, each once."""
        if why not in self.refused:
            self.refused += (why,)

    def warn(self, what: str) -> None:
        """Add something unusual, each once."""
        if what not in self.warnings:
            self.warnings += (what,)

    def refuse_with_repeated(self) -> None:
        """Refuse the line where one that says the same is refused."""
        lost = next((one for one in self.repeats if one.refused), None)
        if lost is not None and not self.refused:
            self.refuse(f"line {lost.sample.line}, which says the same, is refused")

    def planned(self) -> PlannedRow:
        """Return the line with its verdict, once all of them were held against the charts and each other."""
        sample, verdict = self.sample, self._verdict()
        is_sound = verdict is Verdict.ACCEPTED
        new: tuple[Measurement, ...] = ()
        if is_sound:
            whole = len(self.told) == len(sample.measured)
            new = sample.measured if whole else tuple(one for one in sample.measured if one.field in self.told)
        not_done = tuple(name for name in sample.not_done if name in self.told) if is_sound else ()
        reasons = (*self.refused, *self.asked, *self.unused)
        return PlannedRow(
            sample.line,
            self.mrn,
            self.names,
            sample.at,
            verdict,
            new,
            not_done,
            self.known,
            reasons,
            self.warnings,
        )

    def _verdict(self) -> Verdict:
        if self.refused:
            return Verdict.REFUSED
        if self.asked:
            return Verdict.ASKED
        if self.told:
            return Verdict.ACCEPTED
        return Verdict.KNOWN if self.known else Verdict.UNUSED


@dataclass(slots=True, eq=False)
class Group:
    """What the file says of one patient, moment and kind: the fields, and the line that gave each."""

    known: KnownCounts
    at: At
    kind: str
    told: dict[str, Told] = field(default_factory=dict)
    givers: dict[str, Draft] = field(default_factory=dict)

    def fields(self, number: int, source: str) -> dict[str, object]:
        """The fields of an entry; its id only counts, as it gets its own when it is stored."""
        told = self.told
        fields: dict[str, object] = {"kind": self.kind, "at": self.at.text, "id": f"{_NO_ID}{number:012x}"}
        absent = []
        censored = {}
        for name, (value, sign) in told.items():
            if value is None:
                absent.append(name)
                continue
            fields[name] = value
            if sign:
                censored[name] = sign
        if censored:
            fields["censored"] = censored
        if absent:
            fields["not_done"] = absent
        fields["note"] = self._note(source)
        return fields

    def _note(self, source: str) -> str:
        """Where the values come from, and how they were converted."""
        givers = list(dict.fromkeys(self.givers.values()))
        lines = ", ".join([str(giver.sample.line) for giver in givers])
        words = [f"{source}, {'line' if len(givers) == 1 else 'lines'} {lines}"]
        for giver in givers:
            for one in giver.sample.measured:
                if one.told and one.field in self.told:
                    words.append(f"{label(one.field)} {one.told}")
        return "; ".join(words)

    def leave_out_refused(self) -> bool:
        """Leave out what refused lines gave; whether there was any."""
        refused = [name for name, giver in self.givers.items() if giver.refused]
        for name in refused:
            del self.givers[name], self.told[name]
        return bool(refused)
