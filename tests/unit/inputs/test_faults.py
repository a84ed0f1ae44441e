"""Every fault code fires: with its own code, file, row and column, and with words in both languages."""

import re
import string
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from prioritizer import locale
from prioritizer.errors import Fault, Misread
from prioritizer.money import read_typed_amount_mvnd
from tests.build import (
    ASSESSED,
    ASSESSED_HEAD,
    ASSESSED_ROWS,
    CRITERIA,
    HEAD,
    MINISTRIES,
    ROWS,
    SCENARIO,
    SCORES,
    SCORES_HEAD,
    assessed,
    faults,
    folder,
    table,
)

LOCALE = Path(locale.__file__).parent
CODES = {
    lang: tomllib.loads((LOCALE / lang / "faults.toml").read_text(encoding="utf-8")) for lang in locale.LANGS
}
TINY, REGISTER, SCORED, BODIES, TREE = (
    "tiny.yaml",
    "register.csv",
    "scores.csv",
    "bodies.yaml",
    "benefits.yaml",
)


@dataclass(frozen=True)
class Wrong:
    """Files with one thing wrong, and where: ``at`` is a text in the faulty line (or the line's number)."""

    code: str
    file: str
    at: str | int | None
    column: str | None
    files: dict[str, str | bytes | None] = field(default_factory=dict)
    assessed: bool = False
    also: tuple[str, ...] = ()  # what follows from it

    def write(self, place: Path) -> Path:
        return (assessed if self.assessed else folder)(place, **self.files)

    def row(self, place: Path) -> int | None:
        if not isinstance(self.at, str):
            return self.at
        lines = (place / self.file).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if self.at in line)


def scenario(code: str, more: str, at: str | int | None, column: str | None) -> Wrong:
    return Wrong(code, TINY, at, column, {"tiny_yaml": SCENARIO + more})


def changed(code: str, old: str, new: str, at: str | int | None, column: str | None) -> Wrong:
    assert old in SCENARIO
    return Wrong(code, TINY, at, column, {"tiny_yaml": SCENARIO.replace(old, new)})


def row(code: str, line: str, column: str | None, at: str | int = 5) -> Wrong:
    return Wrong(code, REGISTER, at, column, {"register_csv": table(HEAD, [*ROWS, line])})


def register(code: str, content: str | bytes, at: str | int | None, column: str | None) -> Wrong:
    return Wrong(code, REGISTER, at, column, {"register_csv": content})


def wide(code: str, name: str, cell: str, column: str | None = None) -> Wrong:
    rows = [f"{ROWS[0]},", f"{ROWS[1]},{cell}", f"{ROWS[2]},"]
    return Wrong(code, REGISTER, 3, column or name, {"register_csv": table(f"{HEAD},{name}", rows)})


def score(code: str, line: str, column: str | None) -> Wrong:
    return Wrong(code, SCORED, 6, column, {"scores_csv": table(SCORES_HEAD, [*SCORES, line])}, assessed=True)


def tree(code: str, old: str, new: str, at: str | int | None, column: str | None) -> Wrong:
    assert old in CRITERIA
    return Wrong(code, TREE, at, column, {"benefits_yaml": CRITERIA.replace(old, new, 1)}, assessed=True)


def limit(code: str, text: str, column: str, *also: str) -> Wrong:
    """The only limit, but for its id, or (``column`` from ``limits`` on) several."""
    column, text = (
        (column, text) if "limits" in column else (f"limits.0.{column}".rstrip("."), f"{{id: l, {text}}}")
    )
    return replace(scenario(code, f"limits: [{text}]\n", "limits", column), also=also)


TABLE = [
    # ------------------------------------------------------------ files
    register("empty_file", " \n \n", None, None),
    Wrong("empty_file", TINY, None, None, {"tiny_yaml": "\ufeff"}),
    Wrong("file_missing", TINY, None, None, {"tiny_yaml": None}),
    Wrong("file_too_large", TINY, None, None, {"tiny_yaml": SCENARIO + "#" * 600_000}),
    register("not_a_text_file", b"PK\x03\x04" + b"\0" * 90, None, None),
    register("not_a_text_file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None, None),
    register("not_a_text_file", "id\0name\n", None, None),
    register("not_a_text_file", table(HEAD, ["P1,n,A,,group1,1,1"]).encode("utf-16-le"), None, None),
    register("not_utf8", table(HEAD, ROWS).encode("utf-16-be"), 2, None),
    register("not_utf8", table(HEAD, ROWS).encode("utf-16"), 1, None),
    register("not_utf8", table(HEAD, ROWS).encode("utf-8").replace("một".encode(), b"m\xf4t"), 2, None),
    row("control_character", "P4,b\x07n,A,,group1,1,1", "name_vi"),
    row("control_character", "P4,b\u202en,A,,group1,1,1", "name_vi"),
    scenario("control_character", "description: a\x07b\n", "description", None),
    # ------------------------------------------------------------ YAML
    scenario("yaml_syntax", "limits: [a\n", 11, None),
    scenario("yaml_syntax", "\tlimits: []\n", 10, None),
    Wrong("yaml_not_a_map", TINY, 1, None, {"tiny_yaml": "- schema: 1\n"}),
    scenario("yaml_too_deep", "limits: " + "[" * 60 + "]" * 60 + "\n", "limits", None),
    scenario("yaml_anchor_or_tag", "description: &x a\n", "description", None),
    scenario("yaml_anchor_or_tag", "description: *x\n", "description", None),
    scenario("yaml_anchor_or_tag", "description: !!python/name:os.system\n", "description", None),
    scenario("yaml_key_not_text", "? [a, b]\n: c\n", 10, None),
    scenario("several_documents", "---\nid: other\n", "id: other", None),
    scenario("duplicate_key", "register: other.csv\n", "other.csv", "register"),
    scenario("unknown_key", "limit: []\n", "limit: []", "limit"),
    changed("missing_key", "register: register.csv\n", "", 1, "register"),
    scenario("word_not_allowed", "objective: {basis: money}\n", "basis: money", "objective.basis"),
    changed("word_not_allowed", "schema: 1", "schema: 2", 1, "schema"),
    Wrong("list_empty", BODIES, 3, "bodies", {"bodies_yaml": "schema: 1\nid: bodies\nbodies: []\n"}),
    limit("whole_number_expected", "at_most: {count: few}", "at_most.count"),
    changed("text_expected", "register.csv", "[a]", "register", "register"),
    scenario("list_expected", "fields: region\n", "fields", "fields"),
    scenario("map_expected", "objective: 3\n", "objective", "objective"),
    limit("invalid_value", f"at_most: {{count: {'9' * 5000}}}", "at_most.count"),
    scenario("extends_itself", "extends: tiny\n", "extends", "extends"),
    Wrong(
        "limit_without_where",
        TINY,
        "cap",
        "limits.cap",
        {
            "tiny_yaml": SCENARIO + "extends: base\nlimits: {cap: {at_most: {amount_bn: 1}}}\n",
            "base_yaml": SCENARIO.replace("id: tiny", "id: base")
            + "limits: [{id: a, at_most: {amount_bn: 2}}]\n",
        },
    ),
    scenario("extends_unknown", "extends: nothing\n", "extends", "extends"),
    changed("reference_missing", "register.csv", "nothing.csv", "nothing", "register"),
    changed("reference_missing", "bodies.yaml", "nothing", "nothing", "ministries"),
    changed("id_is_not_the_stem", "id: tiny", "id: other", 2, "id"),
    changed("bad_id", "id: fund", "id: a b", "a b", "funds.0.id"),
    changed("amount_too_fine", '"3"', '"3.0001"', "3.0001", "funds.0.amount_bn"),
    changed("number_grouped", '"3"', '"12.253,4"', "12.253", "funds.0.amount_bn"),
    changed("not_a_number", '"3"', "true", "true", "funds.0.amount_bn"),
    changed("not_a_number", '"3"', "0x1F", "0x1F", "funds.0.amount_bn"),
    changed("not_a_number", '"3"', "1e3", "1e3", "funds.0.amount_bn"),
    changed("not_a_number", '"3"', ".nan", ".nan", "funds.0.amount_bn"),
    scenario("points_too_fine", "objective: {hurdle: 0.00001}\n", "objective", "objective.hurdle"),
    # ------------------------------------------------------------ what is not built
    scenario("not_built_yet", "costs: costs.csv\n", "costs", "costs"),
    scenario("not_built_yet", "ties: pro_rata\n", "ties", "ties"),
    scenario("not_built_yet", "decisions: [{project: P1}]\n", "decisions", "decisions"),
    scenario("not_built_yet", "eligibility: {dossier: [a]}\n", "dossier", "eligibility.dossier"),
    scenario(
        "not_built_yet",
        "eligibility: {minimum_by_factor: {a: 1}}\n",
        "minimum",
        "eligibility.minimum_by_factor",
    ),
    scenario("not_built_yet", "  - {id: next, year: 2027, amount_bn: 1}\n", "next", "funds.1"),
    limit("not_built_yet", "at_most: {count: 2}", "at_most.count"),
    wide("not_built_yet", "funding", "whole"),
    wide("not_built_yet", "funding", "milestones"),
    wide("not_built_yet", "minimum_bn", "1"),
    wide("not_built_yet", "cofinance_bn", "1"),
    wide("not_built_yet", "received_bn", "0"),
    # ------------------------------------------------------------ tables
    row("csv_syntax", 'P4,"bốn,A,,group1,1,1', None),
    row("csv_syntax", 'P4,"b"ốn,A,,group1,1,1', None),
    row("csv_syntax", f"P4,{'x' * 1_000_000},A,,group1,1,1", None),
    register("table_without_rows", HEAD + "\n\n,,,,,,\n", None, None),
    register("wrong_separator", table(HEAD, ROWS).replace(",", ";"), 1, None),
    register("wrong_separator", table(HEAD, ROWS).replace(",", "\t"), 1, None),
    Wrong(
        "missing_column",
        REGISTER,
        1,
        "ministry",
        {"register_csv": table("id,name_vi,product,class,ask_bn,value", ["P1,một,,group1,1,1"])},
    ),
    Wrong("missing_column", REGISTER, 1, "region", {"tiny_yaml": SCENARIO + "fields: [region]\n"}),
    register("duplicate_column", table(f"{HEAD},VALUE", [f"{line},1" for line in ROWS]), 1, "value"),
    register("unknown_column", table(f"{HEAD},region", [f"{line},1" for line in ROWS]), 1, "region"),
    row("row_width", "P4,bốn,A,,group1,1,500,80", None),
    row("blank_cell", "P4,,A,,group1,1,1", "name_vi"),
    row("blank_cell", "P4,bốn,A,,group1,1,", "value"),
    row("bad_id", "P 4,bốn,A,,group1,1,1", "id"),
    row("bad_id", f"{'P' * 65},bốn,A,,group1,1,1", "id"),
    row("duplicate_id", "p1,bốn,A,,group1,1,1", "id"),
    row("unknown_ministry", "P4,bốn,MOST,,group1,1,1", "ministry"),
    row("unknown_product", "P4,bốn,A,T99,group1,1,1", "product"),
    row("unknown_word", "P4,bốn,A,,group3,1,1", "class"),
    wide("unknown_word", "secrecy", "bí mật"),
    wide("state_secret_on_network", "secrecy", "Mật"),
    wide("state_secret_on_network", "secrecy", "tuye\u0302\u0323t ma\u0323\u0302t"),
    # ------------------------------------------------------------ numbers
    row("number_grouped", 'P4,bốn,A,,group1,"12.253,4",1', "ask_bn"),
    row("number_grouped", 'P4,bốn,A,,group1,"12,253.4",1', "ask_bn"),
    row("number_grouped", 'P4,bốn,A,,group1,"1,5",1', "ask_bn"),
    row("not_a_number", "P4,bốn,A,,group1,NaN,1", "ask_bn"),
    row("not_a_number", "P4,bốn,A,,group1,inf,1", "ask_bn"),
    row("not_a_number", "P4,bốn,A,,group1,1e9,1", "ask_bn"),
    row("not_a_number", "P4,bốn,A,,group1,1_000,1", "ask_bn"),
    row("not_a_number", "P4,bốn,A,,group1,5 tỷ,1", "ask_bn"),
    row("number_too_long", f"P4,bốn,A,,group1,{'1' * 41},1", "ask_bn"),
    row("number_too_large", "P4,bốn,A,,group1,1000000000.001,1", "ask_bn"),
    row("negative_number", "P4,bốn,A,,group1,-1,1", "ask_bn"),
    row("negative_number", "P4,bốn,A,,group1,1,-1", "value"),
    row("amount_too_fine", "P4,bốn,A,,group1,1.0001,1", "ask_bn"),
    row("ask_is_zero", "P4,bốn,A,,group1,0.000,1", "ask_bn"),
    row("points_too_fine", "P4,bốn,A,,group1,1,1.00001", "value"),
    limit("share_out_of_range", "at_most: {share_of_envelope: 25}", "at_most.share_of_envelope"),
    limit("share_out_of_range", "at_most: {share_of_allocated: 3/2}", "at_most.share_of_allocated"),
    limit("share_too_fine", "at_most: {share_of_envelope: 0.1234567891}", "at_most.share_of_envelope"),
    limit("not_a_number", "at_most: {share_of_envelope: 1/0}", "at_most.share_of_envelope"),
    limit("number_percent", "at_most: {share_of_envelope: 25%}", "at_most.share_of_envelope"),
    # ------------------------------------------------------------ assessments
    score("unknown_project", "P9,B1,x,1,,", "project"),
    score("unknown_criterion", "P1,B9,x,1,,", "criterion"),
    score("duplicate_assessment", "p1,b1,X,50,,", "assessor"),
    score("several_assessors", "P1,B1,y,50,,", "assessor"),
    score("score_and_interval", "P1,B3,x,50,40,60", "score"),
    score("score_missing", "P1,B3,x,,,", "score"),
    score("score_missing", "P1,B3,x,,40,", "score"),
    score("interval_crossed", "P1,B3,x,,60,40", "low"),
    score("score_off_scale", "P1,B3,x,100.5,,", "score"),
    score("score_off_scale", "P1,B3,x,-1,,", "score"),
    score("score_off_scale", "P1,B3,x,,0,101", "high"),
    score("number_grouped", 'P1,B3,x,"0,5",,', "score"),
    score("blank_cell", "P1,B3,,5,,", "assessor"),
    # ------------------------------------------------------------ criteria
    tree("scale_without_length", "best: 100", "best: 0", "B1", "criteria.0.scale"),
    tree("leaf_needs_scale", ", scale: {worst: 0, best: 100}", "", "B1", "criteria.0"),
    tree("weights_sum", "0.31", "0.32", None, "B1, B2, B3, B4"),
    tree("weights_sum", ", weight: 0.31", "", None, "B1, B2, B3, B4"),
    tree("duplicate_key", "id: B3", "id: b1", None, "b1"),
    # ------------------------------------------------------------ between the parts
    limit("bound_needs_one", "at_most: {}", "at_most"),
    limit("bound_needs_one", "at_most: {amount_bn: 1, share_of_envelope: 1}", "at_most"),
    scenario("weights_without_criteria", "weights: {B1: 1}\n", "B1: 1", "weights"),
    Wrong(
        "unknown_criterion_weight",
        TINY,
        "B9",
        "weights.B9",
        {"tiny_yaml": ASSESSED + "weights: {B9: 1}\n"},
        True,
    ),
    Wrong(
        "weights_incomplete", TINY, "B1", "weights.B1", {"tiny_yaml": ASSESSED + "weights: {B1: 1}\n"}, True
    ),
    Wrong(
        "weights_sum",
        TINY,
        "B1",
        "weights.B1",
        {"tiny_yaml": ASSESSED + "weights: {B1: 0.4, B2: 0.2, B3: 0.2, B4: 0.21}\n"},
        True,
    ),
    Wrong("no_values", TINY, "register", "register", {"register_csv": table(ASSESSED_HEAD, ASSESSED_ROWS)}),
    scenario("field_taken", "fields: [Ministry]\n", "fields", "fields.0"),
    scenario("values_twice", "assessments: scores.csv\n", "assessments", "assessments"),
    limit("limit_without_bound", "where: {ministry: A}", ""),
    limit(
        "duplicate_key", "{id: l, at_most: {amount_bn: 1}}, {id: L, at_most: {amount_bn: 2}}", "limits.1.id"
    ),
    limit(
        "unknown_field",
        "where: {region: x}, at_most: {amount_bn: 1}",
        "where.region",
    ),
    limit(
        "unknown_selection",
        "where: {ministry: MOST}, at_most: {amount_bn: 1}",
        "where.ministry",
    ),
    limit(
        "unknown_selection",
        "where: {project: P9}, at_most: {amount_bn: 1}",
        "where.project",
    ),
    limit("limit_selects_nothing", "where: {ministry: D}, at_most: {amount_bn: 1}", ""),
    limit("floor_above_asks", "where: {ministry: B}, at_least: {amount_bn: 2.001}", "at_least"),
    limit("floor_above_ceiling", "at_least: {amount_bn: 2}, at_most: {amount_bn: 1}", "at_least"),
    limit("floor_above_envelope", "at_least: {amount_bn: 3.001}", "at_least"),
    limit(
        "floors_above_envelope",
        "{id: l, where: {ministry: A}, at_least: {amount_bn: 2}}, "
        "{id: m, where: {ministry: B}, at_least: {amount_bn: 2}}",
        "limits",
    ),
]
ELSEWHERE = {
    "amount_ambiguous": "typed amounts only, below",
    "cannot_write": "tests/unit/test_cli.py",
    "would_overwrite_input": "tests/unit/test_cli.py",
}


@pytest.mark.parametrize("wrong", TABLE, ids=lambda wrong: f"{wrong.code}-{wrong.column or wrong.file}")
def test_a_fault_fires_with_its_place_and_its_sentences(tmp_path, wrong):
    found = faults(wrong.write(tmp_path))
    own = [fault for fault in found if fault.code not in wrong.also]
    assert [(f.code, f.file, f.row, f.column) for f in own] == [
        (wrong.code, wrong.file, wrong.row(tmp_path), wrong.column)
    ]
    assert {fault.code for fault in found} == {wrong.code, *wrong.also}
    for lang in locale.LANGS:
        for sentence in (locale.fault_message(own[0], lang), locale.fault_remedy(own[0], lang)):
            assert sentence.strip() and len(sentence) < 800
            assert not re.search(r"\{\w+\}|None", sentence)


def test_the_sound_files_have_no_fault(tmp_path):
    assert faults(folder(tmp_path / "given")) == () == faults(assessed(tmp_path / "assessed"))


def test_the_table_covers_every_code():
    assert {wrong.code for wrong in TABLE} | set(ELSEWHERE) == set(CODES["vi"])


def test_both_languages_have_the_same_codes_and_placeholders():
    def shape(lang: str) -> dict[tuple[str, str], set[str]]:
        return {
            (code, part): {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for code, entry in CODES[lang].items()
            for part, text in entry.items()
        }

    vi, en = shape("vi"), shape("en")
    assert vi.keys() == en.keys()
    assert {part for _, part in vi} == {"message", "remedy"}
    # A remedy may name a word list in one language only by mistake: messages and remedies agree one by one.
    assert {key: names for key, names in vi.items() if names != en[key]} == {}


def test_every_code_is_one_that_the_program_knows():
    package = LOCALE.parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    assert [code for code in CODES["vi"] if not re.search(rf'"{code}"', source)] == []


def test_an_ambiguous_amount_names_both_readings_and_its_remedy_works():
    with pytest.raises(Misread) as misread:
        read_typed_amount_mvnd("12.253")
    fault = Fault(misread.value.code, params=misread.value.params)
    assert fault.code == "amount_ambiguous"
    for lang in locale.LANGS:
        remedy = locale.fault_remedy(fault, lang)
        offered = re.findall(r"\d[\d.,]*\d", remedy)
        assert [read_typed_amount_mvnd(text) for text in offered] == [12_253_000, 12_253]


# ------------------------------------------------------------ several at once, and places


def test_every_fault_of_every_file_in_one_go(tmp_path):
    path = assessed(
        tmp_path,
        tiny_yaml=ASSESSED + "objective: {hurdle: 1.23456}\nlimts: []\n",
        register_csv=table(ASSESSED_HEAD, [*ASSESSED_ROWS, "P1,,X,T9,group9,-1"]),
        scores_csv=table(SCORES_HEAD, [*SCORES, "P9,B9,x,200,,"]),
    )
    found = {(fault.file, fault.code) for fault in faults(path)}
    assert found >= {
        (TINY, "points_too_fine"),
        (TINY, "unknown_key"),
        (REGISTER, "duplicate_id"),
        (REGISTER, "blank_cell"),
        (REGISTER, "unknown_ministry"),
        (REGISTER, "unknown_product"),
        (REGISTER, "unknown_word"),
        (REGISTER, "negative_number"),
        (SCORED, "unknown_project"),
        (SCORED, "unknown_criterion"),
    }


def test_a_fault_in_each_of_many_rows_is_reported_for_each(tmp_path):
    rows = [f"P{at},n,NONE,,group1,x,1" for at in range(200)]
    found = faults(folder(tmp_path, register_csv=table(HEAD, rows)))
    by_code = {
        code: [f.row for f in found if f.code == code] for code in ("unknown_ministry", "not_a_number")
    }
    assert by_code == {code: list(range(2, 202)) for code in by_code}


def test_faults_come_in_the_order_of_file_and_row(tmp_path):
    rows = ["P1,n,A,,group1,x,1", "P1,n,NONE,,group1,1,1", "P3,n,A,,group1,y,1"]
    places = [(f.file, f.row) for f in faults(folder(tmp_path, register_csv=table(HEAD, rows)))]
    assert places == sorted(places) and [row for _, row in places] == [2, 3, 3, 4]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_counted_as_editors_do(tmp_path, end):
    cell = f'"one{end}two{end}three"'
    rows = [
        f"P1,{cell},A,,group1,1,1",
        "",
        "P2,n,A,,group1,1,1",
        f"P3,{cell},A,,group1,x,1",
        "P4,n,NO,,group1,1,1",
    ]
    found = faults(folder(tmp_path, register_csv=table(HEAD, rows, end)))
    assert [(f.code, f.row) for f in found] == [("not_a_number", 7), ("unknown_ministry", 10)]


@pytest.mark.parametrize("depth", [100, 20_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_before_it_costs_anything(tmp_path, opening, depth):
    found = faults(
        folder(tmp_path, tiny_yaml="deep: " + opening * depth if opening != "- " else opening * depth)
    )
    assert found and found[0].code in ("yaml_too_deep", "yaml_syntax")


def test_nothing_is_read_from_a_nan_in_any_spelling(tmp_path):
    for text in ("nan", "NaN", "-inf", "Infinity", ".inf", "١e٣", "0x10", "1/3", "--1", "1.", ".5", "+"):
        rows = [f"P1,n,A,,group1,{text},1"]
        (fault,) = faults(folder(tmp_path, register_csv=table(HEAD, rows)))
        assert fault.code == "not_a_number", text


# ------------------------------------------------------------ what is no fault


@pytest.mark.parametrize(
    "content",
    [
        table(HEAD, ROWS, "\r\n"),
        table(HEAD, ROWS, "\r"),
        "\ufeff" + table(HEAD, ROWS),
        table(HEAD, ROWS).rstrip("\n"),
        table(HEAD, [*ROWS, "", ",,,,,,"]),
        table(HEAD.upper(), [row.replace("A", " a ") for row in ROWS]),
        table(HEAD, [f'"{row.replace(",", chr(34) + "," + chr(34))}"' for row in ROWS]),
        table(HEAD, [row.replace("ộ", "o\u0302\u0323") for row in ROWS]),
        table(HEAD, [row.replace("ộ", "ô\u0323") for row in ROWS]),
    ],
    ids=["crlf", "cr", "bom", "no-last-newline", "blank-rows", "case-and-blanks", "quoted", "nfd", "mixed"],
)
def test_the_same_table_in_another_dress_is_the_same_register(tmp_path, content):
    from prioritizer import pipeline

    plain = pipeline.load(folder(tmp_path / "plain")).register
    other = pipeline.load(folder(tmp_path / "other", register_csv=content)).register
    assert other.ids == plain.ids
    assert other.ask_mvnd.tolist() == plain.ask_mvnd.tolist()
    assert other.given_e4.tolist() == plain.given_e4.tolist()
    for name, column in plain.columns.items():
        assert other.columns[name].texts() == column.texts(), name
    assert other.columns["name_vi"][0] == "một"


def test_a_machine_kept_apart_may_hold_state_secrets(tmp_path):
    rows = [f"{row},tối mật" for row in ROWS]
    path = folder(tmp_path, register_csv=table(f"{HEAD},secrecy", rows))
    assert {fault.code for fault in faults(path, "networked")} == {"state_secret_on_network"}
    assert faults(path, "isolated") == ()


def test_a_misspelt_word_is_answered_with_the_nearest(tmp_path):
    (fault,) = faults(folder(tmp_path, tiny_yaml=SCENARIO + "objektive: {}\n"))
    assert fault.params["near"] == "objective"
    (fault,) = faults(folder(tmp_path, register_csv=table(HEAD, ["P1,n,A,,group2-pul,1,1"])))
    assert fault.params["near"] == "group2-pull"


def test_bodies_may_be_of_ones_own(tmp_path):
    path = folder(tmp_path, bodies_yaml=MINISTRIES.replace("id: A,", "id: VIỆN,"))
    assert [fault.code for fault in faults(path)] == ["bad_id"]
