"""The fields of one HL7 message by number, without their escapes, and its points in time."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

import hl7

from bedside.chart.moments import At
from bedside.exchange.counts.dates import at_of
from bedside.exchange.counts.numbers import Refused
from bedside.exchange.hl7.messages import Message
from bedside.exchange.refusals import shortened

_TIME = re.compile(
    r"(?P<day>\d{8})(?:(?P<clock>\d{4})(?P<second>\d{2})?(?:\.\d{1,4})?)?(?P<offset>[+-]\d{4})?", re.ASCII
)
_OFFSET = re.compile(r"[+-]\d{4}$", re.ASCII)
_YEARS = range(1900, 2200)
_READABLE = r"(?:[^{0}]|{0}(?:[FSTREHN]|\.br|X(?:[0-9A-Fa-f]{{2}})+){0})*"
"""A text of which every escape stands for signs; the library drops the others, and what is left is another value."""
UNREADABLE = "the text holds an escape that cannot be read"


@dataclass(frozen=True, slots=True)
class Fields:
    """One segment of a message that was taken apart, with its line."""

    line: int
    name: str
    segment: hl7.Segment
    message: hl7.Message

    def text(self, field: int, component: int = 1, repetition: int = 1) -> str:
        """Return a component without its escapes, "" where there is none; as it was sent where one cannot be read."""
        try:
            found = self.segment[field][repetition - 1]
        except IndexError:
            return ""
        parts = found if isinstance(found, hl7.Repetition) else [found]
        if component > len(parts):
            return ""
        one = parts[component - 1]
        raw = one[0] if isinstance(one, hl7.Component) and len(one) else one
        sent = str(raw)
        return (str(self.message.unescape(sent)) if self._can_unescape(sent) else sent).strip()

    def is_readable(self, field: int) -> bool:
        """Tell whether every escape of a field can be read."""
        try:
            return self._can_unescape(str(self.segment[field]))
        except IndexError:
            return True

    def _can_unescape(self, sent: str) -> bool:
        sign = str(self.message.esc)
        return sign not in sent or re.fullmatch(_READABLE.format(re.escape(sign)), sent) is not None

    def repetitions(self, field: int) -> int:
        """Return how often a field is repeated, 0 where it is empty."""
        try:
            found = self.segment[field]
        except IndexError:
            return 0
        return len(found) if str(found) else 0

    def components(self, field: int) -> tuple[str, ...]:
        """Return every component of a field's first repetition."""
        try:
            found = self.segment[field][0]
        except IndexError:
            return ()
        count = len(found) if isinstance(found, hl7.Repetition) else 1
        return tuple(self.text(field, place) for place in range(1, count + 1))


def taken_apart(message: Message) -> tuple[Fields, ...] | Refused:
    """Return the segments of a message, or why it cannot be taken apart."""
    try:
        parsed = hl7.parse("\r".join(segment.text for segment in message))
    except (hl7.HL7Exception, ValueError, IndexError, KeyError) as error:
        return Refused(f"the message cannot be read ({error})")
    return tuple(Fields(one.line, one.name, segment, parsed) for one, segment in zip(message, parsed, strict=True))


def moment_of(text: str, sender: str, zone: tzinfo) -> At | Refused:
    """Return the moment of a time stamp as the ward's clock showed it.

    A time without an offset is of the sender's clock (`sender` is the message's own time stamp); where the ward's
    clocks were changed it is refused.
    """
    stamp = _stamp(text)
    if stamp is None:
        return Refused(f"{shortened(text)} is not a time; expected one such as 202605050730+0200")
    if stamp.clock is None:
        return At.parse(stamp.day.isoformat())
    try:
        local = datetime.combine(stamp.day, stamp.clock, stamp.offset or _senders_clock(sender, zone))
    except ValueError:
        return Refused(f"{shortened(sender)}, when the message was sent (MSH-7), has an offset that there is nowhere")
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        return Refused(f"{shortened(text)} lies where the clocks were changed, and it states no time zone")
    return at_of(local.astimezone(zone))


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A time stamp taken apart: a day, with a time of day and an offset where it has them."""

    day: date
    clock: time | None
    offset: tzinfo | None


def _stamp(text: str) -> _Stamp | None:
    """Take a time stamp apart, None where it is none."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    digits = match["clock"]
    try:
        day = date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:8]}")
        clock = time(int(digits[:2]), int(digits[2:]), int(match["second"] or 0)) if digits else None
        offset = _offset(match["offset"] or "")
    except ValueError:
        return None
    return _Stamp(day, clock, offset) if day.year in _YEARS else None


def _senders_clock(sent: str, ward: tzinfo) -> tzinfo:
    """Return the zone of a sender's times: the ward's, unless its offset was another than the ward's when it sent.

    What is sent in summer states the offset of summer, also where the sample is of winter.
    """
    offset, stamp = _offset(sent), _stamp(sent)
    if offset is None:
        return ward
    if stamp is None:
        return offset
    moment = datetime.combine(stamp.day, stamp.clock or time(), offset)
    return ward if moment.astimezone(ward).utcoffset() == moment.utcoffset() else offset


def _offset(text: str) -> tzinfo | None:
    """The offset at the end of a time stamp, None where it has none; ValueError where there is no such offset."""
    match = _OFFSET.search(text)
    if match is None:
        return None
    hours, minutes = int(match[0][1:3]), int(match[0][3:])
    if hours > 14 or minutes > 59:
        raise ValueError(text)
    found = timedelta(hours=hours, minutes=minutes) * (-1 if match[0][0] == "-" else 1)
    return timezone(found) if found else UTC
