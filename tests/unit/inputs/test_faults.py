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
    COSTED,
    COSTS,
    COSTS_HEAD,
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
PRICES = "costs.csv"
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


def things(code: str, key: str, text: str, column: str) -> Wrong:
    """A list of things of the scenario; ``column`` is below its key, unless it names another."""
    column = column if "." in column and not column[0].isdigit() else f"{key}.{column}"
    return scenario(code, f"{key}: [{text}]\n", column.split(".")[0], column)


def decision(code: str, text: str, column: str) -> Wrong:
    return things(code, "decisions", text, column)


def needs(code: str, text: str, column: str) -> Wrong:
    return things(code, "dependencies", text, column)


def with_rules(cells: str) -> str:
    """The register with a funding rule, a minimum and co-finance for the second project."""
    rows = [f"{ROWS[0]},,,", f"{ROWS[1]},{cells}", f"{ROWS[2]},,,"]
    return table(f"{HEAD},funding,minimum_bn,cofinance_bn", rows)


def ruled(code: str, cells: str, column: str) -> Wrong:
    return Wrong(code, REGISTER, 3, column, {"register_csv": with_rules(cells)})


def cost(code: str, line: str, column: str, *also: str) -> Wrong:
    files: dict[str, str | bytes | None] = {
        "tiny_yaml": COSTED,
        "costs_csv": table(COSTS_HEAD, [*COSTS, line]),
    }
    return Wrong(code, PRICES, 6, column, files, also=also)


def staged(code: str, lines: tuple[str, ...], column: str) -> Wrong:
    """Costs of the first project by milestones."""
    rows = [f"{ROWS[0]},milestones", *(f"{row}," for row in ROWS[1:])]
    files: dict[str, str | bytes | None] = {
        "tiny_yaml": COSTED,
        "register_csv": table(f"{HEAD},funding", rows),
        "costs_csv": table(COSTS_HEAD, [*lines, *COSTS[1:]]),
    }
    return Wrong(code, PRICES, 2, column, files)


def priced(code: str, costs: tuple[str, ...], column: str, at: int, *also: str) -> Wrong:
    """Other costs; the fault is at a row of the register."""
    files: dict[str, str | bytes | None] = {"tiny_yaml": COSTED, "costs_csv": table(COSTS_HEAD, costs)}
    return Wrong(code, REGISTER, at, column, files, also=also)


def later(code: str, text: str, column: str) -> Wrong:
    """The only limit, where costs also fall in a year that no fund is of."""
    wrong = limit(code, text, column)
    return replace(wrong, files={"tiny_yaml": COSTED + str(wrong.files["tiny_yaml"])[len(SCENARIO) :]})


def told(code: str, text: str, column: str, more: str = "") -> Wrong:
    """A statement over the four criteria, on the line of ``root``; ``column`` is below it."""
    line = f"elicitation: [{{over: root, by: x, at: 2026-04-20, why: y, {text}}}]\n"
    column = (
        column if column.startswith(("elicitation", "weights")) else f"elicitation.0.{column}".rstrip(".")
    )
    return Wrong(code, TINY, "root", column, {"tiny_yaml": ASSESSED + more + line}, True)


def outright(code: str, text: str, at: str, column: str) -> Wrong:
    """Weights or rates of a class."""
    return Wrong(code, TINY, at, column, {"tiny_yaml": ASSESSED + text}, True)


BOTTOM, TOP = "{score: 0, value: 0, vi: a, en: a}", "{score: 100, value: 100, vi: b, en: b}"
SPACED = '{category: " low\u00a0", value: 1, vi: a, en: a}'
LOW, HIGH = "{category: low, value: 0, vi: a, en: a}", "{category: high, value: 100, vi: b, en: b}"
PEAK, DIP = "{score: 50, value: 40, vi: c, en: c}", "{score: 20, value: 60, vi: d, en: d}"
NO_VALUE, TOO_HIGH = "{score: 50, vi: e, en: e}", "{category: c, value: 101, vi: f, en: f}"
SCALE = "scale: {worst: 0, best: 100}"


def categorical(more: str, levels: str = f"{HIGH}, {LOW}") -> str:
    """The criteria, the third of which is judged by category."""
    return CRITERIA.replace(
        "id: B3, name: B3, weight: 0.29, " + SCALE,
        "id: B3, name: B3, weight: 0.29, value: categorical, " + more + f"levels: [{levels}]",
    )


def category(code: str, line: str, column: str) -> Wrong:
    return of_register(code, line, "", column)


def of_register(code: str, line: str, more: str, column: str = "criterion") -> Wrong:
    classes = "{category: group1, value: 0, vi: a, en: a}, {category: B, value: 100, vi: b, en: b}"
    files: dict[str, str | bytes | None] = {
        "benefits_yaml": categorical(more, classes) if more else categorical(""),
        "scores_csv": table(SCORES_HEAD, [*SCORES, line]),
    }
    return Wrong(code, SCORED, 6, column, files, assessed=True)


def judged(code: str, more: str, line: str, column: str) -> Wrong:
    wrong = score(code, line, column)
    return replace(wrong, files={**wrong.files, "tiny_yaml": ASSESSED + more})


def assessor(code: str, text: str, column: str) -> Wrong:
    return outright(code, f"assessors: [{text}]\n", "assessors", f"assessors.{column}")


def levels(code: str, text: str) -> Wrong:
    """The first criterion with other levels and another value function."""
    return tree(code, SCALE, text, "B1", "criteria.0")


PAIRS = "B1: {B2: 3, B3: 3, B4: 3}, B2: {B3: 1, B4: 1}, B3: {B4: 1}"
MANY_CRITERIA = "".join(f"  - {{id: C{at}, name: n, scale: {{worst: 0, best: 1}}}}\n" for at in range(16))
MANY_PAIRS = ", ".join(f"C{a}: {{{', '.join(f'C{b}: 1' for b in range(a + 1, 16))}}}" for a in range(15))
GRANT = "count_needs_least_grant"
MINIMA = "eligibility.minimum_by_factor"
MINIMUM = "eligibility: {{minimum_by_factor: {{{}}}}}\n"
TOO_MUCH = tuple(f"P3,{year},,600000000,," for year in (2026, 2027))

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
    limit("whole_number_expected", f"at_most: {{count: {'9' * 5000}}}", "at_most.count"),
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
    # ------------------------------------------------------------ scenario words
    limit("true_or_false_expected", "at_most: {amount_bn: 1}, decreed: yes", "decreed"),
    limit("true_or_false_expected", 'at_most: {amount_bn: 1}, decreed: "true"', "decreed"),
    limit("true_or_false_expected", "at_most: {amount_bn: 1}, decreed: 1", "decreed"),
    decision("true_or_false_expected", "{project: P1, fund: full, decreed: True}", "0.decreed"),
    needs("true_or_false_expected", "{project: P1, requires: P2, in_full: on}", "0.in_full"),
    decision("bad_date", "{project: P1, fund: full, at: 20/4/2026}", "0.at"),
    decision("bad_date", "{project: P1, fund: full, at: 2026-02-30}", "0.at"),
    decision("bad_date", "{project: P1, fund: full, at: 20260420}", "0.at"),
    decision("not_above_zero", "{project: P1, fund_at_least_bn: 0}", "0.fund_at_least_bn"),
    decision("not_above_zero", "{project: P1, locked_bn: 0.000}", "0.locked_bn"),
    decision("not_above_zero", "{project: P1, fund: full, relax_weight: 0}", "0.relax_weight"),
    limit("not_above_zero", "at_most: {amount_bn: 1}, penalty: 0", "penalty"),
    scenario("not_above_zero", "least_grant_bn: 0\n", "least", "least_grant_bn"),
    scenario("word_not_allowed", "state_share_cap: {group3: 0.5}\n", "cap", "state_share_cap.group3"),
    scenario("share_out_of_range", "state_share_cap: {group1: 50}\n", "cap", "state_share_cap.group1"),
    scenario("word_not_allowed", "ties: random\n", "ties", "ties"),
    limit("whole_number_expected", "at_most: {count: 2.5}", "at_most.count"),
    limit("whole_number_expected", "at_most: {count: true}", "at_most.count"),
    limit("negative_number", "at_most: {count: -1}", "at_most.count"),
    limit("negative_number", "at_most: {amount_bn: 1}, penalty: -1", "penalty"),
    # ------------------------------------------------------------ tables
    row("csv_syntax", 'P4,"bốn,A,,group1,1,1', None),
    row("csv_syntax", 'P4,"b"ốn,A,,group1,1,1', None),
    row("cell_too_long", f"P4,{'x' * 1_000_000},A,,group1,1,1", None),
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
    row("blank_cell", "P4,bốn,A,,group1,,1", "ask_bn"),
    wide("unknown_word", "funding", "half"),
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
    # ------------------------------------------------------------ funding rules and co-finance
    ruled("minimum_missing", "minimum,,", "minimum_bn"),
    ruled("minimum_without_rule", ",1,", "minimum_bn"),
    ruled("minimum_without_rule", "whole,1,", "minimum_bn"),
    ruled("minimum_above_ask", "minimum,2.001,", "minimum_bn"),
    ruled("amount_is_zero", "minimum,0,", "minimum_bn"),
    ruled("not_a_number", "minimum,x,", "minimum_bn"),
    ruled("cofinance_not_below_ask", ",,2", "cofinance_bn"),
    ruled("amount_too_fine", ",,0.0001", "cofinance_bn"),
    wide("not_a_number", "received_bn", "some"),
    Wrong(
        "milestones_need_costs", TINY, "register", "register", {"register_csv": with_rules("milestones,,")}
    ),
    # ------------------------------------------------------------ costs
    cost("unknown_project", "P9,2026,,1,,", "project"),
    cost("blank_cell", "P1,,,1,,", "year"),
    cost("not_a_number", "P1,2028,,x,,", "amount_bn"),
    cost("bad_id", "P1,2026,a b,0,,", "kind"),
    cost("duplicate_cost", "p1,2026,,0,,", "project"),
    cost("bad_milestone", "P1,2028,,0,0,", "milestone"),
    cost("bad_milestone", "P1,2028,,0,1.5,", "milestone"),
    cost("share_out_of_range", "P1,2028,,0,,2", "value_share", "value_share_without_milestone"),
    cost("value_share_without_milestone", "P1,2028,,0,,1/2", "value_share"),
    staged("milestone_blank", ("P1,2026,,0.5,,", "P1,2027,,1,1,1"), "milestone"),
    staged("milestone_left_out", ("P1,2026,,0.5,1,0.5", "P1,2027,,1,3,0.5"), "milestone"),
    replace(
        staged("milestone_without_fund", ("P1,2026,,0.5,1,0.5", "P1,2029,,1,2,0.5"), "costs"),
        file=TINY,
        at="costs",
    ),
    staged("milestone_without_cost", ("P1,2026,,0,1,0.5", "P1,2027,,1.5,2,0.5"), "milestone"),
    staged("value_shares_sum", ("P1,2026,,0.5,1,0.5", "P1,2027,,1,2,0.4"), "value_share"),
    staged("value_shares_sum", ("P1,2026,,0.5,1,", "P1,2027,,1,2,"), "value_share"),
    Wrong(
        "unknown_kind",
        PRICES,
        2,
        "kind",
        {
            "tiny_yaml": COSTED.replace('amount_bn: "3"}', 'amount_bn: "3", pays: [recurrent]}'),
            "costs_csv": table(COSTS_HEAD, [COSTS[0].replace(",,", ",recurent,", 1), *COSTS[1:]]),
        },
    ),
    priced("project_without_costs", COSTS[:3], "id", 4),
    priced("costs_are_zero", (*COSTS[:3], "P3,2026,,0,,"), "id", 4),
    priced("ask_differs_from_costs", (*COSTS[:3], "P3,2026,,1.001,,"), "ask_bn", 4),
    priced("number_too_large", (*COSTS[:3], *TOO_MUCH), "id", 4, "ask_differs_from_costs"),
    priced("milestones_not_stated", ("P1,2026,,1.5,1,1", *COSTS[1:]), "funding", 2),
    Wrong(
        "milestones_missing",
        REGISTER,
        3,
        "funding",
        {"tiny_yaml": COSTED, "register_csv": with_rules("milestones,,")},
    ),
    limit("share_out_of_range", "at_most: {share_of_envelope: 25}", "at_most.share_of_envelope"),
    limit("share_out_of_range", "at_most: {share_of_allocated: 3/2}", "at_most.share_of_allocated"),
    limit("share_too_fine", "at_most: {share_of_envelope: 0.1234567891}", "at_most.share_of_envelope"),
    limit("not_a_number", "at_most: {share_of_envelope: 1/0}", "at_most.share_of_envelope"),
    limit("number_percent", "at_most: {share_of_envelope: 25%}", "at_most.share_of_envelope"),
    # ------------------------------------------------------------ assessments
    score("unknown_project", "P9,B1,x,1,,", "project"),
    score("unknown_criterion", "P1,B9,x,1,,", "criterion"),
    score("duplicate_assessment", "p1,b1,X,50,,", "assessor"),
    score("score_and_interval", "P1,B3,x,50,40,60", "score"),
    score("score_missing", "P1,B3,x,,,", "score"),
    score("score_missing", "P1,B3,x,,40,", "score"),
    score("interval_crossed", "P1,B3,x,,60,40", "low"),
    score("score_off_scale", "P1,B3,x,100.5,,", "score"),
    score("score_off_scale", "P1,B3,x,-1,,", "score"),
    score("score_off_scale", "P1,B3,x,,0,101", "high"),
    score("not_a_score", 'P1,B3,x,"0,5",,', "score"),
    score("not_a_score", "P1,B3,x,,good,6", "low"),
    score("abstention_in_words", "P1,B3,x,Không chấm,,", "score"),
    score("blank_cell", "P1,B3,,5,,", "assessor"),
    score("score_and_interval", "P1,B3,x,abstain,40,60", "score"),
    judged("unknown_assessor", "assessors: [{id: x}]\n", "P1,B3,y,5,,", "assessor"),
    category("unknown_category", "P1,B3,x,gold,,", "score"),
    category("category_has_no_interval", "P1,B3,x,,0,1", "low"),
    category("score_missing", "P1,B3,x,,,", "score"),
    category("score_and_interval", "P1,B3,x,low,0,1", "score"),
    of_register("criterion_of_the_register", "P1,B3,x,group1,,", "of: class, "),
    assessor("duplicate_key", "{id: x}, {id: X}", "1.id"),
    assessor("unknown_ministry", "{id: x, ministry: MOST}", "0.ministry"),
    assessor("unknown_competence", "{id: x, competence_on: {B9: 2}}", "0.competence_on.B9"),
    assessor("duplicate_key", "{id: x, competence_on: {B1: 2, b1: 3}}", "0.competence_on.b1"),
    assessor("not_above_zero", "{id: x, competence: 0}", "0.competence"),
    assessor("bad_id", "{id: a b}", "0.id"),
    outright("trim_out_of_range", "consensus: {rule: trimmed, trim: 0.5}\n", "trim: 0.5", "consensus.trim"),
    outright("trim_out_of_range", "consensus: {rule: trimmed, trim: 3/4}\n", "trim: 3/4", "consensus.trim"),
    # ------------------------------------------------------------ criteria
    tree("scale_without_length", "best: 100", "best: 0", "B1", "criteria.0.scale"),
    tree("leaf_needs_scale", ", scale: {worst: 0, best: 100}", "", "B1", "criteria.0"),
    tree("weights_sum", "0.31", "0.32", None, "B1, B2, B3, B4"),
    tree("weights_sum", ", weight: 0.31", "", None, "B1, B2, B3, B4"),
    tree("duplicate_key", "id: B3", "id: b1", None, "b1"),
    levels("category_needs_no_scale", "of: class, " + SCALE),
    levels("category_needs_no_scale", f"value: categorical, {SCALE}, levels: [{HIGH}, {LOW}]"),
    levels("category_or_score", f"value: categorical, levels: [{TOP}, {BOTTOM}]"),
    levels("category_or_score", f"value: piecewise, {SCALE}, levels: [{BOTTOM}, {HIGH}]"),
    levels("category_or_score", SCALE + ", levels: [{vi: a, en: a}]"),
    levels("level_value_idle", f"{SCALE}, levels: [{BOTTOM}]"),
    levels("level_value_missing", f"value: piecewise, {SCALE}, levels: [{BOTTOM}, {TOP}, {NO_VALUE}]"),
    levels("level_value_missing", f"value: categorical, levels: [{HIGH}, {LOW}, {TOO_HIGH}]"),
    levels("level_twice", f"value: piecewise, {SCALE}, levels: [{BOTTOM}, {TOP}, {TOP}]"),
    levels("level_twice", f"value: categorical, levels: [{HIGH}, {LOW}, {LOW.replace('low', 'Low')}]"),
    levels("value_without_zero", f"value: piecewise, {SCALE}, levels: [{TOP}]"),
    levels("value_without_zero", f"value: piecewise, {SCALE}"),
    levels("level_twice", f"value: categorical, levels: [{HIGH}, {LOW}, {SPACED}]"),
    levels("category_abstain", f"value: categorical, levels: [{HIGH}, {LOW.replace('low', 'Abstain')}]"),
    levels("value_without_zero", f"value: categorical, levels: [{HIGH}]"),
    levels(
        "value_without_zero",
        f"value: piecewise, {SCALE.replace('worst: 0', 'worst: -5')}, levels: [{BOTTOM}, {TOP}]",
    ),
    levels("value_falls", f"value: piecewise, {SCALE}, levels: [{BOTTOM}, {DIP}, {PEAK}, {TOP}]"),
    Wrong("unknown_column_of", TREE, None, "B3", {"benefits_yaml": categorical("of: region, ")}, True),
    Wrong(
        "category_without_level", REGISTER, None, "class", {"benefits_yaml": categorical("of: class, ")}, True
    ),
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
    scenario("weights_without_criteria", "exchange_rate: {group1: 2}\n", "group1: 2", "exchange_rate"),
    outright(
        "unknown_criterion_weight",
        "weights_by_class: {group1: {B9: 1}}\n",
        "B9",
        "weights_by_class.group1.B9",
    ),
    outright(
        "weights_incomplete", "weights_by_class: {group1: {B1: 1}}\n", "B1", "weights_by_class.group1.B1"
    ),
    outright(
        "word_not_allowed", "weights_by_class: {group3: {B1: 1}}\n", "group3", "weights_by_class.group3"
    ),
    outright("word_not_allowed", "exchange_rate: {group3: 1}\n", "group3", "exchange_rate.group3"),
    outright("not_above_zero", "exchange_rate: {group1: 0}\n", "group1", "exchange_rate.group1"),
    outright("rate_too_large", "exchange_rate: {group1: 101}\n", "group1", "exchange_rate.group1"),
    # ------------------------------------------------------------ statements about weights
    told("elicitation_needs_one", "rank: [B1], swing: {B1: 100}", ""),
    told("elicitation_needs_one", "leave_out: [B1]", ""),
    Wrong(
        "missing_key",
        TINY,
        "elicitation",
        "elicitation.0.by",
        {
            "tiny_yaml": ASSESSED
            + "elicitation: [{over: root, at: 2026-04-20, why: y, rank: [B1, B2, B3, B4]}]\n"
        },
        True,
    ),
    told("word_not_allowed", "class: group3, rank: [B1, B2, B3, B4]", "class"),
    replace(
        told("statement_over_nothing", "rank: [B1, B2, B3, B4]", "over"),
        at="over: B1",
        files={
            "tiny_yaml": ASSESSED
            + "elicitation: [{over: B1, by: x, at: 2026-04-20, why: y, rank: [B1, B2, B3, B4]}]\n"
        },
    ),
    told("statement_names_another", "rank: [B1, B2, B3, [B4, b4]]", "rank"),
    told("statement_names_another", "swing: {B1: 100, B2: 1, B3: 1, B4: 1, B9: 1}", "swing.B9"),
    told("statement_names_another", "rank: [B1, B2, B3, B4], leave_out: [B9]", "leave_out"),
    told("statement_incomplete", "rank: [B1, B2]", "rank"),
    told("statement_incomplete", "intervals: {B1: [0, 1], B2: [0, 1], B3: [0, 1]}", "intervals"),
    told("statement_repeats", "rank: [B1, B2, B3, B4, B1]", "rank"),
    told("statement_repeats", "rank: [B1, B2, B3, B4], leave_out: [B1]", "leave_out"),
    told("statement_weighs_nothing", "rank: [], leave_out: [B1, B2, B3, B4]", ""),
    told(
        "statements_conflict",
        "rank: [B1, B2, B3, B4]}, {id: other, over: root, by: x, at: 2026-04-20, why: y, "
        "swing: {B1: 100, B2: 1, B3: 1, B4: 1}",
        "elicitation.1",
    ),
    told(
        "duplicate_key",
        "id: a, rank: [B1, B2, B3, B4]}, {id: A, over: root, class: group1, by: x, at: 2026-04-20, why: y, "
        "rank: [B1, B2, B3, B4]",
        "elicitation.1.id",
    ),
    told(
        "statement_beside_weights",
        "rank: [B1, B2, B3, B4]",
        "",
        "weights: {B1: 1, B2: 0, B3: 0, B4: 0}\n",
    ),
    told(
        "statement_beside_weights",
        "class: group1, rank: [B1, B2, B3, B4]",
        "",
        "weights_by_class: {group1: {B1: 1, B2: 0, B3: 0, B4: 0}}\n",
    ),
    told("swing_not_positive", "swing: {B1: 100, B2: 50, B3: 0, B4: 5}", "swing.B3"),
    told("swing_not_positive", "swing: {B1: 100, B2: -50, B3: 1, B4: 5}", "swing.B2"),
    told("swing_without_full", "swing: {B1: 90, B2: 50, B3: 1, B4: 5}", "swing"),
    told("swing_without_full", "swing: {B1: 100.5, B2: 50, B3: 1, B4: 5}", "swing"),
    told("judgements_missing", f"pairwise: {{{PAIRS.replace(', B3: {B4: 1}', '')}}}", "pairwise"),
    told("judgement_of_itself", f"pairwise: {{{PAIRS}, B4: {{B4: 1}}}}", "pairwise.B4.B4"),
    told("judgement_off_scale", f"pairwise: {{{PAIRS.replace('3', '9.1', 1)}}}", "pairwise.B1.B2"),
    told("judgement_off_scale", f"pairwise: {{{PAIRS.replace('3', '1/10', 1)}}}", "pairwise.B1.B2"),
    told("not_above_zero", f"pairwise: {{{PAIRS.replace('3', '0', 1)}}}", "pairwise.B1.B2"),
    told("judgements_contradict", f"pairwise: {{{PAIRS}, B4: {{B1: 3}}}}", "pairwise.B1.B4"),
    replace(
        told("too_many_compared", f"pairwise: {{{MANY_PAIRS}}}", "pairwise"),
        files={
            "tiny_yaml": ASSESSED
            + "elicitation: [{over: root, by: x, at: 2026-04-20, why: y, "
            + f"pairwise: {{{MANY_PAIRS}}}}}]\n",
            "benefits_yaml": CRITERIA.partition("  - ")[0] + MANY_CRITERIA,
            "scores_csv": table(SCORES_HEAD, ["P1,C0,x,1,,"]),
        },
    ),
    told(
        "weights_crossed", "intervals: {B1: [0.5, 0.4], B2: [0, 1], B3: [0, 1], B4: [0, 1]}", "intervals.B1"
    ),
    told(
        "intervals_above_one", "intervals: {B1: [0.5, 1], B2: [0.6, 1], B3: [0, 1], B4: [0, 1]}", "intervals"
    ),
    told(
        "intervals_below_one",
        "intervals: {B1: [0, 0.1], B2: [0, 0.2], B3: [0, 0.3], B4: [0, 0.3]}",
        "intervals",
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
    limit("soft_and_decreed", "at_most: {amount_bn: 1}, penalty: 5, decreed: true", "penalty"),
    limit("unknown_selection", "where: {year: 2025}, at_most: {amount_bn: 1}", "where.year"),
    limit("unknown_selection", "where: {kind: recurrent}, at_most: {amount_bn: 1}", "where.kind"),
    later("limit_year_without_fund", "where: {year: 2027}, at_most: {share_of_envelope: 0.5}", "at_most"),
    later("limit_year_without_fund", "where: {year: 2027}, at_least: {share_of_allocated: 0.5}", "at_least"),
    later("count_of_costs", "where: {year: 2027}, at_most: {count: 1}", "at_most"),
    later("limit_selects_nothing", "where: {year: 2027, ministry: A}, at_most: {amount_bn: 1}", ""),
    later("floor_above_asks", "where: {year: 2027}, at_least: {amount_bn: 0.801}", "at_least"),
    later("floor_above_asks", "where: {ministry: B}, at_least: {amount_bn: 1.201}", "at_least"),
    limit("count_floor_above_ceiling", "at_least: {count: 2}, at_most: {count: 1}", "at_least", GRANT),
    limit("count_needs_least_grant", "at_least: {count: 2}", "at_least"),
    scenario("equal_shares_need_shares", "least_grant_bn: 0.1\nties: pro_rata\n", "ties", "ties"),
    scenario(
        "count_floor_above_projects",
        "least_grant_bn: 0.1\nlimits: [{id: l, where: {ministry: A}, at_least: {count: 3}}]\n",
        "limits",
        "limits.0.at_least",
    ),
    decision(
        "count_below_musts",
        "{project: P1, fund: full}, {project: P3, locked_bn: 1}]\n"
        "limits: [{id: l, where: {ministry: A}, at_most: {count: 1}}",
        "limits.0.at_most",
    ),
    # ------------------------------------------------------------ funds, eligibility
    scenario("unknown_fund", "reserves: [{id: r, fund: other, amount_bn: 1}]\n", "other", "reserves.0.fund"),
    scenario("reserves_above_fund", "reserves: [{id: r, amount_bn: 3.001}]\n", "reserves", "reserves"),
    scenario(
        "floor_above_envelope",
        "reserves: [{id: r, amount_bn: 1}]\nlimits: [{id: l, at_least: {amount_bn: 2.001}}]\n",
        "limits",
        "limits.0.at_least",
    ),
    scenario("duplicate_key", "reserves: [{id: FUND, amount_bn: 1}]\n", "reserves", "reserves.0.id"),
    scenario("minimum_without_criteria", MINIMUM.format("B1: 5"), "minimum", MINIMA),
    Wrong(
        "unknown_factor", TINY, "b1", f"{MINIMA}.b1", {"tiny_yaml": ASSESSED + MINIMUM.format("b1: 5")}, True
    ),
    Wrong(
        "minimum_above_full",
        TINY,
        "B1",
        f"{MINIMA}.B1",
        {"tiny_yaml": ASSESSED + MINIMUM.format("B1: 101")},
        True,
    ),
    scenario("unknown_dossier_column", "eligibility: {dossier: [notes]}\n", "notes", "eligibility.dossier.0"),
    scenario(
        "unknown_dossier_column",
        "eligibility:\n  dossier_by_class:\n    group1: [note, notice-23]\n",
        "notice-23",
        "eligibility.dossier_by_class.group1.1",
    ),
    scenario(
        "unknown_dossier_column", "eligibility: {dossier: [ask_bn]}\n", "ask_bn", "eligibility.dossier.0"
    ),
    # ------------------------------------------------------------ decisions and dependencies
    decision("decision_needs_one", "{project: P1}", "0"),
    decision("decision_needs_one", "{project: P1, fund: full, locked_bn: 1}", "0"),
    decision("unknown_project", "{project: P9, fund: full}", "0.project"),
    decision("decision_repeated", "{project: P1, fund: full}, {project: p1, fund: full}", "1"),
    decision(
        "decision_repeated",
        "{id: a, project: P1, locked_bn: 1}, {id: b, project: P1, locked_bn: 0.5}",
        "1",
    ),
    decision("decisions_contradict", "{project: P1, fund: nothing}, {project: P1, locked_bn: 1}", "1"),
    decision("decision_above_ask", "{project: P1, fund_at_least_bn: 1.501}", "0.fund_at_least_bn"),
    decision("decision_above_ask", "{project: P1, locked_bn: 1.501}", "0.locked_bn"),
    decision("duplicate_key", "{id: fund, project: P1, fund: full}", "0.id"),
    scenario(
        "must_lacks_dossier",
        "decisions: [{project: P1, fund: full}]\neligibility: {dossier: [source]}\n",
        "decisions",
        "decisions.0",
    ),
    Wrong(
        "must_cannot_be_paid",
        TINY,
        "decisions",
        "decisions.0",
        {
            "tiny_yaml": COSTED.replace(
                'amount_bn: "3"}',
                'amount_bn: "3", pays: [recurrent]}\n  - {id: next, year: 2027, amount_bn: 1}',
            )
            + "decisions: [{project: P1, fund: full}]\n",
            "costs_csv": table(COSTS_HEAD, [COSTS[0].replace(",,", ",investment,", 1), *COSTS[1:]]),
        },
    ),
    scenario(
        "must_lacks_cofinance",
        "decisions: [{project: P1, fund_at_least_bn: 0.1}]\nstate_share_cap: {group1: 0.5}\n",
        "decisions",
        "decisions.0",
    ),
    Wrong(
        "must_lacks_cofinance",
        TINY,
        "decisions",
        "decisions.0",
        {
            "tiny_yaml": SCENARIO
            + "decisions: [{project: P2, fund: full}]\nstate_share_cap: {group1: 0.5}\n",
            "register_csv": with_rules("whole,,0.999"),
        },
    ),
    needs("unknown_project", "{project: P1, requires: P9}", "0.requires"),
    needs("dependency_on_itself", "{project: P1, requires: p1}", "0"),
    needs("dependency_repeated", "{project: P1, requires: P2}, {project: P1, requires: p2}", "1"),
    needs("dependency_cycle", "{project: P1, requires: P2}, {project: P2, requires: P1}", "0"),
    needs("duplicate_key", "{id: fund, project: P1, requires: P2}", "0.id"),
    needs(
        "must_requires_barred",
        "{project: P1, requires: P2}, {project: P2, requires: P3}]\n"
        "decisions: [{project: P1, locked_bn: 1}, {project: P3, fund: nothing}",
        "decisions.0",
    ),
    scenario("unknown_project", "tie_order: [P1, P9]\n", "tie_order", "tie_order.1"),
    scenario("tie_order_repeats", "tie_order: [P1, p1]\n", "tie_order", "tie_order.1"),
]
WORKBOOKS = """
table_begins_anew format_changes_amount unit_against_answer amount_beyond_budgets
year_not_known amount_without_id costs_unattributed
workbook_xls workbook_xlsb workbook_encrypted workbook_macros not_a_workbook workbook_damaged
workbook_bomb workbook_part_path workbook_part_twice workbook_nested workbook_not_utf8
workbook_xml_entities sheet_too_large sheet_overloaded workbook_too_slow workbook_too_heavy file_twice
no_table_found sheet_without_rows legacy_text number_ambiguous number_against_style
number_expected date_not_expected heading_twice heading_unknown heading_missing unit_not_stated
units_contradict cell_without_heading error_cell formula_without_value hidden_row hidden_column
hidden_sheet merged_amount total_differs amount_unlike_others amount_beyond_funds project_twice
unknown_project_rows unknown_project_beside_twice project_withdrawn drop_unknown answer_for_no_file
answer_for_no_heading
cost_twice judgement_twice project_of_other_ministry project_refused cost_refused

"""
ELSEWHERE = {
    **dict.fromkeys(WORKBOOKS.split(), "tests/unit/inputs/workbooks"),
    "invalid_value": "for what pydantic says that has no words here, below",
    "amount_ambiguous": "typed amounts only, below",
    "cannot_write": "tests/unit/test_cli.py",
    "import_unfinished": "tests/unit/inputs/test_together.py",
    "would_overwrite_input": "tests/unit/test_cli.py",
    "against_without_project": "tests/unit/test_cli.py",
    "scenarios_to_compare": "tests/unit/comparison/test_command.py",
    "cbc_missing": "tests/unit/test_cli.py",
    **dict.fromkeys(
        ("cluster_needs_tls", "cluster_unreachable", "cluster_empty", "cluster_differs", "cluster_lost"),
        "tests/unit/robustness/test_cluster.py",
    ),
    **dict.fromkeys(
        ("changed_meanwhile", "pack_odd_place", "pack_part_too_large", "pack_too_large"),
        "tests/unit/exports/test_pack.py",
    ),
    **dict.fromkeys(
        (
            "not_a_pack",
            "pack_fails",
            "pack_inputs_differ",
            "pack_without_inputs",
            "scenario_id_taken",
            "table_in_the_way",
        ),
        "tests/unit/exports/test_pack_opening.py",
    ),
    **dict.fromkeys(
        ("cluster_missing", "nothing_uncertain", "portfolios_need_weights"), "tests/unit/test_stress.py"
    ),
    **dict.fromkeys(
        (
            "portfolios_need_whole",
            "portfolios_soft_limits",
            "portfolios_too_many",
            "portfolios_too_many_corners",
        ),
        "tests/unit/robustness/test_portfolios.py",
    ),
    "portfolios_too_fine": "tests/unit/robustness/test_portfolios_search.py",
    "weights_clash": "tests/unit/robustness/test_draws_statements.py",
    "weights_too_many_corners": "tests/unit/robustness/test_draws_statements.py",
    "saving_busy": "tests/unit/store/test_saving.py",
    "unsafe_name": "tests/unit/store/test_saving.py",
    "version_unknown": "tests/unit/store/test_saving.py",
    "draft_broken": "tests/unit/store/test_drafts.py",
    "draft_does_not_fit": "tests/unit/store/test_drafts.py",
    "draft_gone": "tests/unit/store/test_drafts.py",
    "step_overtaken": "tests/unit/store/test_drafts.py",
    "scenario_missing": "tests/app/test_drafts.py",
    "file_exists": "tests/unit/exports/test_requests.py",
    "not_a_workbook_name": "tests/unit/exports/test_requests.py",
    "folder_without_workbooks": "tests/unit/test_import_command.py",
    "scenario_needed": "tests/unit/exports/test_forms.py",
    "text_too_long_for_a_cell": "tests/unit/exports/test_forms.py",
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


def test_what_the_reader_of_nouns_says_in_words_of_its_own_still_has_a_sentence():
    from prioritizer.inputs.documents import _fault
    from prioritizer.inputs.yamltree import Node
    from prioritizer.model import Scenario

    details = {"type": "complex_type", "loc": ("title",), "msg": "", "input": "x", "ctx": {}}
    fault = _fault(details, Node({}, TINY, 1), Scenario)  # type: ignore[arg-type]
    assert (fault.code, fault.row, fault.column) == ("invalid_value", 1, "title")
    assert "“x”" in locale.fault_message(fault, "en")
