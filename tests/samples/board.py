"""Rows of a synthetic ward board, one for each way a row can look."""

from datetime import date, timedelta

from bedside.service.board_listed import Waiting
from bedside.ui.board.lines import BoardLine, Grade, Move

AS_OF = date(2020, 7, 31)


def row(given: str, family: str, day: int | None = None, **more: object) -> BoardLine:
    """A synthetic patient; everything that is not named is typical."""
    number = sum(map(ord, family + given)) % 97
    fields: dict[str, object] = {
        "mrn": f"SYN-{number:04d}",
        "family": family,
        "given": f"Synthetic {given}",
        "birth": date(2009, 4, 9),
        "sex": "Female",
        "phase": "follow_up",
        "as_of": AS_OF,
        "tag": "synthetic",
        "day": day,
        "day0": None if day is None else AS_OF - timedelta(days=day),
        "product": "tisagenlecleucel",
    }
    return BoardLine(**(fields | more))  # type: ignore[arg-type]


def due(what: str, on: date) -> Waiting:
    """Something due on a date, its window a fortnight longer; overdue when that lies before AS_OF."""
    return Waiting(what, what, on, on + timedelta(days=14), max((AS_OF - on).days, 0))


MARROW = due("Marrow with MRD by PCR or NGS", date(2020, 8, 13))
APLASIA = due("CD19 count", date(2020, 12, 15))

TYPICAL = (
    row(
        "Three",
        "Quince",
        7,
        phase="early_monitoring",
        risk="ambiguous",
        next_due=MARROW,
        crs=Grade(3, -1, serious=True),
        icans=Grade(1, 1),
        last="2020-07-31T08:00:00+02:00",
    ),
    row(
        "Five",
        "Sorrel",
        12,
        phase="early_monitoring",
        product="brexucabtagene autoleucel",
        risk="ambiguous",
        crs=Grade(1, -1),
        icans=Grade(2, 0, serious=True),
        last="2020-07-31T04:10:00+02:00",
    ),
    row(
        "Marie-Luise",
        "von der Testberg-Holunder",
        3,
        phase="early_monitoring",
        next_due=MARROW,
        crs=Grade(1, 1),
        icans=Grade(0, 0),
        last="2020-07-31T09:20:00+02:00",
    ),
    BoardLine(
        "PUB-MYERS",
        "Published",
        "Myers Index",
        date(2000, 6, 15),
        "Male",
        "follow_up",
        AS_OF,
        "published case",
        day=60,
        day0=date(2020, 6, 1),
        product="tisagenlecleucel",
        risk="high",
        moved=Move("ambiguous", date(2020, 7, 31)),
        next_due=Waiting("car_t_level", "CAR-T level", date(2020, 7, 27), date(2020, 8, 3)),
        overdue=(due("CSF", date(2020, 6, 29)), due("IgG", date(2020, 6, 29))),
        last="2020-07-31",
    ),
    row("Eight", "Alder", 193, risk="low", provisional=False, moved=Move("pending", date(2020, 7, 24))),
    row("Fourteen", "Elder", phase="referral", product=""),
    row("Seven", "Medlar", 0, phase="infusion", next_due=MARROW),
    row("Nine", "Hazel", -3, phase="lymphodepletion", day0_planned=True, product_state="released"),
    row("Ten", "Larch", -28, phase="bridging", day0_planned=True),
    row(
        "Six",
        "Rowan",
        49,
        risk="ambiguous",
        overdue=(due("Marrow with MRD by PCR or NGS", date(2020, 7, 24)),),
        next_due=APLASIA,
    ),
    row("Twelve", "Tamarisk", 88, risk="ambiguous", provisional=False, next_due=APLASIA, conflicts=1),
    row(
        "Eleven",
        "Juniper",
        -56,
        phase="apheresis",
        day0_planned=True,
        blockers=("wash-out before apheresis: blinatumomab",),
        low_reachable=False,
    ),
    row(
        "Sixteen",
        "Spindle",
        210,
        phase="closed",
        risk="high",
        provisional=False,
        headline="closed: CNS relapse, D+210",
    ),
)
