"""What a comma means is told by the column."""

import numpy as np
import pytest

from paradigms.data.tables.numerals import decimal_of, leaves_open, looks_like_number, numbers
from paradigms.data.tables.reading import read_table


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["987", "1,234", "12,300"], [987, 1234, 12300]),
        (["987", "1,234", "1,234,567"], [987, 1234, 1234567]),
        (["1.234.567", "2.500", "987"], [1234567, 2500, 987]),
        (["1.234,5", "2,25", "12.000"], [1234.5, 2.25, 12000]),
        (["1,234.5", "2.25", "12,000"], [1234.5, 2.25, 12000]),
        (["0,134", "1,250"], [0.134, 1.25]),
        (["1 250", "12\u202f300", "1\u00a0234\u2009567"], [1250, 12300, 1234567]),
        (["1'250", "2’300.5"], [1250, 2300.5]),
        (["12,34,567", "1,00,000"], [1234567, 100000]),
        (["−3", "+4", "-5", "(6)", "(1,234)"], [-3, 4, -5, -6, -1234]),
        (["12%", "3.5 %", "0"], [0.12, 0.035, 0]),
        (["12,5 %", "3,25 %"], [0.125, 0.0325]),
        (["$1,234.50", "-$3", "$ 4"], [1234.5, -3, 4]),
        (["1.234,50 €", "3,00 €"], [1234.5, 3]),
        (["EUR 5", "EUR 6.5"], [5, 6.5]),
        (["12 kg", "13.5 kg", "14"], [12, 13.5, 14]),
        (["21°C", "22.5°C"], [21, 22.5]),
        (["1e3", "2.5E-2", ".5", "5."], [1000, 0.025, 0.5, 5]),
        (["", "NA", "?", "1"], [np.nan, np.nan, np.nan, 1]),
        (["inf", "-Infinity", "1e400"], [np.inf, -np.inf, np.inf]),
        (["1_000", "0x10", "--1", "1,2,3", "x"], [np.nan] * 5),
        (["1st", "2nd"], [np.nan] * 2),
    ],
)
def test_a_column_is_read_in_one_format(cells, values):
    np.testing.assert_allclose(numbers(cells).values, values, rtol=1e-15)


def test_per_cents_without_their_sign_are_not_guessed():
    np.testing.assert_equal(numbers(["12%", "40%", "7"]).values, [0.12, 0.4, np.nan])


def test_what_stands_beside_numbers_is_told():
    assert numbers(["12 kg", "13 kg"])[1:] == ("kg", "12 kg", 12.0)
    assert numbers(["12%", "13%"])[1:] == ("%", "12%", 0.12)
    assert numbers(["12", "13"]).sign == ""


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["1,5"], ","),
        (["1.5"], "."),
        (["1,500"], None),
        (["1,500", "2,5"], ","),
        (["1,500.2"], "."),
        (["12"], None),
    ],
)
def test_the_decimal_sign(cells, sign):
    assert decimal_of(cells) == sign
    assert leaves_open(cells, ",") == (cells == ["1,500"])


@pytest.mark.parametrize(
    ("table", "first"),
    [
        ("a;b\n1,250;3\n2,750;4\n", 1.25),  # three decimals throughout, where commas do not separate
        ("a;b\n1,250;3\n987;4\n", 1250),
        ("a;b\n1.250;3\n987;4\n", 1250),  # as Excel writes it in German
        ("a;b\n1.250;3,5\n2.750;4,5\n", 1250),
        ('a,b\n"1,250",3.5\n"2,750",4.5\n', 1250),
        ("a,b\n1.250,3\n987,4\n", 1.25),
        ("a\tb\n1,250\t3.5\n2,750\t4.5\n", 1250),
        ("a\tb\n1,250\t3,5\n2,750\t4,5\n", 1.25),
    ],
)
def test_what_a_column_leaves_open_the_table_tells(table, first):
    assert read_table(table).numbers(0).values[0] == first


@pytest.mark.parametrize("cell", ["1", "-1.5", "1,234", "1.234,5", "12%", "$3", "3 kg", "1e5", "(5)"])
def test_what_may_be_a_number(cell):
    assert looks_like_number(cell)


@pytest.mark.parametrize("cell", ["", "oat", "2024-01-05", "10:30", "1,2;3", "a1", "1/2"])
def test_what_is_none(cell):
    assert not looks_like_number(cell)
