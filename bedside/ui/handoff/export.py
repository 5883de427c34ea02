"""Owns how the summary and the ward list leave the program."""

from datetime import datetime
from functools import partial

from bedside.chart.moments import AsOf
from bedside.chart.progress import Progress
from bedside.service.handoff import Order, PagePicture, SentCopy, preview, send, sent_pdf
from bedside.service.session import Session
from bedside.service.targets import file_name
from bedside.service.ward_list import ward_list, ward_list_pages
from bedside.ui.way_out import WayOut

PRINTED_WIDTH = 1654  # A4 at 200 dots an inch


class Handoff(WayOut):
    """The summary is kept in the store as it was sent; the ward list is noted."""

    def ask(self, order: Order, recipient: str = "") -> None:
        """Ask where the summary shall be written; the suggested name carries the number, never the name."""
        suggested = file_name(order.mrn, f"-{order.as_of.day.isoformat()}.pdf")
        self.save_as("Export the handoff summary", suggested, partial(send, self._desk.session, order, recipient))

    def ask_printer(self, order: Order, recipient: str = "") -> None:
        """Ask for a printer and print the summary."""
        session = self._desk.session
        pages = partial(preview, session, order, PRINTED_WIDTH)
        self.print(pages, partial(send, session, order, recipient), letter=order.paper.page == "Letter")

    def ask_copy(self, copy: SentCopy) -> None:
        """Ask where a summary shall be written again as it was sent."""
        suggested = file_name(copy.mrn, "-as-sent.pdf")
        self.save_as("Save the summary as it was sent", suggested, partial(_as_sent, self._desk.session, copy))

    def save_ward_list(self, as_of: AsOf, known_at: datetime | None) -> None:
        """Ask where the ward list shall be written."""
        name = f"ward-list-{as_of.day.isoformat()}.pdf"
        self.save_as("Save the ward list", name, partial(_ward_list, self._desk.session, as_of, known_at))

    def print_ward_list(self, as_of: AsOf, known_at: datetime | None) -> None:
        """Ask for a printer and print the ward list."""
        session = self._desk.session
        self.print(partial(_list_pages, session, as_of, known_at), partial(ward_list, session, as_of, known_at))


def _as_sent(session: Session, copy: SentCopy, _progress: Progress) -> bytes:
    return sent_pdf(session, copy)


def _list_pages(
    session: Session, as_of: AsOf, known_at: datetime | None, progress: Progress
) -> tuple[PagePicture, ...]:
    return ward_list_pages(session, as_of, PRINTED_WIDTH, known_at, progress=progress)


def _ward_list(session: Session, as_of: AsOf, known_at: datetime | None, progress: Progress) -> bytes:
    return ward_list(session, as_of, known_at, progress=progress)
