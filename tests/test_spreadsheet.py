"""What a spreadsheet is given is shown there as it stands, and never reckoned."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.spreadsheet import MARK, written


def read(text: str) -> list[list[str]]:
    assert text.startswith(MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-233", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("x")'])
def test_what_could_be_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert read(written([[cell, "plain"]])) == [[f"'{cell}", "plain"]]


@pytest.mark.parametrize(
    "cell", ["", "Verified – Google still open here", 'Maria "Mia" Lopez', "Lopez, Maria", "a=b", "1-2"]
)
def test_anything_else_stands_as_it_is(cell: str) -> None:
    assert read(written([["first", cell]])) == [["first", cell]]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1)))
def test_no_cell_of_any_text_begins_a_formula(rows: list[list[str]]) -> None:
    found = read(written(rows))

    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in found for cell in row)
    assert [[cell.removeprefix("'") for cell in row] for row in found if row] == [
        [cell.removeprefix("'") for cell in row] for row in rows if row
    ]
