"""Tests of the names of exported files: made of the number alone, and two numbers never share one."""

from hypothesis import given
from hypothesis import strategies as st

from bedside.service.targets import file_name


def test_that_a_number_keeps_its_capitals_and_digits_and_nothing_leads_out_of_the_folder() -> None:
    assert file_name("PUB-MYERS_7", ".pdf") == "PUB-MYERS_7.pdf"
    assert file_name("../A/b c:µ", ".json") == "%2e%2e%2fA%2f%62%20%63%3a%c2%b5.json"


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_that_two_numbers_never_share_a_name_even_where_capitals_are_small_letters(one: str, other: str) -> None:
    shared = file_name(one, "").casefold() == file_name(other, "").casefold()
    assert shared is (one == other)
