"""A file of HL7 messages: its segments with their lines, batches that are whole, and every message by itself."""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bedside.chart.errors import UserError
from bedside.exchange.counts.delimited import decoded
from bedside.exchange.counts.found import Question
from bedside.exchange.reading import WHAT_TO_DO
from bedside.exchange.refusals import shortened

MOST_SEGMENTS, MOST_OF_A_MESSAGE = 40_000, 5_000
_BEGINS = re.compile(rb"(MSH|FHS|BHS)[^A-Za-z0-9\s]|(PID|OBR|OBX)\|\d*\|")
"""Also of a file that has lost its first lines: as messages it is refused in words that fit."""
_HEADER = re.compile(r"MSH([^A-Za-z0-9\s])([^A-Za-z0-9\s]{2,5})\1")
_SIGNS = "^~\\&"
"""Those that hold where a head names fewer."""
_FRAMES = str.maketrans("", "", "\x0b\x1c")
"""The bytes that a connection puts around a message."""
_STATED = {"8859/1": "cp1252", "8859/15": "iso8859-15"}
_CLOSED_BY = {"FHS": "FTS", "BHS": "BTS"}


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment as text, and its line in the file, from 1."""

    line: int
    text: str

    @property
    def name(self) -> str:
        """The three letters that it begins with."""
        return self.text[:3]


Message = Sequence[Segment]


def is_hl7(data: bytes) -> bool:
    """Tell by its first bytes whether a file holds HL7 messages."""
    return _BEGINS.match(data[:64].removeprefix(codecs.BOM_UTF8).lstrip(b"\x0b \r\n")) is not None


def text_of(data: bytes, name: str, encoding: str | None) -> str | Question:
    """Return the text of a file: UTF-8, what the first message states, or as told; else the question which it is."""
    stated = re.search(rb"MSH(?:\|[^|\r\n]*){16}\|([^|~\r\n]*)", data)
    known = _STATED.get(stated[1].decode("ascii", "replace")) if stated else None
    text = decoded(data, name, encoding)
    if isinstance(text, Question) and known is not None:
        text = decoded(data, name, known)
    return text if isinstance(text, Question) else text.translate(_FRAMES)


def messages_of(text: str, name: str) -> tuple[Message, ...]:
    """Return the messages of a file; UserError names the line where a message has no head or a batch is not whole."""
    segments = [
        Segment(line, one.strip()) for line, one in enumerate(re.split("\r\n|\n|\r", text), start=1) if one.strip()
    ]
    if len(segments) > MOST_SEGMENTS:
        raise UserError(f"{name}: it holds more than {MOST_SEGMENTS} segments.", "Nothing of it was used; split it.")
    _require_whole(segments, name)
    return tuple(_grouped(segments, name))


def _grouped(segments: Sequence[Segment], name: str) -> Iterator[Message]:
    message: list[Segment] = []
    for segment in segments:
        if segment.name in {"FHS", "BHS", "BTS", "FTS"}:
            continue
        if segment.name == "MSH":
            if message:
                yield message
            _require_head(segment, name)
            message = []
        elif not message:
            raise _refused(name, segment, f"{shortened(segment.text)} stands in no message (MSH is missing)")
        message.append(segment)
        if len(message) > MOST_OF_A_MESSAGE:
            raise _refused(name, message[0], f"the message has more than {MOST_OF_A_MESSAGE} segments")
    if message:
        yield message


def _require_head(segment: Segment, name: str) -> None:
    """Refuse a head that does not name its signs, or one sign for two purposes."""
    match = _HEADER.match(segment.text)
    if match is None:
        raise _refused(name, segment, f"{shortened(segment.text)} is no head of a message")
    signs = match[1] + match[2] + _SIGNS[len(match[2]) :]
    if len(set(signs)) < len(signs):
        raise _refused(name, segment, f"{shortened(match[0])} names one sign for two purposes")


def _require_whole(segments: Sequence[Segment], name: str) -> None:
    """Refuse a file or batch that is not closed, or that says it holds another number of messages or batches."""
    for head, tail in _CLOSED_BY.items():
        heads = [segment for segment in segments if segment.name == head]
        tails = [segment for segment in segments if segment.name == tail]
        if len(heads) != len(tails):
            what = f"{head} stands {len(heads)} and {tail} {len(tails)} times; the file may have been cut"
            raise _refused(name, (heads or tails)[-1], what)
    batches = messages = 0
    for segment in segments:
        batches += segment.name == "BHS"
        messages += segment.name == "MSH"
        if segment.name == "BTS":
            _require_count(segment, messages, "messages", name)
            messages = 0
        elif segment.name == "FTS" and batches:
            _require_count(segment, batches, "batches", name)


def _require_count(segment: Segment, found: int, what: str, name: str) -> None:
    said = segment.text[4:].partition(segment.text[3:4])[0] if len(segment.text) > 4 else ""
    if said and said != str(found):
        raise _refused(name, segment, f"{segment.name} says {shortened(said)} {what}; there are {found}")


def _refused(name: str, segment: Segment, why: str) -> UserError:
    return UserError(f"{name}, line {segment.line}: {why}.", WHAT_TO_DO)
