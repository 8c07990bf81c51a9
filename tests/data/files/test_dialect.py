"""The dialect of small texts that are easy to misjudge; the answers are what a person would say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import examples
from workbench.data.files.dialect import Dialect, detect_dialect
from workbench.data.files.records import first_records

CALLS = "rep,at,note\nAnna,2024-01-02,fine\nBob,2024-01-03,busy\n"


@pytest.mark.parametrize(
    ("text", "delimiter", "quote"),
    [
        pytest.param(CALLS, ",", '"', id="plain"),
        pytest.param(CALLS.replace(",", ";"), ";", '"', id="semicolon"),
        pytest.param(CALLS.replace(",", "\t"), "\t", '"', id="tab"),
        pytest.param(CALLS.replace(",", "|"), "|", '"', id="pipe"),
        pytest.param(CALLS.replace(",", "#"), "#", '"', id="number sign"),
        pytest.param(CALLS.replace(",", " "), " ", '"', id="space"),
        pytest.param("a;b\n1,5;2,5\n3,25;4,75\n", ";", '"', id="decimal commas"),
        pytest.param("id;tags\n1;red|green|blue\n2;red|blue\n3;green\n", ";", '"', id="lists with pipes in cells"),
        pytest.param(
            "at\tplace\n10:15\tRiver, north\n11:30\tHill, south\n", "\t", '"', id="commas and colons in cells"
        ),
        pytest.param("id,who\n1,'Smith, Anna'\n2,'Lee, Bob'\n", ",", "'", id="single quotes"),
        pytest.param("id,who\n1,O'Neil\n2,D'Angelo\n3,it's\n", ",", '"', id="apostrophes are no quotes"),
        pytest.param('id,note\n1,"x|y|z\n2|3|4\n5|6|7"\n2,ok\n', ",", '"', id="a table inside a cell"),
        pytest.param('1,"a"\n2,"b, c"\n3,"d"\n', ",", '"', id="no header"),
        pytest.param("x;OFF;1|2|3;0.5|0.6|0.7;;;yes\n", ";", '"', id="one row, more pipes than semicolons"),
        pytest.param('a,b\n1,"5"" pipe"\n2,"6"" pipe"\n', ",", '"', id="inch marks, doubled"),
        pytest.param("name\nAnna\nBob\nCleo\n", "", '"', id="one column"),
    ],
)
def test_what_a_person_would_say(text, delimiter, quote):
    found = detect_dialect(text)
    assert (found.delimiter, found.quote) == (delimiter, quote)


def test_a_backslash_before_quotes_amid_a_cell_escapes_them():
    found = detect_dialect('a,b\n1,"say \\"hi\\", then go"\n2,"say \\"bye\\", then stay"\n')
    assert found == Dialect(",", '"', "\\")


def test_runs_of_blanks_that_align_columns_count_as_one():
    text = "   x     y  name\n  1.0   2.0  ab\n 10.0  22.0  cd\n"
    found = detect_dialect(text)
    assert found.aligned
    assert list(found.rows(text)) == [["x", "y", "name"], ["1.0", "2.0", "ab"], ["10.0", "22.0", "cd"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end(end):
    text = CALLS.replace("\n", end)
    assert len(list(detect_dialect(text).rows(text))) == 3


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: ["Sales of 2024, all regions", "", *lines],
        lambda lines: [*lines, "", "printed on Monday"],
        lambda lines: [*lines[:5], lines[5] + ",,", *lines[6:]],
        lambda lines: [*lines[:5], lines[5].replace('"', "", 1), *lines[6:]],
        lambda lines: [*lines[:5], '"' + lines[5], *lines[6:]],
        lambda lines: [lines[0], lines[0], *lines],
        lambda lines: [*lines, "other,table", *[f"{i},x" for i in range(6)]],
    ],
    ids=["title", "footer", "long row", "lost quote", "stray quote", "header thrice", "second table"],
)
def test_damage_to_a_few_lines_does_not_change_the_dialect(damage):
    lines = ["id,at,note,price"] + [f'{i},2024-01-0{i},"warm; dry, or wet",{i}.50' for i in range(1, 10)]
    found = detect_dialect("\n".join(damage(lines)) + "\n")
    assert (found.delimiter, found.quote) == (",", '"')


def test_a_given_delimiter_is_kept():
    assert detect_dialect("a;b,c\n1;2,3\n", delimiter=",").delimiter == ","


@given(st.text(alphabet="a1,; \t\n\r\\'", max_size=40))
@settings(max_examples=examples(200))
def test_a_text_without_quotes_and_escapes_is_read_line_by_line(text: str) -> None:
    plain = Dialect(",")
    assert plain.one_line_each(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    alone = [next(plain.reader([line]), []) for line in (lines if lines[-1] else lines[:-1])]
    assert first_records(text, plain) == (alone, list(range(1, len(alone) + 1)))


def test_a_quoted_line_end_is_no_end_of_a_record() -> None:
    text = 'w,x,y,z\n1,2,3,4\n5,6,"7\n8",9\n'
    assert not Dialect(",").one_line_each(text)
    assert first_records(text, Dialect(","))[0][2] == ["5", "6", "7\n8", "9"]
