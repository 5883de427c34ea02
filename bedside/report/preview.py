"""The pages of a PDF as pictures, for a look at it before it is handed out."""

from dataclasses import dataclass

from bedside.chart.progress import Progress, one_by_one, unheard

BYTES_A_PIXEL = 4


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: its size in pixels, and its rows from the top as bytes blue, green, red, unused."""

    width: int
    height: int
    pixels: bytes


def pages_of(pdf: bytes, width: int, progress: Progress = unheard) -> tuple[PagePicture, ...]:
    """Return every page of a PDF without a password, each `width` pixels wide; what `progress` raises ends it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple([_picture(document[number], width) for number in one_by_one(range(len(document)), progress)])
    finally:
        document.close()


def _picture(page: object, width: int) -> PagePicture:
    bitmap = page.render(scale=width / page.get_width(), prefer_bgrx=True, rev_byteorder=False)  # type: ignore[attr-defined]
    row = bitmap.width * BYTES_A_PIXEL
    data = bytes(bitmap.buffer)
    pixels = data if bitmap.stride == row else _without_padding(data, bitmap.stride, row)
    return PagePicture(bitmap.width, bitmap.height, pixels)


def _without_padding(data: bytes, stride: int, row: int) -> bytes:
    return b"".join(data[at : at + row] for at in range(0, len(data), stride))
