"""The reference data agree with the documents, with each other and with decision 0003.

Read with plain YAML and CSV readers, so that the data are checked apart from the code that loads them.
"""

import csv
import re
import unicodedata
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
CRITERIA = ROOT / "criteria"
SCENARIOS = ROOT / "scenarios"
SCENARIO_IDS = ["baseline", "growth-first", "autonomy-first", "three-families", "high-bar"]
DATA_FILES = sorted(
    [
        *CRITERIA.glob("*.yaml"),
        *SCENARIOS.glob("*.yaml"),
        *(SCENARIOS / "registers").glob("decision-1131*.csv"),
    ]
)
ENVELOPE_BN = Decimal("12253.4")
ASK_BN = {"group1": Decimal(500), "group2-push": Decimal(650), "group2-pull": Decimal(900)}
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")

# Decision 1131, Appendix I, word for word, without the final full stops.
DECREED = {
    "Trí tuệ nhân tạo, bản sao số, thực tế ảo/thực tế tăng cường": [
        "Mô hình ngôn ngữ lớn tiếng Việt",
        "Trợ lý ảo",
        "Trí tuệ nhân tạo chuyên ngành",
        "Trí tuệ nhân tạo phân tích",
        "Bản sao số (Digital Twin)",
        "Vũ trụ ảo (Metaverse)",
    ],
    "Công nghệ điện toán đám mây, lượng tử, dữ liệu lớn": [
        "Dịch vụ điện toán đám mây",
        "Dịch vụ điện toán lượng tử, truyền thông lượng tử",
        "Trung tâm dữ liệu quy mô lớn",
    ],
    "Công nghệ Blockchain": [
        "Tài sản số, tiền số, tiền mã hóa",
        "Hạ tầng mạng Blockchain",
        "Hệ thống truy xuất nguồn gốc",
    ],
    "Công nghệ mạng di động thế hệ sau (5G/6G)": [
        "Thiết bị, giải pháp mạng truy cập vô tuyến 5G/6G theo chuẩn ORAN",
        "Thiết bị, giải pháp mạng lõi 5G/6G",
        "Thiết bị, giải pháp truyền dẫn IP tốc độ cao",
    ],
    "Công nghệ robot và tự động hóa": [
        "Robot di động tự hành",
        "Robot công nghiệp",
        "Hệ thống, dây chuyền chế biến thực phẩm tiên tiến cho các sản phẩm nông - lâm - thủy sản",
        "Hệ thống bảo quản và giám sát chất lượng sau thu hoạch",
    ],
    "Công nghệ chip bán dẫn": ["Chip chuyên dụng, chip AI, chip IoT"],
    "Công nghệ y - sinh học tiên tiến": [
        "Vắc xin thế hệ mới",
        "Liệu pháp gen (chỉnh sửa gen) trong y tế và nông nghiệp",
        "Liệu pháp tế bào (tế bào gốc, tế bào miễn dịch)",
    ],
    "Công nghệ năng lượng, vật liệu tiên tiến": [
        "Lò phản ứng hạt nhân nhỏ, an toàn",
        "Pin lithium-ion, thể rắn, nhiên liệu, điện phân",
        "Vật liệu tiên tiến",
    ],
    "Công nghệ đất hiếm, đại dương, lòng đất": [
        "Hệ thống, thiết bị và giải pháp công nghệ đánh giá trữ lượng, khai thác, tuyển khoáng, tách chiết, "
        "tinh chế đất hiếm",
        "Hệ thống, giải pháp công nghệ thăm dò địa chất thông minh",
        "Thiết bị, giải pháp công nghệ thăm dò và khai thác biển sâu",
        "Hệ thống, thiết bị, giải pháp công nghệ khai thác năng lượng ngoài khơi",
    ],
    "An ninh mạng": [
        "Giải pháp tường lửa, phát hiện và ngăn chặn xâm nhập",
        "Giải pháp đảm bảo an ninh cho hạ tầng quan trọng và cơ sở dữ liệu quốc gia",
    ],
    "Công nghệ hàng không, vũ trụ": [
        "Vệ tinh viễn thám và viễn thông tầm thấp",
        "Trạm mặt đất và điều khiển vệ tinh",
        "Thiết bị bay không người lái",
    ],
}

# report-2026-04, Appendix 3: standards per technology, national (TCVN) and all.
STANDARDS = {
    "T01": (8, 92),
    "T02": (30, 137),
    "T03": (19, 157),
    "T04": (15, 106),
    "T05": (21, 81),
    "T06": (52, 101),
    "T07": (36, 78),
    "T08": (145, 716),
    "T09": (61, 118),
    "T10": (16, 94),
    "T11": (0, 182),
}

LEAVES = {
    "national-need": ["growth", "competitiveness", "autonomy-security", "big-problem", "priority-sectors"],
    "domestic-advantage": ["core-technology", "lead-enterprise", "people-infrastructure", "ip-standards"],
    "value-chain": ["target-market", "import-export", "spillover", "speed", "socioeconomic-return"],
}

REGISTER_COLUMNS = [
    *("id", "name_vi", "name_en", "ministry", "product", "class", "ask_bn", "funding", "minimum_bn"),
    *("secrecy", "class_basis", "ask_basis", "note", "source"),
]
ASSESSMENT_COLUMNS = ["project", "criterion", "assessor", "score", "low", "high", "evidence", "source"]


def read_yaml(path):
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def read_csv(name):
    with (SCENARIOS / "registers" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SOURCES = {s["id"]: set(s["sections"]) for s in read_yaml(CRITERIA / "sources.yaml")["sources"]}
TECHNOLOGIES = read_yaml(CRITERIA / "decision-1131.yaml")["technologies"]
PRODUCTS = {p["id"]: p for t in TECHNOLOGIES for p in t["products"]}
FACTORS = read_yaml(CRITERIA / "notice-22.yaml")["criteria"]
LEAF_NODES = {leaf["id"]: leaf for factor in FACTORS for leaf in factor["children"]}
BODIES = [b["id"] for b in read_yaml(CRITERIA / "ministries.yaml")["bodies"]]
REGISTER = read_csv("decision-1131.csv")
PROJECTS = {row["id"]: row for row in REGISTER}
ASSESSMENTS = read_csv("decision-1131-assessments.csv")


def merged(base, own):
    """`own` laid over `base`: maps key by key, lists of things with an id by that id."""
    if isinstance(base, dict) and isinstance(own, dict):
        return base | {key: merged(base.get(key), value) for key, value in own.items()}
    if (
        isinstance(base, list)
        and isinstance(own, list)
        and all("id" in x for x in [*base, *own] if isinstance(x, dict))
    ):
        by_id = {x["id"]: x for x in base}
        return list((by_id | {x["id"]: merged(by_id.get(x["id"]), x) for x in own}).values())
    return own


def scenario(name):
    own = read_yaml(SCENARIOS / f"{name}.yaml")
    parent = own.pop("extends", None)
    return merged(scenario(parent), own) if parent else own


def citations(node, keys=("source", "class_source")):
    if isinstance(node, dict):
        for key, value in node.items():
            if key in keys:
                yield value
            else:
                yield from citations(value, keys)
    elif isinstance(node, list):
        for item in node:
            yield from citations(item, keys)


def unresolved(citation):
    """The parts of a citation that name no section of a source."""
    parts = [part.partition(" ") for part in citation.split("; ")]
    return [f"{source} {section}" for source, _, section in parts if section not in SOURCES.get(source, ())]


def standards_score(national):
    """The documented rule: none 0; 1 to 19 1; 20 to 49 2; 50 or more 3."""
    return sum(national >= least for least in (1, 20, 50))


def ends(row):
    """Low and high end of an assessment."""
    return tuple(Decimal(row["score"] or row[end]) for end in ("low", "high"))


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda p: p.name)
def test_files_are_utf8_nfc_with_unix_line_ends(path):
    raw = path.read_bytes()
    text = raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert unicodedata.is_normalized("NFC", text)
    assert raw.endswith(b"\n")


@pytest.mark.parametrize("path", [p for p in DATA_FILES if p.suffix == ".yaml"], ids=lambda p: p.name)
def test_every_citation_in_the_yaml_files_resolves(path):
    found = list(citations(read_yaml(path)))
    assert [(c, unresolved(c)) for c in found if unresolved(c)] == []


@pytest.mark.parametrize(
    "row", [*REGISTER, *ASSESSMENTS], ids=lambda r: r.get("id") or f"{r['project']}-{r['criterion']}"
)
def test_every_row_cites_sections_that_exist(row):
    assert row["source"]
    assert unresolved(row["source"]) == []


def test_the_decree_has_eleven_technologies_and_thirty_five_products():
    assert len(TECHNOLOGIES) == 11
    assert len(PRODUCTS) == sum(len(t["products"]) for t in TECHNOLOGIES) == 35


def test_names_are_worded_as_decreed():
    assert {t["name"]["vi"]: [p["name"]["vi"] for p in t["products"]] for t in TECHNOLOGIES} == DECREED
    assert [t["name"]["vi"] for t in TECHNOLOGIES] == list(DECREED)


def test_ids_number_the_decree_in_order():
    for number, technology in enumerate(TECHNOLOGIES, 1):
        assert technology["id"] == f"T{number:02}"
        assert technology["source"] == f"decision-1131 Appendix I.{number}"
        wanted = [f"T{number:02}.{k}" for k in range(1, len(technology["products"]) + 1)]
        assert [p["id"] for p in technology["products"]] == wanted


@pytest.mark.parametrize(
    "ids",
    [
        [t["id"] for t in TECHNOLOGIES] + list(PRODUCTS),
        [f["id"] for f in FACTORS] + [leaf["id"] for f in FACTORS for leaf in f["children"]],
        BODIES,
        list(SOURCES),
        [row["id"] for row in REGISTER],
    ],
    ids=["products", "criteria", "ministries", "sources", "register"],
)
def test_ids_are_well_formed_and_unique_ignoring_case(ids):
    assert all(ID.fullmatch(i) for i in ids)
    assert len({i.lower() for i in ids}) == len(ids)


def test_classes_are_known_and_reasoned():
    for product in PRODUCTS.values():
        assert product["class"] in ASK_BN
        assert product["class_reason"]["vi"] and product["class_reason"]["en"]
        assert "đề xuất" in product["class_reason"]["vi"].lower() or product["id"] == "T11.3"
        assert product["class_source"].startswith("notice-22 1")


def test_products_that_the_notice_names_have_the_class_it_gives():
    named = {"T02.2": "group2-push", "T08.1": "group2-pull", "T11.1": "group2-pull", "T11.3": "group2-pull"}
    assert {i: PRODUCTS[i]["class"] for i in named} == named
    assert {row["product"] for row in REGISTER if row["class_basis"] == "stated"} == set(named)


def test_the_task_force_stands_first_in_the_order_of_the_notice():
    assert BODIES[:10] == ["MOST", "MOIT", "MOF", "MOET", "MOFA", "MOD", "MPS", "MOC", "MAE", "MOH"]


def test_the_tree_has_three_factors_and_fourteen_leaves():
    assert {f["id"]: [leaf["id"] for leaf in f["children"]] for f in FACTORS} == LEAVES
    assert len(LEAF_NODES) == 14


def test_no_weights_stand_in_the_tree():
    assert not any("weight" in node for node in [*FACTORS, *LEAF_NODES.values()])


@pytest.mark.parametrize("leaf", LEAF_NODES.values(), ids=list(LEAF_NODES))
def test_every_leaf_has_five_levels_in_both_languages(leaf):
    assert leaf["scale"] == {"worst": 0, "best": 4}
    assert leaf["value"] == "linear"
    assert [level["score"] for level in leaf["levels"]] == [0, 1, 2, 3, 4]
    for language in ("vi", "en"):
        words = [level[language] for level in leaf["levels"]]
        assert all(words) and len(set(words)) == 5
        assert leaf["name"][language] and leaf["question"][language].endswith("?")


def test_the_tables_have_exactly_the_columns_of_the_interface():
    assert list(REGISTER[0]) == REGISTER_COLUMNS
    assert list(ASSESSMENTS[0]) == ASSESSMENT_COLUMNS


def test_the_register_holds_every_product_once_with_its_class_and_name():
    assert [row["id"] for row in REGISTER] == [f"P{n:02}" for n in range(1, 36)]
    assert [row["product"] for row in REGISTER] == list(PRODUCTS)
    for row in REGISTER:
        product = PRODUCTS[row["product"]]
        assert row["class"] == product["class"]
        assert (row["name_vi"], row["name_en"]) == (product["name"]["vi"], product["name"]["en"])


@pytest.mark.parametrize("row", REGISTER, ids=lambda r: r["id"])
def test_nothing_illustrative_looks_official(row):
    assert row["ask_basis"] == "illustrative"
    assert "minh họa" in row["note"] and re.match(r"Đề xuất .+ chủ trì vì ", row["note"])
    assert row["class_basis"] in {"stated", "proposed"}
    assert row["ministry"] in BODIES
    assert row["secrecy"] == "công khai"
    assert row["funding"] == row["minimum_bn"] == ""


def test_asks_follow_the_rule_per_class_and_come_to_about_twice_the_envelope():
    assert all(Decimal(row["ask_bn"]) == ASK_BN[row["class"]] for row in REGISTER)
    total = sum(Decimal(row["ask_bn"]) for row in REGISTER)
    assert abs(total / (2 * ENVELOPE_BN) - 1) < Decimal("0.02")


def test_one_assessment_per_project_and_leaf():
    pairs = Counter((row["project"], row["criterion"]) for row in ASSESSMENTS)
    assert max(pairs.values()) == 1
    assert {project for project, _ in pairs} == set(PROJECTS)
    assert {leaf for _, leaf in pairs} == set(LEAF_NODES)
    assert {row["assessor"] for row in ASSESSMENTS} == {"sources"}


@pytest.mark.parametrize("row", ASSESSMENTS, ids=lambda r: f"{r['project']}-{r['criterion']}")
def test_every_assessment_is_on_the_scale_with_evidence(row):
    assert bool(row["score"]) != bool(row["low"] and row["high"])
    assert bool(row["low"]) == bool(row["high"])
    low, high = ends(row)
    assert 0 <= low <= high <= 4
    assert row["score"] or low < high
    assert (low, high) != (0, 4), "the whole scale is what no row means"
    assert row["evidence"]


@pytest.mark.parametrize("project", PROJECTS)
def test_standards_score_by_the_count_of_the_technology(project):
    row = next(r for r in ASSESSMENTS if (r["project"], r["criterion"]) == (project, "ip-standards"))
    technology = PROJECTS[project]["product"][:3]
    national, total = STANDARDS[technology]
    assert row["score"] == str(standards_score(national))
    assert row["source"] == f"report-2026-04 Appendix 3.{int(technology[1:])}"
    assert f" {total - national} tiêu chuẩn quốc tế" in row["evidence"]
    assert (f"có {national} tiêu chuẩn quốc gia" if national else "chưa có tiêu chuẩn quốc gia") in row[
        "evidence"
    ]


def test_the_standards_table_adds_up():
    outside_national, outside = 432, 579
    assert sum(n for n, _ in STANDARDS.values()) + outside_national == 835
    assert sum(total for _, total in STANDARDS.values()) + outside == 2441


@pytest.mark.parametrize(
    "barred",
    [
        "report-2026-04 Appendix 2",
        "report-2026-04 I.6",
        "report-2026-04 Appendix 3.12",
        "decision-1131 Appendix II",
    ],
)
def test_sources_that_cannot_tell_products_apart_support_no_score(barred):
    assert [row for row in ASSESSMENTS if barred in row["source"].split("; ")] == []


def test_products_without_a_fact_of_their_own_have_the_standards_row_alone():
    rows = Counter(row["project"] for row in ASSESSMENTS)
    assert {project for project, count in rows.items() if count == 1} == {"P05", "P06", "P26", "P28", "P29"}


def test_ai_cameras_score_no_product():
    assert [
        row for row in ASSESSMENTS if "camera" in row["evidence"].lower() or "65%" in row["evidence"]
    ] == []


def test_the_share_of_the_5g_network_is_quoted_as_the_networks_own():
    quoting = [row for row in ASSESSMENTS if "85%" in row["evidence"]]
    assert {row["project"] for row in quoting} == {"P13", "P14"}
    assert all("mạng 5G" in row["evidence"] for row in quoting)


@pytest.mark.parametrize("name", SCENARIO_IDS)
def test_scenario_header_and_references(name):
    text = (SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=scenario.schema.json\n")
    whole = scenario(name)
    assert whole["id"] == name
    assert all(whole[key][language] for key in ("title", "description") for language in ("vi", "en"))
    assert "minh họa" in whole["title"]["vi"] and "illustrative" in whole["title"]["en"]
    assert (SCENARIOS / whole["register"]).is_file() and (SCENARIOS / whole["assessments"]).is_file()
    assert all((CRITERIA / f"{whole[key]}.yaml").is_file() for key in ("criteria", "ministries", "products"))
    assert [Decimal(fund["amount_bn"]) for fund in whole["funds"]] == [ENVELOPE_BN]


@pytest.mark.parametrize("name", SCENARIO_IDS)
def test_sibling_weights_are_complete_and_sum_to_one(name):
    weights = scenario(name)["weights"]
    siblings = [list(LEAVES), *LEAVES.values()]
    assert set(weights) <= {node for group in siblings for node in group}
    for group in siblings:
        given = [node for node in group if node in weights]
        assert given in ([], group)
        assert not given or sum(Fraction(str(weights[node])) for node in given) == 1


def selected(where):
    """The projects of a selection: every field must match one of its values."""
    fields = {"technology": lambda row: row["product"][:3], "project": lambda row: row["id"]}
    wanted = {field: values if isinstance(values, list) else [values] for field, values in where.items()}
    return [
        row
        for row in REGISTER
        if all(fields.get(field, lambda r, f=field: r[f])(row) in values for field, values in wanted.items())
    ]


@pytest.mark.parametrize("name", SCENARIO_IDS)
def test_limits_are_illustrative_and_can_be_met(name):
    limits = scenario(name)["limits"]
    for limit in limits:
        assert limit["basis"] == "illustrative"
        assert limit["why"]["vi"].startswith("Minh họa") and limit["why"]["en"].startswith("Illustrative")
        assert ("at_least" in limit) != ("at_most" in limit)
        (kind, amount), *more = (limit.get("at_least") or limit["at_most"]).items()
        assert not more and kind in {"amount_bn", "share_of_envelope", "share_of_allocated"}
        bound = Decimal(amount) * (1 if kind == "amount_bn" else ENVELOPE_BN)
        asked = sum(Decimal(row["ask_bn"]) for row in selected(limit["where"]))
        assert asked > 0
        assert "at_most" in limit or bound <= asked
    ministries = [limit for limit in limits if "ministry" in limit["where"]]
    assert any("at_most" in limit for limit in ministries)
    assert any("at_least" in limit for limit in ministries)


@pytest.mark.parametrize("name", SCENARIO_IDS)
def test_limits_name_only_things_that_exist(name):
    known = {
        "ministry": set(BODIES),
        "class": set(ASK_BN),
        "technology": {t["id"] for t in TECHNOLOGIES},
        "product": set(PRODUCTS),
        "project": set(PROJECTS),
    }
    for limit in scenario(name)["limits"]:
        for field, values in limit["where"].items():
            assert set(values if isinstance(values, list) else [values]) <= known[field]


def test_three_families_floors_cover_the_products_named_at_the_meeting():
    families = {
        x["id"]: x["where"]["product"]
        for x in scenario("three-families")["limits"]
        if "product" in x["where"]
    }
    assert families == {
        "family-ai-robot-floor": ["T01.1", "T01.2", "T05.1"],
        "family-5g-floor": ["T04.1", "T04.2", "T04.3"],
        "family-blockchain-floor": ["T03.1", "T03.2", "T03.3"],
    }
