"""Headings, words and old encodings: what does not matter is let be, what does is told apart."""

import unicodedata

import pytest

from prioritizer.errors import Misread
from prioritizer.inputs.columns import ASSESSMENTS, COSTS, REGISTER
from prioritizer.inputs.workbooks.folding import folded, visible
from prioritizer.inputs.workbooks.headings import Lexicon, bare_heading, heading_of
from prioritizer.inputs.workbooks.legacy import encoding_of
from prioritizer.inputs.workbooks.lists import read_lists
from prioritizer.inputs.workbooks.recognising import recognise
from prioritizer.inputs.workbooks.sheet import TABLES, Sheet
from prioritizer.inputs.workbooks.vocabulary import vocabularies
from prioritizer.locale import LANGS
from prioritizer.model import BASES, CLASSES, FUNDING_RULES, SECRECY_GRADES

LEXICONS = [Lexicon(table) for table in TABLES]
EVERY = [
    (table, each.name)
    for table, of in zip(TABLES, (REGISTER, COSTS, ASSESSMENTS), strict=True)
    for each in of
]


def changed(heading: str) -> list[str]:
    """A heading as it comes back from people."""
    return [
        heading.upper(),
        f"  {heading}  ",
        heading.replace(" ", "\n"),
        heading.replace(" ", "\u00a0"),
        f"{heading} (*)",
        f"{heading} *",
        f"{heading}:",
        unicodedata.normalize("NFD", heading),
        heading.replace("Đ", "\u00d0"),
    ]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("table, column", EVERY)
def test_a_heading_is_known_however_it_is_written(table, column, lang):
    lexicon = LEXICONS[TABLES.index(table)]
    heading = heading_of(table, column, lang)
    assert {lexicon.read(text).column for text in changed(heading)} == {column}
    assert lexicon.read(column.upper()).column == column


@pytest.mark.parametrize(
    "one, other", [("hòa", "hoà"), ("thúy", "thuý"), ("tỷ", "tỉ"), ("Kỹ thuật", "kĩ thuật"), ("ÐỒNG", "đồng")]
)
def test_spellings_of_one_word_are_folded_together(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    "one, other", [("hòa", "hoa"), ("ma", "mà"), ("mã", "má"), ("dong", "đong"), ("tư", "tu")]
)
def test_tones_and_marks_tell_words_apart(one, other):
    assert folded(one) != folded(other)


def test_a_text_is_kept_composed_and_without_signs_that_nobody_sees():
    assert visible(" ho\u0300a\u200b\r\n bình ") == "hòa\n bình"


@pytest.mark.parametrize(
    "heading, unit",
    [
        ("Tổng kinh phí (triệu đồng)", "million"),
        ("Tổng kinh phí (ĐVT: tỷ đồng)", "bn"),
        ("Tổng kinh phí, đơn vị: triệu đồng", "million"),
        ("Tổng kinh phí - đồng", "dong"),
        ("Tổng kinh phí [bn VND]", "bn"),
        ("Tổng kinh phí", None),
        ("Giá trị (điểm)", None),
    ],
)
def test_the_unit_stands_in_the_heading(heading, unit):
    assert bare_heading(heading)[1] == unit


def test_a_strange_heading_is_asked_about_with_the_nearest_column():
    assert LEXICONS[0].read("Tên gọi dự án").column is None
    assert LEXICONS[0].nearest("Tên dự án, nhiệm vụ đề xuất", ["id"]) == "name_vi"
    assert LEXICONS[0].nearest("xyz", []) is None
    mapped = Lexicon("register", (), (("Tên gọi dự án", "name_vi"), ("Cột nháp", "-")))
    assert mapped.read(" tên GỌI dự án").column == "name_vi" and mapped.read("Cột nháp").column == "-"


def test_fields_of_a_scenario_are_columns():
    assert Lexicon("register", ("region",)).read("Region").column == "region"


def sheet(*rows: list[str], name: str = "Trang 1", shown: bool = True) -> Sheet:
    return Sheet("f.xlsx", name, shown, [list(row) for row in rows])


def test_tables_are_told_apart_by_their_headings_not_by_the_name_of_the_sheet():
    costs = ["Mã dự án", "Năm", "Loại chi", "Số tiền (tỷ đồng)"]
    found = recognise(sheet(["BẢNG KINH PHÍ"], [], costs, name="Dự án"), LEXICONS, None)
    assert found is not None and (found.table, found.row) == ("costs", 2)
    scores = ["Mã dự án", "Tên dự án", "Mã tiêu chí", "Mã người chấm", "Điểm", "Minh chứng"]
    judged = recognise(sheet(scores), LEXICONS, None)
    assert judged is not None and judged.table == "assessments" and not judged.faults


@pytest.mark.parametrize(
    "rows", [[["Năm", "Số tiền"], ["2026", "5"]], [["Mã dự án"]], [[]], [["STT", "Nội dung", "Ghi chú"]]]
)
def test_other_sheets_are_let_be(rows):
    assert recognise(sheet(*rows), LEXICONS, None) is None


@pytest.fixture(scope="module")
def words():
    return vocabularies(read_lists(None))


@pytest.mark.parametrize(
    "vocabulary, text, id_",
    [
        ("ministry", "bộ công thương", "MOIT"),
        ("ministry", "MOIT", "MOIT"),
        ("ministry", "Bộ Công Thương (MOIT)", "MOIT"),
        ("ministry", "Ministry of Industry and Trade", "MOIT"),
        ("ministry", "Bộ KH&CN", "MOST"),
        ("product", "T01.2 – Trợ lý ảo", "T01.2"),
        ("product", "trợ lí ảo", "T01.2"),
        ("class", 'Nhóm 2 - đầu tư "kéo"', "group2-pull"),
        ("secrecy", "CÔNG KHAI", "công khai"),
        ("funding", "theo mốc", "milestones"),
        ("basis", "minh hoạ", "illustrative"),
        ("kind", "Chi đầu tư", "investment"),
        ("kind", "thiet-bi", "thiet-bi"),
        ("criterion", "Tăng trưởng, năng suất", "growth"),
        ("abstain", "không  chấm", "abstain"),
    ],
)
def test_words_go_back_to_ids(words, vocabulary, text, id_):
    assert words[vocabulary].read(text) == id_


@pytest.mark.parametrize(
    "vocabulary, ids",
    [("class", CLASSES), ("funding", FUNDING_RULES), ("secrecy", SECRECY_GRADES), ("basis", BASES)],
)
def test_every_id_and_word_of_a_list_is_known(words, vocabulary, ids):
    for id_ in ids:
        assert words[vocabulary].read(id_) == id_
        assert {words[vocabulary].read(name) for name in words[vocabulary].names[id_]} == {id_}


def test_an_unknown_word_names_the_nearest(words):
    with pytest.raises(Misread) as unknown:
        words["ministry"].read("Bộ Công Thươn")
    assert (
        unknown.value.code == "unknown_ministry" and unknown.value.params["near"] == "Bộ Công Thương (MOIT)"
    )


@pytest.mark.parametrize(
    "text, encoding",
    [
        ("Bé C«ng Th­¬ng", "TCVN3"),
        ("Dù ¸n nghiªn cøu s¶n xuÊt vËt liÖu", "TCVN3"),
        ("Bộ Công Thương", None),
        ("Boä Coâng Thöông", "VNI"),
        ("Nghieân cöùu saûn xuaát vaät lieäu", "VNI"),
        ("Zoë Müller và Crédit Agricole", None),
        ("Zoë Müller", None),
        ("Citroën Škoda", None),
        ("Peña Núñez", None),
        ("PHAÙT TRIEÅN COÂNG NGHEÄ", "VNI"),
        ("ph¸t triÓn c«ng nghÖ", "TCVN3"),
        ("Café déjà vu à Orléans", None),
        ("80 m² × 5 µm ± 2 %", None),
        ("Hoà bình, thuý, khoẻ", None),
    ],
)
def test_old_encodings_are_known_by_their_letters(text, encoding):
    assert encoding_of(text) == encoding
