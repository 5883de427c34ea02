"""The chart within the PDF: attached as an associated file, and taken out again only when it is what was attached."""

import hashlib
import io
import unicodedata
import zlib
from typing import TYPE_CHECKING, Any

from bedside.chart.errors import UserError
from bedside.exchange.strict_json import LARGEST_CHART_BYTES

if TYPE_CHECKING:
    import pikepdf

CHART_NAME = "chart.bedside.json"
HASH_KEY = "/BedsideChartSHA256"
PDF_START = b"%PDF-"
MINIMUM_VERSION = "1.7"
LONGEST_PASSWORD_BYTES = 127
"""In UTF-8; AES-256 in PDF takes no more, and a file locked with more opens for nobody."""
_SEARCHED_FOR_START = 1024


def is_pdf(data: bytes) -> bool:
    """Tell whether the bytes are those of a PDF."""
    return PDF_START in data[:_SEARCHED_FOR_START]


def attach(pdf: bytes, chart: bytes, *, password: str | None = None) -> bytes:
    """Return the PDF with the chart (interchange format) as an associated file, and its SHA-256 among its data.

    The same arguments give the same bytes, unless a password asks for AES-256: that draws fresh random keys.
    UserError for a password that is empty, which locks nothing, or too long.
    """
    import pikepdf

    if password == "":
        raise UserError("The password is empty.", "Choose one; nothing was written.")
    if password is not None and len(_composed(password).encode()) > LONGEST_PASSWORD_BYTES:
        raise UserError(
            f"The password is longer than {LONGEST_PASSWORD_BYTES} bytes: the file could not be opened again.",
            "Choose a shorter one; nothing was written.",
        )
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.attachments[CHART_NAME] = _specification(document, chart)
        document.Root.AF = pikepdf.Array([document.attachments[CHART_NAME].obj])
        document.docinfo[HASH_KEY] = pikepdf.String(hashlib.sha256(chart).hexdigest())
        out = io.BytesIO()
        if password is None:
            document.save(out, deterministic_id=True, min_version=MINIMUM_VERSION)
        else:
            key = _composed(password)
            locked = pikepdf.Encryption(user=key, owner=key, R=6)
            document.save(out, encryption=locked, min_version=MINIMUM_VERSION)
        return out.getvalue()


def _composed(password: str) -> str:
    """The password with its letters composed (NFC), the same from every keyboard."""
    return unicodedata.normalize("NFC", password)


def _specification(document: "pikepdf.Pdf", chart: bytes) -> Any:
    import pikepdf

    specification = pikepdf.AttachedFileSpec(
        document,
        chart,
        filename=CHART_NAME,
        mime_type="application/json",
        description="The chart that this summary was made from, for another Bedside to import",
        creation_date="",
        mod_date="",
    )
    specification.obj.AFRelationship = pikepdf.Name.Source
    stream = specification.obj.EF.F
    stream.write(zlib.compress(chart, 9), filter=pikepdf.Name.FlateDecode)
    stream.Params.Size = len(chart)
    return specification


def attached_chart(data: bytes, name: str, password: str | None = None) -> bytes:
    """Return the chart that a summary carries, in the interchange format.

    UserError in words: no PDF that can be read, a password missing or wrong, no chart in it, more than one file in it,
    a chart too large, or a chart that is not the one that was attached.
    """
    import pikepdf

    try:
        with _opened(data, password) as document:
            chart = _only_attachment(document, name)
            expected = str(document.docinfo.get(HASH_KEY, ""))
    except pikepdf.PasswordError:
        raise _needs_password(name, password) from None
    except (pikepdf.PdfError, zlib.error, ValueError, KeyError, AttributeError, TypeError):
        raise _damaged(name) from None
    if hashlib.sha256(chart).hexdigest() != expected:
        raise UserError(
            f"{name}: the chart in this PDF is not the one that was attached to it.",
            "It was altered or damaged. Ask the sender for a new summary; nothing was stored.",
        )
    return chart


def _opened(data: bytes, password: str | None) -> "pikepdf.Pdf":
    """The PDF, unlocked only where it is locked: of a password that it does not need pikepdf warns."""
    import pikepdf

    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        return pikepdf.open(io.BytesIO(data), password=_composed(password or ""))


def _only_attachment(document: "pikepdf.Pdf", name: str) -> bytes:
    names = list(document.attachments)
    if names != [CHART_NAME]:
        found = "no chart" if not names else f"{len(names)} attached files instead of one chart"
        raise UserError(f"{name}: this PDF holds {found}.", "Import a summary that Bedside wrote.")
    return _unpacked(document.attachments[CHART_NAME].obj.EF.F, name)


def _unpacked(stream: Any, name: str) -> bytes:
    """The content of the attached file, never more than a chart may hold, whatever its stream claims."""
    raw, filters = stream.read_raw_bytes(), stream.get("/Filter")
    if filters is None:
        chart = bytes(raw)
    elif str(filters) == "/FlateDecode":
        inflating = zlib.decompressobj()
        chart = inflating.decompress(raw, LARGEST_CHART_BYTES + 1)
    else:
        raise _damaged(name)
    if len(chart) > LARGEST_CHART_BYTES:
        largest = LARGEST_CHART_BYTES >> 20
        raise UserError(f"{name}: the attached chart is larger than {largest} MB.", "It cannot be a patient's chart.")
    return chart


def _needs_password(name: str, password: str | None) -> UserError:
    if password is None:
        return UserError(f"{name}: this PDF is protected by a password.", "Give the password that it was sent with.")
    return UserError(f"{name}: the password does not open this PDF.", "Check it and try again.")


def _damaged(name: str) -> UserError:
    return UserError(
        f"{name}: this PDF cannot be read.", "It is damaged or not a PDF. Ask the sender for a new summary."
    )
