"""Tests of the bundled faces: every sign that the window and the PDF use, and figures of one width."""

import pytest
from fontTools.ttLib import TTFont

from bedside.resources import resource

FACES = ("Regular", "Medium", "SemiBold", "Bold")
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
SIGNS = "µμ≥≤−⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹×→↑↓–—…·±°%‰\u00a0\u202f\u2011"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
LATIN = "ÄÖÜäöüßçéèêëîïñøåæœšžčřŁłğı"


def face(name: str) -> TTFont:
    return TTFont(resource(f"fonts/BedsideSans-{name}.ttf"))


@pytest.mark.parametrize("name", FACES)
def test_that_a_face_holds_every_sign_in_use(name: str) -> None:
    signs = face(name).getBestCmap()
    assert [sign for sign in SIGNS + GREEK + CYRILLIC + LATIN if ord(sign) not in signs] == []


@pytest.mark.parametrize("name", FACES)
def test_that_the_figures_of_a_face_have_one_width(name: str) -> None:
    font = face(name)
    signs = font.getBestCmap()
    assert len({font["hmtx"][signs[ord(figure)]][0] for figure in "0123456789"}) == 1


@pytest.mark.parametrize("name", FACES)
def test_that_a_face_says_its_family_and_weight_and_embeds_in_a_pdf(name: str) -> None:
    font = face(name)
    assert font["name"].getDebugName(16) == "Bedside Sans"
    assert font["OS/2"].usWeightClass == WEIGHTS[name]
    assert "glyf" in font


def test_that_the_fallback_face_holds_every_sign_in_use() -> None:
    signs = TTFont(resource("fonts/DejaVuSans.ttf")).getBestCmap()
    assert [sign for sign in SIGNS + GREEK + CYRILLIC + LATIN if ord(sign) not in signs] == []


@pytest.mark.parametrize("name", ["OFL.txt", "DEJAVU-LICENSE.txt"])
def test_that_the_licence_lies_beside_the_faces(name: str) -> None:
    assert "Copyright" in resource(f"fonts/{name}").read_text(encoding="utf-8")
