"""Goods as sellers' programs save them: what becomes an item, what is refused by the number of its line."""

from __future__ import annotations

import contextlib
import csv
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bot.parsing import files
from app.errors import WrongFormat


def items(content: str | bytes, name: str = "stok.csv") -> list[str]:
    return files.goods(name, content.encode() if isinstance(content, str) else content).items


def refused(content: str | bytes, name: str = "stok.csv") -> WrongFormat:
    with pytest.raises(WrongFormat) as refusal:
        items(content, name)
    return refusal.value


@pytest.mark.parametrize(
    "content",
    [
        'g1@x.id,"pw1\ng2@x.id,pw2"\ng3@x.id,pw3',
        'g1@x.id,"pw1\ng2@x.id,pw2\n',
        '"a"b,c\n',
        '"a;b\n',
    ],
)
def test_a_stray_quote_is_refused_by_its_line_and_swallows_nothing(content: str):
    refusal = refused(content)

    assert refusal.hint == "addstock.quote"
    assert refusal.facts["lines"].startswith("1")


def test_all_lines_with_a_stray_quote_are_named():
    assert refused('a,"b\n' * 8).facts["lines"] == "1, 2, 3, 4, 5, …"


def test_a_quote_inside_a_cell_is_a_letter():
    assert items('a,p"w\nb,5"\n') == ['a,p"w', 'b,5"']


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('"b1";"pw;1"\r\n"b2";"pw2"\r\n', ["b1;pw;1", "b2;pw2"]),
        ("b1\tpw,1\r\nb2\tpw2\r\n", ["b1|pw,1", "b2|pw2"]),
        ('sep=;\r\nb1;"p,w"\r\n', ["b1;p,w"]),
        ('"sep=,"\r\n"a","b"\r\n', ["a,b"]),
        ("sep=;;;\r\na1;b1;c1\r\n", ["a1;b1;c1"]),
        ('"sep=;",\r\na1,b1\r\n'.replace(",", ";"), ["a1;b1"]),
        ("a@x.id|pw;1\nb@x.id|pw2\n", ["a@x.id|pw;1", "b@x.id|pw2"]),
        ('"e ""x"""\n', ['e "x"']),
        ("one\ntwo\n", ["one", "two"]),
    ],
)
def test_the_delimiter_is_recognised(content: str, expected: list[str]):
    assert items(content) == expected


def test_empty_rows_and_padding_are_no_goods():
    assert items(",\n,,,\n\n;;\n \t \nk1,p1\n") == ["k1,p1"]
    assert items("k1,p1,,\nk2,p2,,\n,,,\n") == ["k1,p1", "k2,p2"]
    assert items("k1,p1,\nk2,p2\n") == ["k1,p1,", "k2,p2"]


@pytest.mark.parametrize(
    "heading",
    [
        "Email,Password", "email;kata sandi", "Kode", "No,Username,PIN,Warna", '"E-mail","Sandi"',
        "user_name,pass_word", "accountEmail,accountPassword", "Email,Password,2FA", "Table 1\nUser,Sandi",
        "Netflix\n26/11/2026\nEmail,Pw",
    ],
)  # fmt: skip
def test_a_heading_is_not_sold(heading: str):
    delimiter = ";" if ";" in heading else ","
    found = files.goods("a.csv", f"{heading}\na1{delimiter}b1\n".encode())

    assert found.items == [f"a1{delimiter}b1"]
    assert found.heading == heading.replace("\n", " / ").replace('"', "")


def test_a_heading_that_comes_again_is_not_sold_either():
    assert items("Email;Sandi\na1;b1\n\nEmail;Sandi\nc1;d1\n") == ["a1;b1", "c1;d1"]


@pytest.mark.parametrize("row", ["budi,rahasia", "a@x.id,password", "KEY-1", "password123,x", "PIN 2,x"])
def test_an_account_is_no_heading(row: str):
    assert items(f"{row}\nz9,y9\n")[0] == row


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("name", ["stok.txt", "stok.CSV"])
def test_the_encoding_is_recognised(encoding: str, name: str):
    assert items("café-1;ü\r\nkey-2;x\r\n".encode(encoding), name) == ["café-1;ü", "key-2;x"]


@pytest.mark.parametrize("encoding", ["cp850", "cp1251", "gbk", "mac-roman"])
def test_letters_of_another_encoding_are_not_guessed(encoding: str):
    written = {"cp850": "kopö1;ké", "mac-roman": "cafés;x"}.get(
        encoding, "密码;x" if encoding == "gbk" else "пароль;x"
    )

    assert refused(written.encode(encoding)).hint == "addstock.file_text"


@pytest.mark.parametrize("text", ["don’t;5 €", "“café” – naïve…;Škoda", "ÀÉ;œuvre", "señor•;x™"])
def test_signs_of_western_texts_are_read(text: str):
    assert items(text.encode("cp1252")) == [text]


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"PK\x03\x04xl/workbook", "file_sheet"),
        ("kué\nb\xff".encode() + b"\xff\n", "file_damaged"),
        (b"\xff\xfea", "file_text"),
        (b"ok\nk\x07y\n", "odd"),
        ("ok\nhilang \ufffd\n".encode(), "odd"),
        (b"", "lines"),
        (b",,,\n", "lines"),
        (("x" * 4001).encode(), "long_line"),
        (b"x\n" * 200_001, "file_lines"),
    ],
)
def test_what_is_no_list_of_goods_is_refused(content: bytes, hint: str):
    assert refused(content).hint == f"addstock.{hint}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "start", ["<html><table>", "<!-- x --><table>", '\ufeff<?xml version="1.0"?>', "{\\rtf1", "\n<TABLE>"]
)
def test_what_programs_save_as_text_but_is_no_list_is_refused(start: str, encoding: str):
    assert refused(f"{start}\na@x.id,pw1\n".encode(encoding)).hint == "addstock.file_sheet"


@pytest.mark.parametrize(
    "cell",
    [
        "#REF!",
        "#N/A",
        "#NAME?",
        "#FIELD!",
        "#GETTING_DATA",
        "Err:502",
        "Loading...",
        "#######",
        "1.23457E+15",
        "8,12E+12",
        "=1+1",
        "=A1&B1",
        "=$B$2",
        "=CONCATENATE(A1,B1)",
        "=_XLFN.TEXTJOIN(A1)",
    ],
)
def test_what_a_spreadsheet_has_lost_is_refused_by_its_line(cell: str):
    refusal = refused(f"a@x.id;pw1\nb@x.id;{cell}\nc@x.id;pw3\n")

    assert refusal.hint == "addstock.lost"
    assert refusal.facts == {"lines": "2", "seen": cell}


@pytest.mark.parametrize("cell", ["=sandi", "=a1b2", "#", "#kode1", "E+10", "Err", "=x(1"])
def test_an_odd_password_is_none_of_these(cell: str):
    assert items(f"a@x.id;pw1\nb@x.id;{cell}\n")[1] == f"b@x.id;{cell}"


def test_spaces_around_a_quoted_cell_are_none_of_it():
    assert items('a, "pw,1" ,x\n"b" ,"2",y\n') == ["a,pw,1,x", "b,2,y"]


def test_a_text_that_was_written_as_a_formula_is_the_text():
    assert items('="00123";pw\n"=""0456""";="7"\n') == ["00123;pw", "0456;7"]


def test_an_empty_column_in_front_is_no_part_of_the_goods():
    assert items(",a@x.id,pw1\n,,pw2\n") == ["a@x.id,pw1", ",pw2"]


def test_a_title_above_the_names_is_not_sold_either():
    found = files.goods("stok.csv", b"Stok Netflix,,\nemail,password,catatan\na@x.id,pw,\n")

    assert (found.items, found.heading) == (["a@x.id,pw"], "Stok Netflix / email,password,catatan")


@pytest.mark.parametrize("heading", ["username|password", "Email:Kata Sandi", "sep=;\nEmail;Sandi"])
def test_a_heading_in_a_text_is_not_sold(heading: str):
    found = files.goods("stok.txt", f"{heading}\na@x.id;pw1\nb@x.id;pw2\n".encode())

    assert found.items == ["a@x.id;pw1", "b@x.id;pw2"]
    assert found.heading


def test_an_odd_character_is_named_with_its_line():
    assert refused(b"ok\nk\x07y\n", "a.txt").facts == {"lines": "2", "seen": "U+0007"}


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("name", ["stok.txt", "stok.csv"])
def test_only_line_feeds_and_returns_end_an_item(mark: str, name: str):
    assert items(f"k{mark}1\rk2\r\nk3\nk4", name) == [f"k{mark}1", "k2", "k3", "k4"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_a_table_that_excel_saved_as_text_is_a_table(encoding: str):
    content = 'Email\tSandi\r\na@x.id\t"p,1"\r\n\t\r\nb@x.id\t"p""2"\r\n'.encode(encoding)

    found = files.goods("stok.txt", content)

    assert (found.items, found.heading) == (["a@x.id|p,1", 'b@x.id|p"2'], "Email|Sandi")


def test_a_table_with_a_cell_of_two_lines_is_a_table_too():
    content = 'Email\tSandi\r\na@x.id\t"p1\np2"\r\nb@x.id\tp3\r\nc@x.id\tp4\r\n'.encode("utf-16")

    assert refused(content, "stok.txt").hint == "addstock.quote"


def test_a_name_with_a_hidden_ending_says_what_it_is():
    assert items('"a@x.id","p,1"\r\n', "Stok.csv.txt") == ["a@x.id,p,1"]


def test_a_tab_in_some_line_of_text_makes_no_table():
    assert items('a\tb\n"c"\n', "stok.txt") == ["a\tb", '"c"']


def test_a_line_of_text_is_an_item_to_the_letter():
    assert items('"a","b"\na,"b\n,,\nsep=;', "stok.txt") == ['"a","b"', 'a,"b', "sep=;"]


@pytest.mark.parametrize(
    "mark", list("\u200b\ufeff\u2060\u00ad\u200e\u202a\u200d\u3164\u034f\ufff9\ufe0f\U000e0041\U000e0100")
)
def test_unseen_characters_are_never_sold(mark: str):
    assert items(f"{mark}k1{mark}x{mark}\n{mark}\n", "stok.txt") == ["k1x"]


def test_no_break_spaces_are_spaces_and_emoji_stay_whole():
    assert items("\u00a0a\u00a0b\u2003\n\u2800\n👩‍👩‍👧 keluarga ❤️1️⃣\n", "stok.txt") == [
        "a b",
        "👩‍👩‍👧 keluarga ❤️1️⃣",
    ]


CELL = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), max_size=12).map("x{}".format)


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(st.tuples(CELL, CELL), min_size=2, max_size=8),
    delimiter=st.sampled_from([",", ";", "\t"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_spreadsheet_writes_is_read_cell_by_cell(rows, delimiter: str, end: str):
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerows([("a1", "b2"), *rows])

    found = items(f"sep={delimiter}{end}{written.getvalue()}")

    join = "|" if delimiter == "\t" else delimiter
    assert found == [join.join(row).strip() for row in [("a1", "b2"), *rows]]


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=200), name=st.sampled_from(["a.txt", "a.csv"]))
def test_no_file_breaks_the_reading(content: bytes, name: str):
    with contextlib.suppress(WrongFormat):
        assert all(item == item.strip() and "\n" not in item for item in items(content, name))


@pytest.mark.parametrize(
    "line", [" " * files.MOST_BYTES, "\u0628" + "\u200d" * 1_000_000 + "\u0628"], ids=["blanks", "joiners"]
)
def test_a_line_of_one_letter_keeps_no_worker_busy(line: str):
    begun_s = time.process_time()

    with pytest.raises(WrongFormat):
        files.goods("stok.csv", line.encode())

    assert time.process_time() - begun_s < 30  # where each letter looks at all that follow: minutes
