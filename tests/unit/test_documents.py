"""The documents name everything they are about, and what they show is read as it stands."""

import argparse
import re
import shlex
import shutil
import struct
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest

from prioritizer import cli, locale, pipeline, scoring
from prioritizer.allocation.statement.families import FAMILIES
from prioritizer.allocation.statement.places import Statement
from prioritizer.inputs.columns import ASSESSMENTS, COSTS, REGISTER
from prioritizer.model import (
    BASES,
    FUNDING_RULES,
    UNASSESSED,
    Bound,
    Decision,
    Dependency,
    Elicitation,
    Eligibility,
    Fund,
    Limit,
    Objective,
    Reserve,
    Scenario,
)
from prioritizer.results import REASONS, Status, Unspent
from prioritizer.ui import shell

ROOT = Path(__file__).resolve().parents[2]
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
FILES, GUIDES = DOCS["files.md"], {lang: DOCS[f"guide.{lang}.md"] for lang in locale.LANGS}
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOUNS = (Scenario, Fund, Reserve, Objective, Eligibility, Elicitation, Limit, Bound, Decision, Dependency)
KEYS = sorted({field.alias or name for noun in NOUNS for name, field in noun.model_fields.items()})
UNSPENT = get_args(Unspent.__annotations__["reason"])
WORDS = (*FUNDING_RULES, *BASES, *UNASSESSED, "full", "nothing", "order", "pro_rata", "funding", "project")


def blocks(kind: str, guide: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", guide, flags=re.S)


CSV, YAML = blocks("csv", GUIDES["en"]), blocks("yaml", GUIDES["en"])
RULES = [block for block in YAML if "id: example\n" not in block]


# ------------------------------------------------------------------ files.md


@pytest.mark.parametrize("name", [column.name for column in (*REGISTER, *ASSESSMENTS)])
def test_files_md_names_every_column(name):
    assert f"`{name}`" in FILES


@pytest.mark.parametrize("name", [field.alias or name for name, field in Scenario.model_fields.items()])
def test_files_md_names_every_key_of_a_scenario(name):
    assert f"`{name}`" in FILES


def test_files_md_says_which_columns_are_needed():
    needed = [f"`{column.name}`" for column in REGISTER if column.needed]
    assert f"The columns {', '.join(needed[:-1])} and {needed[-1]} must be there." in FILES


# ------------------------------------------------------------------ the guides name


def told(guide: str) -> set[str]:
    """The words that stand in code type, alone or with what follows them there."""
    plain = re.sub(r"```.*?```", "", guide, flags=re.S)
    spans = re.findall(r"`([^`]+)`", plain)
    return set(spans) | {word for span in spans for word in re.split(r"[\s:,\[\]]+", span)}


@pytest.mark.parametrize("lang", locale.LANGS)
def test_guides_name_every_key_of_a_scenario(lang):
    assert sorted(set(KEYS) - told(GUIDES[lang])) == []


@pytest.mark.parametrize("lang", locale.LANGS)
def test_guides_name_every_word_that_a_key_may_have(lang):
    assert sorted(set(WORDS) - told(GUIDES[lang])) == []


@pytest.mark.parametrize("lang", locale.LANGS)
def test_guides_name_every_column_of_costs(lang):
    assert {column.name for column in COSTS} <= told(GUIDES[lang]) | set(CSV[1].splitlines()[0].split(","))


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize("kind, code", [("status", each) for each in (*get_args(Status), "invalid")])
def test_guides_explain_every_status_in_the_words_of_the_program(lang, kind, code):
    assert f"| `{code}` | {locale.say(f'terms.{kind}.{code}', lang)}" in GUIDES[lang]


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize("code", REASONS)
def test_guides_explain_every_reason_in_the_words_of_the_program(lang, code):
    assert f"| `{code}` | {locale.say(f'terms.reason.{code}', lang)}" in GUIDES[lang]


@pytest.mark.parametrize("lang", locale.LANGS)
def test_guides_name_every_cause_of_money_left_over(lang):
    assert set(UNSPENT) <= told(GUIDES[lang])


def commands() -> dict[str, argparse.ArgumentParser]:
    actions = cli._parser("en")._actions
    return next(each.choices for each in actions if isinstance(each, argparse._SubParsersAction))


@pytest.mark.parametrize("lang", locale.LANGS)
def test_guides_name_every_command_and_option(lang):
    parsers = commands()
    options = {
        option
        for parser in parsers.values()
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--")
    }
    assert sorted({*parsers, *options} - told(GUIDES[lang])) == []


def test_the_readme_names_every_command():
    assert [name for name in commands() if f"prioritizer {name}" not in README] == []


@pytest.mark.parametrize("text", [*GUIDES.values(), README], ids=[*GUIDES, "readme"])
def test_every_command_line_that_is_shown_can_be_typed(text):
    typed = re.findall(r"(?:^|`)(?:\.venv\S+)?prioritizer ([a-z]+ [^`\n]+)", text, flags=re.M)
    assert len(typed) > 5
    for line in typed:
        cli._parser("en").parse_args(shlex.split(line.replace("\\", "/")))


# ------------------------------------------------------------------ what the guides show


def test_guides_show_the_same():
    assert blocks("yaml", GUIDES["vi"]) == YAML and blocks("csv", GUIDES["vi"]) == CSV


def test_guides_have_the_same_sections():
    titles = [
        re.findall(r"^(#+) ", re.sub(r"```.*?```", "", each, flags=re.S), re.M) for each in GUIDES.values()
    ]
    assert titles[0] == titles[1]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The example of the guides as files, beside the scenarios that are shipped."""
    place = tmp_path_factory.mktemp("guide") / "scenarios"
    shutil.copytree(ROOT / "scenarios", place)
    register, costs = CSV
    (place / "registers" / "example.csv").write_text(register, encoding="utf-8")
    (place / "registers" / "example-costs.csv").write_text(costs, encoding="utf-8")
    (place / "example.yaml").write_text(next(b for b in YAML if "id: example\n" in b), encoding="utf-8")
    return place


def written(place: Path, block: str) -> Path:
    """A block as a scenario: what it does not say itself is that of the example."""
    found = re.search(r"^id: (\S+)", block, re.M)
    name = found[1] if found else "shown"
    head = "" if found else f"schema: 1\nid: {name}\n"
    head += "" if "extends:" in block else "extends: example\n"
    path = place / f"{name}.yaml"
    path.write_text(head + block, encoding="utf-8")
    return path


@pytest.mark.parametrize("block", RULES, ids=lambda block: block.split("\n")[-2].strip()[:40])
def test_the_examples_are_read_and_planned_as_they_stand(shown, block):
    plan = pipeline.assess(pipeline.load(written(shown, block))).plan
    clashes = "project: A01, fund: full" in block
    assert plan.status == ("infeasible" if clashes else "optimal")


def rows_of(place: Path, block: str) -> dict[str, list[str]]:
    """The rows that every family states for a block, by name of the family."""
    case = pipeline.load(written(place, block))
    statement = Statement(case, scoring.score(case))
    return {family.__name__: [row.name for row in family(statement)] for family in FAMILIES}


def test_the_examples_show_every_family_of_rules_and_guides_name_its_rows(shown):
    stated = [rows_of(shown, block) for block in RULES]
    for family in FAMILIES:
        names = set(chain.from_iterable(rows[family.__name__] for rows in stated))
        assert names, family.__name__
        for prefix in {name.partition("[")[0] for name in names}:
            assert all(re.search(rf"^\|.*`{prefix}`", guide, re.M) for guide in GUIDES.values()), prefix


def test_the_example_comes_out_as_the_guides_say(shown):
    evaluation = pipeline.assess(pipeline.load(shown / "example.yaml"))
    amounts = dict(zip(evaluation.case.register.ids, evaluation.plan.amount_mvnd.tolist(), strict=True))
    assert amounts == {"A01": 500_000, "A02": 200_000, "A03": 0, "A04": 500_000, "A05": 0, "A06": 0}


def test_the_soft_limit_comes_out_as_the_guides_say(shown):
    block = next(block for block in RULES if "penalty" in block)
    plan = pipeline.assess(pipeline.load(written(shown, block))).plan
    assert [use.short for use in plan.limits] == [100_000]


def test_the_clash_comes_out_as_the_guides_say(shown):
    block = next(block for block in RULES if "project: A01, fund: full" in block)
    evaluation = pipeline.assess(pipeline.load(written(shown, block)))
    (way_out,) = pipeline.refusal(evaluation, "en").relaxations
    assert "from 500.0 bn VND to 250.0 bn VND" in way_out


@pytest.mark.parametrize("name", sorted({*DOCS, "README.md"}))
def test_links_lead_somewhere(name):
    text, place = (README, ROOT) if name == "README.md" else (DOCS[name], ROOT / "docs")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (place / target).exists(), target


def test_every_page_is_pictured_in_both_languages():
    pictures = sorted((ROOT / "docs/pictures").rglob("*.png"))
    shown = re.findall(r"\]\((pictures/[^)]+)\)", DOCS["pages.md"])
    assert sorted(shown) == [path.relative_to(ROOT / "docs").as_posix() for path in pictures]
    assert {(path.parent.name, path.stem) for path in pictures} >= {
        (lang, page) for lang in locale.LANGS for page, _, _ in shell._PAGES
    }
    for path in pictures:  # width and height stand in a PNG's first block
        assert struct.unpack(">II", path.read_bytes()[16:24]) == (1280, 720), path
