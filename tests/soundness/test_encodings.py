"""No Western sales export is ever read as Japanese, and files in other scripts are read as what they are.

The truth is the encoding that each text was written in. Texts are short on purpose: a file with a single letter beyond
ASCII is where readers go wrong.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from workbench.data.files.encoding import detect_encoding
from workbench.data.files.legacy_encoding import detect_legacy_encoding
from workbench.words.issues import describe_issue

split = str.split
WESTERN = {"cp1252", "latin-1"}
LETTERS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŠšŒœŽžŸªº"
MARKS = "€£¥°²³½±–—…•’‘“”„«»©®™§µ·"
PLACES = split("""
1# #1 1#|trimestre Menge|(#) (# [#] {#} #-Umsatz -# #- "#" '#' “#” ‘#’ «#» „#“ €# #€ £# $# #$ #/2 #. #: 1,#
#_1 _# @# #% #–1 –# +# #+ #&# #= ~# ^# #\\ #! #? …# #… ## n°|# 1.#
""")
DELIMITERS = [",", ";", "\t", "|"]
WORDS = split("""
Über Größe Straße Müller Jäger Köln Élodie Événement Prénom français garçon très âgé cœur naïf São João ação
Açúcar coração Região Münch Señor Muñoz año niño Peña Ærø Ødegård Åse blåbær Häyhä Mäkelä Töölö yö öö työ øre
å à ó é è créée 1º 2ª 3ème n° Ñandú però più città È così où déjà çà ça île Île œuvre Œuvre Škoda Noël Zoë
l’été l’Île aujourd’hui ’t m² 20°C ’s-Hertogenbosch Tórshavn Þór Ísland ísafjörður Reykjavík smørrebrød Ø Ö Ä
5€ £7 ½ “oui” «non» (Ø) Ø-Preis ÅÄÖ AVALIAÇÃO SÃO
""")
CYRILLIC = split("""
Имя Отдел Сумма Иванов Петров Москва Санкт-Петербург продажи клиент договор дата звонок цель итого квартал да
нет ООО товар количество цена регион примечание Менеджер ФИО НДС
""")
JAPANESE = split("""
名前 部署 金額 山田太郎 営業 鈴木 カタカナ ひらがな 売上 東京 大阪 株式会社 佐藤 田中 高橋 渡辺 伊藤 目標
達成率 商談 件数 訪問 電話 日付 担当者 合計 顧客 契約 見積 四半期 はい いいえ 第1四半期 テスト メモ
""")
OTHERS = {
    "cp1251": CYRILLIC,
    "koi8_r": CYRILLIC,
    "cp1253": split("""
Όνομα Τμήμα Ποσό πωλήσεις Αθήνα Θεσσαλονίκη πελάτης σύμβαση ημερομηνία τηλέφωνο στόχος σύνολο τρίμηνο ναι όχι
Παπαδόπουλος προϊόν ποσότητα τιμή περιοχή
"""),
    "cp932": JAPANESE,
    "euc_jp": JAPANESE,
    "gb18030": split("""
姓名 部门 金额 销售 经理 北京 上海 王伟 李娜 张三 客户 合同 日期 电话 目标 完成率 合计 季度 是 否 第一季度
有限公司 产品 数量 单价 地区 华东 备注
"""),
    "big5": split("""
姓名 部門 金額 銷售 經理 臺北 上海 王偉 李娜 客戶 合約 日期 電話 目標 達成率 合計 季度 是 否 有限公司 產品
數量 單價 地區 備註
"""),
    "cp949": split("""
이름 부서 금액 영업 서울 부산 김철수 이영희 고객 계약 날짜 전화 목표 달성률 합계 분기 예 아니오 주식회사 제품
수량 단가 지역 비고
"""),
}
CENTRAL = {
    "Polish": "dolnośląskie Głogów Poznań łódzkie Łódź Skarżysko sprzedaż ilość wartość październik Wałęsa",
    "Czech": "Příjmení Jiří Dvořák Plzeň České Budějovice částka říjen únor červen zákazník počet Ústí",
    "Hungarian": "értékesítés ügyfél összeg Győr Székesfehérvár időszak hűség kőbánya január március",
}


def lines(words: list[str], delimiter: str, encoding: str) -> bytes:
    """The lines of a file with a word in each; the header is ASCII."""
    return "".join(f"{i}{delimiter}{word}{delimiter}{7 * i}\n" for i, word in enumerate(words)).encode(encoding)


def drawn(words: list[str], encoding: str, n_words: int, n_files: int = 60) -> Iterator[tuple[bytes, list[str]]]:
    """Files of words drawn with equal chances, always the same ones."""
    chance = random.Random(f"{encoding} {n_words}")
    for _ in range(n_files):
        content = [chance.choice(words) for _ in range(n_words)]
        yield lines(content, chance.choice(DELIMITERS), encoding), content


@pytest.mark.parametrize("signs", [LETTERS, MARKS], ids=["letters", "marks"])
@pytest.mark.parametrize("delimiter", DELIMITERS, ids=["comma", "semicolon", "tab", "bar"])
def test_one_western_sign_in_any_place_is_western(signs, delimiter):
    texts = [place.replace("|", " ").replace("#", sign) for sign in signs for place in PLACES]
    wrong = {text: detect_legacy_encoding(lines([text], delimiter, "cp1252")).name for text in texts}
    assert {text: name for text, name in wrong.items() if name not in WESTERN} == {}


@pytest.mark.parametrize("n_words", [1, 2, 3, 8, 40])
def test_western_words_are_western_however_few(n_words):
    found = [(words, detect_legacy_encoding(content).name) for content, words in drawn(WORDS, "cp1252", n_words, 300)]
    assert [(words, name) for words, name in found if name not in WESTERN] == []


@pytest.mark.parametrize("word", WORDS)
def test_a_file_of_one_western_word_is_western(word):
    for delimiter in DELIMITERS:
        for text in (word, f"({word}", f"1 {word}", f"{word}-x", f"[{word}]"):
            assert detect_legacy_encoding(lines([text], delimiter, "cp1252")).name in WESTERN, (text, delimiter)


@pytest.mark.parametrize("encoding", OTHERS)
def test_a_file_of_forty_words_in_another_script_is_read_as_written(encoding):
    found = [detect_legacy_encoding(content) for content, _ in drawn(OTHERS[encoding], encoding, 40)]
    assert {(choice.name, choice.other) for choice in found} == {(encoding, None)}


@pytest.mark.parametrize(
    ("encoding", "n_words"),
    [("cp932", 3), ("cp1251", 3), ("cp949", 3), ("gb18030", 8), ("big5", 8), ("euc_jp", 8), ("cp1253", 8)],
)
def test_a_few_words_in_another_script_suffice(encoding, n_words):
    found = [detect_legacy_encoding(content).name for content, _ in drawn(OTHERS[encoding], encoding, n_words, 200)]
    assert sum(name != encoding for name in found) <= 0.02 * len(found)


@pytest.mark.parametrize("encoding", OTHERS)
@pytest.mark.parametrize("n_words", [2, 3])
def test_a_wrong_reading_of_few_words_comes_with_the_doubt(encoding, n_words):
    found = [detect_legacy_encoding(content) for content, _ in drawn(OTHERS[encoding], encoding, n_words, 200)]
    silent = [choice for choice in found if choice.name != encoding and choice.other is None]
    assert len(silent) <= 0.03 * len(found)


@pytest.mark.parametrize("language", CENTRAL)
@pytest.mark.parametrize("n_words", [3, 10, 40])
def test_central_european_is_never_another_script(language, n_words):
    found = [detect_legacy_encoding(content) for content, _ in drawn(CENTRAL[language].split(), "cp1250", n_words)]
    assert {choice.name for choice in found} <= WESTERN
    assert {choice.other for choice in found} <= {None, "cp1250", "cp1251"}


@pytest.mark.parametrize(
    ("text", "name", "both"),
    [
        ("Ø-Umsatz", "cp1252", ("“Ø-Umsatz”", "“Ш-Umsatz”")),
        ("Menge (Ø)", "cp1252", ("“(Ø)”", "“(Ш)”")),
        ("-ß", "cp1252", ("“-ß”", "“-Я”")),
        ("’s-Hertogenbosch", "cp1252", ("“’s-Hertogenbosch”", "“痴-Hertogenbosch”")),
        ("ÅÄÖ", "cp1252", ("“ÅÄÖ”", "“ЕДЦ”")),
        ("dolnoœl¹skie;G³ogów;£ódŸ", "cp1252", ("“dolnoœl¹skie”, “G³ogów”", "“dolnośląskie”, “Głogów”")),
    ],
)
def test_a_doubt_is_a_warning_with_both_readings(tmp_path, text, name, both):
    path = tmp_path / "f.csv"
    path.write_bytes(f"a;b\n{text};1\n".encode("cp1252"))
    found, (issue,) = detect_encoding(path, "f.csv")
    assert (found, issue.level, issue.code) == (name, "warning", "encoding")
    assert all(reading in describe_issue(issue).message for reading in both)


@pytest.mark.parametrize("text", ["1º trimestre", "José", "5 €", "£7", "20°C", "2ª", "Größe", "l’été"])
def test_what_can_only_be_western_is_no_warning(tmp_path, text):
    path = tmp_path / "f.csv"
    path.write_bytes(f"a;b\n{text};1\n".encode("cp1252"))
    found, (issue,) = detect_encoding(path, "f.csv")
    assert (found, issue.level) == ("cp1252", "info")
