"""Owns what the banner says about a patient, and where each piece of it stands at a given width."""

from collections.abc import Sequence
from dataclasses import dataclass

from bedside.ui.lettering import Run, width_of_runs, wrapped_height
from bedside.ui.painting import CLASS_WORDS

MARGIN, GAP, CLASS_WIDTH, CLASS_TEXT_LEFT = 24.0, 24.0, 304.0, 54.0
PAD, NAME_ROW, FACT_ROW = 10.0, 28.0, 24.0
LOWEST = 72.0
TAG_PAD = 8.0


@dataclass(frozen=True)
class BannerFacts:
    """One patient's identity and state in words that are ready to be shown; "" means not recorded or not applicable.

    risk is "high", "ambiguous", "low" or "pending"; weight carries its date; allergies is "Known allergies" or
    "No known allergies", "" for not recorded; day is "D+60" or "D−56", "" without a day 0 or a plan; day0 is its date
    or "planned" with it; died is the date of death.
    """

    family: str
    given: str
    born: str
    age: str
    sex: str
    number: str
    tag: str = ""
    product: str = ""
    day0: str = ""
    weight: str = ""
    allergies: str = ""
    hsct: str = ""
    phase: str = ""
    day: str = ""
    risk: str = "pending"
    class_word: str = ""
    class_note: str = ""
    died: str = ""

    @property
    def risk_word(self) -> str:
        """The word beside the sign of the class."""
        return self.class_word or CLASS_WORDS[self.risk]

    @property
    def sentence(self) -> str:
        """Everything the banner shows, as it is read aloud."""
        rows = [*identity_items(self), *course_items(self)]
        spoken = ["".join(run.text for run in item.runs).strip() for item in rows]
        name = f"{self.family.upper()}, {self.given}"
        state = [self.phase, self.day, self.risk_word, self.class_note]
        return ", ".join([name, *spoken, *(word for word in state if word)])


@dataclass(frozen=True)
class Item:
    """A fact that stays on one line: its runs, and whether a frame stands around it."""

    runs: tuple[Run, ...]
    framed: bool = False

    @property
    def width(self) -> float:
        """How wide it is, with its frame."""
        return width_of_runs(self.runs) + (2 * TAG_PAD if self.framed else 0)


@dataclass(frozen=True)
class Placed:
    """An item at its left edge and baseline."""

    x: float
    baseline: float
    item: Item


@dataclass(frozen=True)
class BannerLayout:
    """How high the banner is, where each piece stands, and where the class block begins."""

    height: float
    pieces: tuple[Placed, ...]
    class_left: float


def _pair(caption: str, value: str, px: int) -> Item:
    missing = not value
    word = Run(value or "not recorded", px, 500 if missing else 600, "bink", missing)
    return Item((Run(f"{caption}\u00a0", px, 400, "bink2"), word))


def identity_items(facts: BannerFacts) -> list[Item]:
    """Birth, age, sex, number, death and tag: what stands beside the name."""
    born, died = _pair("Born", facts.born, 14), []
    age = (Run(f"\u00a0({facts.age})", 14, 400, "bink2"),) if facts.age else ()
    if facts.died:
        died = [Item((*_pair("Died", facts.died, 14).runs, *age))]
    else:
        born = Item((*born.runs, *age))
    tag = [Item((Run(facts.tag, 12, 400, "bink2"),), framed=True)] if facts.tag else []
    sex = Item((Run(facts.sex, 14, 600, "bink"),)) if facts.sex else _pair("Sex", "", 14)
    return [born, sex, _pair("No.", facts.number, 14), *died, *tag]


def course_items(facts: BannerFacts) -> list[Item]:
    """Product and day 0, weight, allergies, HSCT: the second line."""
    if facts.product:
        day0 = (Run(f"\u00a0{facts.day0}", 13, 600, "bink"),) if facts.day0 else ()
        product = [Item((Run(facts.product, 13, 400, "bink2"), *day0))]
    else:
        product = [Item((Run("Product\u00a0", 13, 400, "bink2"), Run("none yet", 13, 600, "bink")))]
        product += [_pair("Infusion", facts.day0, 13)] if facts.day0 else []
    known = bool(facts.allergies)
    allergies = Item((Run(facts.allergies, 13, 600, "bink"),)) if known else _pair("Allergies", "", 13)
    return [*product, _pair("Weight", facts.weight, 13), allergies, _pair("HSCT", facts.hsct or "none recorded", 13)]


def name_words(facts: BannerFacts) -> list[Run]:
    """The name word by word: the family name in capitals and bold, the given name regular."""
    family = [Run(word, 21, 700, "bink") for word in facts.family.upper().split()]
    given = [Run(word, 21, 400, "bink") for word in facts.given.split()]
    if family and given:
        family.append(Run(",", 21, 400, "bink"))
    return [*family, *given]


def _name_lines(words: Sequence[Run], width: float) -> list[Item]:
    lines: list[list[Run]] = [[]]
    for word in words:
        space = () if not lines[-1] or word.text == "," else (Run(" ", 21, word.weight, "bink"),)
        if lines[-1] and width_of_runs([*lines[-1], *space, word]) > width and word.text != ",":
            lines.append([word])
        else:
            lines[-1].extend([*space, word])
    return [Item(tuple(line)) for line in lines]


def _flow(items: Sequence[Item], left: float, right: float) -> list[list[tuple[float, Item]]]:
    rows: list[list[tuple[float, Item]]] = [[]]
    x = left
    for item in items:
        if rows[-1] and x + item.width > right:
            rows.append([])
            x = left
        rows[-1].append((x, item))
        x += item.width + GAP
    return rows


def _beside(facts: BannerFacts, right: float) -> tuple[float, list[Placed]] | None:
    """The identity stands beside the name, which breaks if it must; None if too little room is left for the name."""
    identity = identity_items(facts)
    room = right - MARGIN - sum(item.width + GAP for item in identity)
    names = _name_lines(name_words(facts), room)
    widest = max(line.width for line in names)
    if widest > room:
        return None
    pieces = [Placed(MARGIN, PAD + 21 + NAME_ROW * row, line) for row, line in enumerate(names)]
    pieces += [Placed(x, PAD + 21, item) for x, item in _flow(identity, MARGIN + widest + GAP, right + GAP)[0]]
    return _with_rows(pieces, PAD + NAME_ROW * len(names), _flow(course_items(facts), MARGIN, right))


def _below(facts: BannerFacts, right: float) -> tuple[float, list[Placed]]:
    """The name has the whole width, the identity stands in the line under it."""
    names = _name_lines(name_words(facts), right - MARGIN)
    pieces = [Placed(MARGIN, PAD + 21 + NAME_ROW * row, line) for row, line in enumerate(names)]
    rows = [*_flow(identity_items(facts), MARGIN, right), *_flow(course_items(facts), MARGIN, right)]
    return _with_rows(pieces, PAD + NAME_ROW * len(names), rows)


def _with_rows(
    pieces: list[Placed], top: float, rows: Sequence[Sequence[tuple[float, Item]]]
) -> tuple[float, list[Placed]]:
    for row in rows:
        pieces = [*pieces, *(Placed(x, top + 18, item) for x, item in row)]
        top += FACT_ROW
    return top + PAD, pieces


def lay_out(facts: BannerFacts, width: float) -> BannerLayout:
    """Place everything in a banner of that width: 72 px high, more where the name or the facts need more lines."""
    class_left = width - CLASS_WIDTH
    state = max(Run(facts.phase, 13).width, Run(facts.day, 26, 600).width)
    right = max(class_left - MARGIN - state - GAP, MARGIN + 240)
    below, beside = _below(facts, right), _beside(facts, right)
    top, pieces = beside if beside is not None and beside[0] <= below[0] else below
    note = wrapped_height(facts.class_note, CLASS_WIDTH - CLASS_TEXT_LEFT - 16, 12) if facts.class_note else 0
    height = max(LOWEST, top if top <= LOWEST else top - 4, 24 + note + 2 * PAD)
    return BannerLayout(height, tuple(pieces), class_left)
