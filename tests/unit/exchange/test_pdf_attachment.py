"""Tests of the chart within the PDF: the same bytes back, and every altered, locked or foreign PDF refused in words."""

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from bedside.chart.errors import UserError
from bedside.exchange.pdf_attachment import CHART_NAME, HASH_KEY, attach, attached_chart, is_pdf
from bedside.exchange.strict_json import LARGEST_CHART_BYTES

CHART = '{"format":"bedside-chart","note":"µ ≥ Ω"}'.encode()
Change = Callable[[pikepdf.Pdf], None]


def page() -> bytes:
    """A PDF of one page."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 72, "Synthetic")
    canvas.save()
    return out.getvalue()


def altered(change: Change) -> bytes:
    """A summary after somebody changed it."""
    with pikepdf.open(io.BytesIO(attach(page(), CHART))) as document:
        change(document)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def test_that_the_chart_comes_back_byte_by_byte_and_attaching_twice_gives_the_same_file() -> None:
    assert attached_chart(attach(page(), CHART), "a.pdf") == CHART
    assert attach(page(), CHART) == attach(page(), CHART)


def test_that_the_chart_is_an_associated_file_and_the_document_is_sound() -> None:
    with pikepdf.open(io.BytesIO(attach(page(), CHART))) as document:
        assert document.check_pdf_syntax() == []
        (associated,) = document.Root.AF
        assert (str(associated.AFRelationship), str(associated.UF)) == ("/Source", CHART_NAME)


@pytest.mark.parametrize(
    ("given", "words"), [(None, "protected by a password"), ("wrong", "does not open"), ("", "does not open")]
)
def test_that_a_locked_summary_opens_by_its_password_alone(given: str | None, words: str) -> None:
    locked = attach(page(), CHART, password="Grüne Wiese 7")
    assert attached_chart(locked, "a.pdf", "Grüne Wiese 7") == CHART
    with pytest.raises(UserError, match=words):
        attached_chart(locked, "a.pdf", given)
    assert CHART not in locked
    assert b"Synthetic" not in locked


def test_that_a_password_for_a_summary_that_is_not_locked_is_passed_over() -> None:
    assert attached_chart(attach(page(), CHART), "a.pdf", "Grüne Wiese 7") == CHART


@pytest.mark.parametrize("password", ["a" * 127, "ä" * 63 + "b"])
def test_that_the_longest_password_opens_what_it_locks(password: str) -> None:
    assert attached_chart(attach(page(), CHART, password=password), "a.pdf", password) == CHART


@pytest.mark.parametrize("password", ["a" * 128, "ä" * 64])
def test_that_a_password_too_long_to_open_the_file_again_is_refused(password: str) -> None:
    with pytest.raises(UserError, match="longer than 127 bytes"):
        attach(page(), CHART, password=password)


def test_that_an_empty_password_which_would_lock_nothing_is_refused() -> None:
    with pytest.raises(UserError, match="The password is empty"):
        attach(page(), CHART, password="")


def test_that_a_password_opens_the_file_however_its_letters_were_composed() -> None:
    composed, apart = "Gr\u00fcne Wiese", "Gru\u0308ne Wiese"
    assert attached_chart(attach(page(), CHART, password=composed), "a.pdf", apart) == CHART
    assert attached_chart(attach(page(), CHART, password=apart), "a.pdf", composed) == CHART


def _other_content(document: pikepdf.Pdf) -> None:
    document.attachments[CHART_NAME].obj.EF.F.write(CHART.replace(b"note", b"nOte"))


def _no_hash(document: pikepdf.Pdf) -> None:
    del document.docinfo[HASH_KEY]


def _other_hash(document: pikepdf.Pdf) -> None:
    document.docinfo[HASH_KEY] = pikepdf.String("0" * 64)


@pytest.mark.parametrize("change", [_other_content, _no_hash, _other_hash])
def test_that_an_altered_attachment_is_refused(change: Change) -> None:
    with pytest.raises(UserError, match="not the one that was attached"):
        attached_chart(altered(change), "a.pdf")


def _put(document: pikepdf.Pdf, name: str) -> None:
    document.attachments[name] = pikepdf.AttachedFileSpec(
        document, b"<a/>", filename=name, description="", mime_type="", creation_date="", mod_date=""
    )


def _second_file(document: pikepdf.Pdf) -> None:
    _put(document, "other.json")


def _other_name(document: pikepdf.Pdf) -> None:
    del document.attachments[CHART_NAME]
    _put(document, "invoice.xml")


def _nothing_attached(document: pikepdf.Pdf) -> None:
    del document.attachments[CHART_NAME]


@pytest.mark.parametrize(
    ("change", "words"),
    [(_second_file, "2 attached files"), (_other_name, "1 attached files"), (_nothing_attached, "no chart")],
)
def test_that_only_a_pdf_with_one_chart_is_taken(change: Change, words: str) -> None:
    with pytest.raises(UserError, match=words):
        attached_chart(altered(change), "a.pdf")


def test_that_a_chart_that_unpacks_to_more_than_any_chart_is_refused_before_it_is_held() -> None:
    packing = zlib.compressobj(9)
    block = bytes(1 << 20)
    packed = b"".join(packing.compress(block) for _ in range((LARGEST_CHART_BYTES >> 20) + 8)) + packing.flush()

    def blow_up(document: pikepdf.Pdf) -> None:
        document.attachments[CHART_NAME].obj.EF.F.write(packed, filter=pikepdf.Name.FlateDecode)

    with pytest.raises(UserError, match="larger than 64 MB"):
        attached_chart(altered(blow_up), "a.pdf")


def test_that_a_stream_in_another_packing_is_not_unpacked() -> None:
    def repack(document: pikepdf.Pdf) -> None:
        document.attachments[CHART_NAME].obj.EF.F.write(b"80" * 4, filter=pikepdf.Name.ASCIIHexDecode)

    with pytest.raises(UserError, match=r"cannot be read|not the one"):
        attached_chart(altered(repack), "a.pdf")


@pytest.mark.parametrize("keep", [0, 9, 400, 900])
def test_that_a_pdf_cut_short_gives_no_chart_that_is_not_whole(keep: int) -> None:
    with pytest.raises(UserError):
        attached_chart(attach(page(), CHART)[:keep], "a.pdf")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"{}", bytes(3000)])
def test_that_what_only_looks_like_a_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match=r"a\.pdf: "):
        attached_chart(data, "a.pdf")


@pytest.mark.parametrize(("data", "found"), [(b"%PDF-1.4", True), (b"\n\n%PDF-1.7", True), (b'{"a": 1}', False)])
def test_that_a_pdf_is_known_by_its_beginning(data: bytes, found: bool) -> None:
    assert is_pdf(data) is found
