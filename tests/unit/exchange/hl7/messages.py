"""Result messages as a laboratory sends them, and how they are read."""

from zoneinfo import ZoneInfo

from bedside.exchange.counts.found import Found, Sample, Surroundings
from bedside.exchange.counts.mapping import CountsMapping
from bedside.exchange.hl7.results import read_messages

ZONE = ZoneInfo("Europe/Berlin")
NAME = "results.hl7"
MSH = r"MSH|^~\&|LAB|HOSPITAL|BEDSIDE|WARD|20200701080000||ORU^R01^ORU_R01|1|P|2.5"
PID = "PID|1||T-0001^^^HOSPITAL^MR||Needlefamily^Synthetic One||20100302|F"
OBR = "OBR|1|A1|B1|BB^Blood count^L|||20200701073000"


def obx(
    code: str = "26464-8^Leukocytes^LN",
    value: str = "2.1",
    unit: str = "10*9/L",
    status: str = "F",
    *,
    kind: str = "NM",
    at: str = "",
) -> str:
    """One result."""
    return f"OBX|1|{kind}|{code}||{value}|{unit}|4-10|L|||{status}|||{at}"


def message(*results: str, msh: str = MSH, pid: str = PID, obr: str = OBR) -> str:
    """One message; a segment that is "" is missing."""
    return "\r".join(part for part in (msh, pid, obr, *results) if part) + "\r"


def found(text: str | bytes, mapping: CountsMapping | None = None) -> Found:
    """What a file says."""
    data = text if isinstance(text, bytes) else text.encode()
    return read_messages(data, mapping or CountsMapping(), Surroundings(NAME, ZONE))


def only(text: str, mapping: CountsMapping | None = None) -> Sample:
    """The one result of a file."""
    (sample,) = found(text, mapping).samples
    return sample
