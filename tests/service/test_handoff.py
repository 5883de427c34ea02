"""Tests of what is handed over twice: what changed since, who signed, and a second version that says it is one."""

import io
import json
from dataclasses import replace

import pikepdf
import pytest
from pypdf import PdfReader

from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf
from bedside.exchange.pdf_attachment import CHART_NAME
from bedside.service.exchange_files import import_file
from bedside.service.handoff import Order, changed_since, send, sent
from bedside.service.read import opened
from bedside.service.record import correct, record, void
from bedside.service.session import Session
from bedside.service.summaries import Paper, export_pdf
from tests.service.charts import INDEX, INDEX_MRN
from tests.unit.report.printed import plain

DAY = AsOf.parse("2020-07-31")
ORDER = Order(INDEX_MRN, DAY)
SUBSET = {"kind": "lymphocyte_subset", "at": "2020-07-31", "cd19": 75}
MARKUP = '<b>bold</b> &amp; </para> <img src="x"/> {0} %s'


def pages(pdf: bytes) -> list[str]:
    return [plain(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def without_the_loss(session: Session) -> None:
    """The index case before its last sample of B cells."""
    fields = json.loads(INDEX)
    fields["entries"] = [
        one for one in fields["entries"] if not (one["kind"] == "lymphocyte_subset" and one.get("cd19") == 75)
    ]
    import_file(session, "index.json", json.dumps(fields).encode())


def test_that_the_second_version_says_what_changed_since_the_first(session: Session) -> None:
    without_the_loss(session)
    first = pages(send(session, ORDER, "Team North"))
    assert "Version 1, draft" in first[0]
    assert "Changed since" not in " ".join(first)
    session.clock.advance(seconds=60)  # type: ignore[attr-defined]
    record(session, INDEX_MRN, SUBSET)
    second = pages(send(session, ORDER, "Team North"))
    assert "Version 2, draft" in second[0]
    assert "Changed since version 1" in second[0]
    assert "Class: ambiguous, provisional → high, provisional" in second[0]
    assert "B-cell aplasia: ongoing → lost" in second[0]
    assert "Lymphocyte subsets 1 31-Jul-2020 CD19⁺ 75/µL" in " ".join(second)
    assert "Version 1 was sent to Team North on" in " ".join(second)


def test_that_what_changed_since_goes_by_the_journal_when_the_clock_runs_back(session: Session) -> None:
    without_the_loss(session)
    session.clock.advance(days=1)  # type: ignore[attr-defined]
    send(session, ORDER, "Team North")
    session.clock.advance(days=-2)  # type: ignore[attr-defined]
    record(session, INDEX_MRN, SUBSET)
    (last,) = sent(session, INDEX_MRN)
    assert changed_since(opened(session, INDEX_MRN, DAY), last) == ("31-Jul-2020: Lymphocyte subsets: CD19⁺ 75/µL",)
    second = pages(send(session, ORDER, "Team South"))
    assert "Class: ambiguous, provisional → high, provisional" in second[0]
    assert [one.recipient for one in sent(session, INDEX_MRN)] == ["Team South", "Team North"]
    assert changed_since(opened(session, INDEX_MRN, DAY), sent(session, INDEX_MRN)[0]) == ()
    assert "No entry was stored since." in " ".join(pages(send(session, ORDER, "Team South")))


def test_that_corrections_and_what_was_taken_back_since_are_counted_and_told(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    send(session, ORDER, "Team North")
    session.clock.advance(seconds=60)  # type: ignore[attr-defined]
    loss = next(one["id"] for one in json.loads(INDEX)["entries"] if one.get("cd19") == 75)
    release = record(session, INDEX_MRN, {"kind": "body_size", "at": "2020-07-30", "weight_kg": 61}).entry.id
    correct(session, INDEX_MRN, loss, {**SUBSET, "cd19": 76}, "misread")
    void(session, INDEX_MRN, release, "another patient's")
    text = pages(send(session, ORDER, "Team North"))
    assert "Corrected or taken back: 2" in text[0]
    assert "now CD19⁺ 76/µL" in " ".join(text)


def test_that_a_version_without_anything_new_says_so(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    send(session, ORDER, "")
    assert "No entry was stored since." in " ".join(pages(send(session, ORDER, "")))


def test_that_a_version_of_what_was_known_earlier_tells_nothing_that_came_later(session: Session) -> None:
    without_the_loss(session)
    send(session, ORDER, "Team North")
    session.clock.advance(seconds=60)  # type: ignore[attr-defined]
    known_at = session.clock()
    session.clock.advance(seconds=60)  # type: ignore[attr-defined]
    record(session, INDEX_MRN, SUBSET)
    send(session, ORDER, "Team South")
    text = " ".join(pages(send(session, replace(ORDER, known_at=known_at), "Team East")))
    assert "Version 3, draft" in text
    assert "was sent to Team North on" in text
    assert "Team South" not in text
    assert "75/µL" not in text
    assert "No entry was stored since." in text


@pytest.mark.parametrize("paper", [Paper(), Paper("Letter", counts=True)])
def test_that_the_whole_document_is_sound_and_carries_one_chart(session: Session, paper: Paper) -> None:
    import_file(session, "index.json", INDEX)
    with pikepdf.open(io.BytesIO(export_pdf(session, INDEX_MRN, DAY, paper=paper))) as document:
        assert document.check_pdf_syntax() == []
        assert list(document.attachments) == [CHART_NAME]
        assert str(document.Root.Lang) == "en-GB"


def test_that_a_summary_with_another_chart_in_it_is_refused_and_nothing_is_stored(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    pdf = export_pdf(session, INDEX_MRN, DAY)
    count = session.store.head().count
    with pikepdf.open(io.BytesIO(pdf)) as document:
        stream = document.attachments[CHART_NAME].obj.EF.F
        stream.write(stream.read_bytes().replace(b"PUB-MYERS", b"PUB-OTHER"))
        altered = io.BytesIO()
        document.save(altered)
    with pytest.raises(UserError, match="not the one that was attached"):
        import_file(session, "summary.pdf", altered.getvalue())
    assert session.store.head().count == count
    assert [row.mrn for row in session.store.patients()] == [INDEX_MRN]


def test_that_markup_in_what_is_asked_and_to_whom_is_printed_as_text(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    order = Order(INDEX_MRN, DAY, paper=Paper(asked=MARKUP))
    send(session, order, MARKUP)
    text = " ".join(pages(send(session, order, MARKUP)))
    assert f"Asked of you: {MARKUP}" in text
    assert f"was sent to {MARKUP} on" in text
