"""Encodings told from bytes; the truth is the encoding each text was written in."""

import codecs

import pytest

from workbench.data.engine.embedded import Engine
from workbench.data.files.delimited import open_delimited
from workbench.data.files.encoding import detect_encoding, transcode_to_utf8
from workbench.errors import InputError
from workbench.words.issues import describe_issue

FRENCH = "Événement;Prénom Élodie;montant 12 €\nfrançais;garçon très âgé;«oui»\nc’est;cœur;naïf – oui\n"
RUSSIAN = "Тип счёта;Номер;Иванов\nПлатеж;123;Москва\n"
JAPANESE = "名前,部署,金額\n山田太郎,営業,1200\n鈴木,カタカナ,ひらがな\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("plain", "utf-8"),
        (FRENCH, "utf-8"),
        (JAPANESE, "utf-8"),
        (FRENCH, "utf-16"),
        ("rep,calls\nAnna,3\n", "utf-16-le"),
        ("rep,calls\nAnna,3\n", "utf-16-be"),
        (FRENCH, "cp1252"),
        ("name,v\nJosé,1\n", "cp1252"),
        ("t,temp\n1,20°C\n2,22°C\n", "cp1252"),
        ("who,v\nA,£5\nB,£7\n", "cp1252"),
        ("it’s “ok”,the price – £5\n", "cp1252"),
        ("AÑO;SEÑOR;NIÑO\nPEÑA;MUÑOZ;ÁÉÍÓÚ\n", "cp1252"),
        ("Åse Ødegård;Ærø;blåbær\nHäyhä;Mäkelä;Töölö\n", "cp1252"),
        ("a;b\ncafé\x8d;naïf\x81;à\n", "latin-1"),
        (RUSSIAN, "cp1251"),
        ("имя,1\n", "cp1251"),
        (JAPANESE, "cp932"),
        ("id,text\n1,本\n", "cp932"),
    ],
)
def test_the_encoding_is_found(tmp_path, text, encoding):
    path = tmp_path / "f.csv"
    path.write_bytes(text.encode(encoding))
    assert detect_encoding(path, "f.csv")[0] == encoding


def test_a_mark_at_the_start_is_not_a_letter(tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes(codecs.BOM_UTF8 + b"rep\n")
    assert detect_encoding(path, "f.csv") == ("utf-8", ())


def test_letters_far_into_a_file_count_too(tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes(b"rep,calls\n" * 200_000 + "José,1\n".encode("cp1252"))
    assert detect_encoding(path, "f.csv")[0] == "cp1252"


def test_central_european_is_read_as_ansi_with_a_warning(tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes(
        "dolnośląskie;Głogów\nwielkopolskie;Poznań\nłódzkie;Łódź\nświętokrzyskie;Skarżysko\n".encode("cp1250")
    )
    name, issues = detect_encoding(path, "f.csv")
    assert name == "cp1252"
    assert [(issue.level, "cp1250" in describe_issue(issue).fix) for issue in issues] == [("warning", True)]


def test_a_few_broken_bytes_do_not_make_a_file_ansi(tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes(("José;Zoë\n" * 500).encode() + b"\xff\n")
    name, issues = detect_encoding(path, "f.csv")
    assert name == "utf-8"
    assert [(issue.code, issue.n_rows) for issue in issues] == [("damaged_characters", 1)]


@pytest.mark.parametrize("broken", [b"\xff", b"\xe2"])
def test_a_file_that_says_it_is_utf8_is_read_with_its_broken_bytes_replaced(tmp_path, broken):
    path = tmp_path / "f.csv"
    path.write_bytes(codecs.BOM_UTF8 + "rep,note\nJosé,ab".encode() + broken + b"\nZo,c\n")
    with Engine() as engine:
        opened = open_delimited(path, engine, "f.csv")
        rows = opened.rows.to_pyarrow().to_pylist()
    assert [(issue.code, issue.n_rows) for issue in opened.issues][:1] == [("damaged_characters", 1)]
    assert [list(row.values())[:2] for row in rows] == [["José", "ab\ufffd"], ["Zo", "c"]]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251", "utf-8-sig"])
def test_the_copy_in_utf8_says_the_same(tmp_path, encoding):
    text = RUSSIAN.replace("\n", "\r\n") * 50_000
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(text.encode(encoding))
    transcode_to_utf8(source, encoding, target, "a")
    assert target.read_bytes() == text.encode()


def test_an_unknown_encoding_is_refused(tmp_path):
    source = tmp_path / "a"
    source.write_bytes(b"x")
    with pytest.raises(InputError, match="encoding='klingon', problem='unknown'"):
        transcode_to_utf8(source, "klingon", tmp_path / "b", "a")
