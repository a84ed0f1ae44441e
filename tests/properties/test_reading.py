"""What is typed and what is in files: read exactly or refused, whatever the order of the rows."""

import json
import random
import re
import tempfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prioritizer import locale, pipeline
from prioritizer.errors import InputFaults, Misread
from prioritizer.money import (
    LARGEST_MVND,
    read_amount_mvnd,
    read_decimal,
    read_points_e4,
    read_ratio,
    read_share,
    read_typed_amount_mvnd,
)
from tests.build import COSTED, COSTS, COSTS_HEAD, HEAD, ROWS, SCENARIO, folder, steady, table

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios"
AMOUNTS = st.one_of(st.integers(0, 20_000_000), st.integers(0, LARGEST_MVND))
TYPED = st.text(alphabet="0123456789.,  -+tỷbn", max_size=14)


def typed(text: str) -> int | str:
    """What a typed text reads as, or the code of its refusal."""
    try:
        return read_typed_amount_mvnd(text)
    except Misread as misread:
        return misread.code


def renderings(amount: int) -> set[str]:
    """Every way in which the two languages write an amount in billions, grouped or not."""
    found = set()
    for lang, group in (("vi", "."), ("en", ",")):
        for digits in (None, 3):
            shown = locale.bn(amount, lang, digits)
            found |= {shown, f" {shown} tỷ đồng", f"{shown} bn VND"}
            found |= {shown.replace(group, other) for other in ("", " ", "\u00a0", "\u202f")}
    return found


@given(AMOUNTS)
@example(12_253_400)
@example(12_253_000)
@example(1_234)
@steady(150)
def test_a_shown_amount_typed_back_is_itself_or_refused_as_ambiguous(amount):
    for text in renderings(amount):
        assert typed(text) in (amount, "amount_ambiguous"), text


@given(AMOUNTS)
@steady(100)
def test_one_decimal_as_the_screen_shows_it_is_never_ambiguous(amount):
    rounded = amount - amount % 100
    for lang in locale.LANGS:
        assert typed(locale.bn(rounded, lang)) == rounded


def readings(text: str) -> set[Fraction]:
    """Every number that a person could mean by a text: decimal comma or point, either kind of grouping."""
    found = set()
    bare = re.sub(r"(tỷ|bn)$", "", text.strip()).strip().replace("\u00a0", " ").replace("\u202f", " ")
    for decimal, groups in ((",", ". "), (".", ", ")):
        for group in groups:
            whole = rf"\d+|\d{{1,3}}({re.escape(group)}\d{{3}})+"
            if re.fullmatch(rf"-*({whole})({re.escape(decimal)}\d+)?", bare):
                plain = bare.lstrip("-").replace(group, "").replace(decimal, ".")
                found.add(Fraction(plain) * (-1 if bare.startswith("-") else 1))
    return found


@given(TYPED)
@example("12.253")
@example("12,253.4")
@example("1.234.567")
@example("1 234,5")
@example("12.253,4 tỷ")
@example("0.123")
@steady(400)
def test_typed_text_never_reads_as_a_number_that_nobody_could_mean(text):
    found, meant = typed(text), {number * 1000 for number in readings(text)}
    if isinstance(found, int):
        # Where the two styles differ, only a leading zero or more than three digits before the mark decides.
        assert found in meant
        assert len(meant) == 1 or re.match(r"\s*0|\s*\d{4,}", text)
    elif found == "amount_ambiguous":
        assert len(meant) == 2
    elif found == "not_a_number":
        assert not meant or "+" in text


@given(st.text(max_size=12) | st.text(alphabet="0123456789.,_e/ +-", max_size=10))
@steady(200)
def test_machine_numbers_are_plain_decimals_or_refused(text):
    plain = re.fullmatch(r"[+-]?\d+(\.\d+)?", text)
    for read in (read_decimal, read_ratio, read_share, read_amount_mvnd, read_points_e4):
        try:
            value = read(text)
        except Misread as misread:
            assert f"faults.{misread.code}.message" in locale.sentences("vi")
            continue
        scale = {read_amount_mvnd: 1000, read_points_e4: 10_000}.get(read, 1)
        assert plain or read in (read_ratio, read_share)
        assert value == Fraction(text) * scale


@given(st.fractions(0, 1, max_denominator=1000))
@steady(60)
def test_shares_read_as_written(share):
    assert read_share(f"{share.numerator}/{share.denominator}") == share


# ------------------------------------------------------------------ files


def plan_bytes(path: Path) -> bytes:
    """The plan file's bytes without the digests of the files as such."""
    content = pipeline.plan_object(pipeline.assess(pipeline.load(path)))
    for file in content.get("inputs", []):
        del file["sha256"]
    return json.dumps(content, ensure_ascii=False).encode()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_changes_no_byte_of_a_plan(tmp_path, seed):
    def copied(name: str, shuffled: bool) -> Path:
        scenarios = tmp_path / name / "scenarios"
        (scenarios / "registers").mkdir(parents=True)
        (scenarios / "baseline.yaml").write_bytes((SHIPPED / "baseline.yaml").read_bytes())
        for path in (SHIPPED / "registers").glob("*.csv"):
            head, *rows = path.read_text(encoding="utf-8").splitlines()
            if shuffled:
                random.Random(seed).shuffle(rows)
            (scenarios / "registers" / path.name).write_text(table(head, rows), encoding="utf-8")
        return scenarios / "baseline.yaml"

    assert plan_bytes(copied("shuffled", True)) == plan_bytes(copied("plain", False))


def test_the_order_of_columns_changes_no_byte_of_a_plan(tmp_path):
    turned = [",".join(reversed(line.split(","))) for line in (HEAD, *ROWS)]
    other = folder(tmp_path / "other", register_csv=table(turned[0], turned[1:]))
    assert plan_bytes(other) == plan_bytes(folder(tmp_path / "plain"))


def survives(**files: str | bytes) -> None:
    """Files are read or refused with faults that have words; nothing else is ever raised."""
    with tempfile.TemporaryDirectory() as place:
        try:
            pipeline.load(folder(Path(place), **files))
        except InputFaults as found:
            assert found.faults
            for fault in found.faults:
                assert locale.fault_message(fault, "vi") and locale.fault_remedy(fault, "en")


@given(st.binary(max_size=60) | st.text(alphabet='P1,"\n\r;\t ế\u0301x', max_size=60).map(str.encode))
@steady(80)
def test_no_bytes_crash_the_register(content):
    survives(register_csv=content)
    survives(register_csv=HEAD.encode() + b"\n" + content)


@given(st.binary(max_size=60) | st.text(alphabet='P12026,"\n\r;\t ế\u0301x.', max_size=60).map(str.encode))
@steady(60)
def test_no_bytes_crash_the_costs(content):
    survives(tiny_yaml=COSTED, costs_csv=content)
    survives(tiny_yaml=COSTED, costs_csv=table(COSTS_HEAD, COSTS).encode() + content)


CELLS = st.tuples(
    st.sampled_from(["P1", "p2", "P3", "P9"]),
    st.sampled_from(["2026", "2027", "", "x"]),
    st.sampled_from(["", "works", "Works", "a b"]),
    st.sampled_from(["0", "1", "0.5", "x", "-1"]),
    st.sampled_from(["", "1", "2", "7", "x"]),
    st.sampled_from(["", "1", "1/2", "2"]),
)


@given(st.lists(CELLS, max_size=7), st.sampled_from(["", "milestones", "minimum"]))
@steady(120)
def test_no_costs_of_a_wrong_shape_crash_a_scenario(rows, rule):
    register = table(f"{HEAD},funding", [f"{row},{rule}" for row in ROWS])
    limits = "limits: [{id: l, where: {year: 2027, kind: works}, at_least: {amount_bn: 1}}]\n"
    costs = table(COSTS_HEAD, [",".join(row) for row in rows])
    survives(tiny_yaml=COSTED + limits, register_csv=register, costs_csv=costs)


@given(
    st.binary(max_size=60) | st.text(alphabet="a:-[]{}&*!|>?%@`'\"#,\n \t~\\", max_size=40).map(str.encode)
)
@steady(120)
def test_no_bytes_crash_the_scenario(content):
    survives(tiny_yaml=content)
    survives(tiny_yaml=SCENARIO.encode() + content)


INNER_KEYS = ["id", "where", "at_most", "at_least", "amount_bn", "count", "ministry", "share_of_allocated"]
INNER_KEYS += ["project", "requires", "fund", "locked_bn", "year", "kind", "penalty", "decreed", "at"]
VALUES = st.recursive(
    st.sampled_from(
        ["null", "true", "x", "1", "-1", "1/3", "0.5", '"\\0"', "1,5", "P1", "A", '""', "'é'", "full", "2026"]
    ),
    lambda inner: (
        st.lists(inner, max_size=2).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(
            st.sampled_from(INNER_KEYS),
            inner,
            max_size=3,
        ).map(lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}")
    ),
    max_leaves=6,
)
KEYS = ["limits", "objective", "weights", "eligibility", "fields", "decisions", "title", "description"]
KEYS += ["extends", "criteria", "assessments", "costs", "ties"]
KEYS += ["reserves", "dependencies", "tie_order", "state_share_cap", "least_grant_bn", "funds"]


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=3))
@steady(150)
def test_no_value_of_a_wrong_shape_crashes_a_scenario(entries):
    kept = [line for line in SCENARIO.splitlines() if line.split(":")[0] not in entries]
    survives(tiny_yaml="\n".join([*kept, *(f"{key}: {value}" for key, value in entries.items()), ""]))
