"""``explain --weights``: the tree class by class, on whose word, and what is an assumption."""

import json
import re

import pytest

from prioritizer import cli, locale
from tests.build import CRITERIA, folder
from tests.weighed import SAID, WORDS, weighed


def run(capsys, *arguments: object) -> tuple[int, str]:
    status = cli.main([str(argument) for argument in arguments])
    return status, capsys.readouterr().out


def told(capsys, path) -> dict:
    status, out = run(capsys, "explain", path, "--weights", "--json")
    assert status == 0
    return json.loads(out)


def test_every_set_says_on_whose_word_it_weighs_and_for_whom(tmp_path, capsys):
    sources = told(capsys, weighed(tmp_path))["sources"]
    assert [(each["over"], each["class"], each["origin"], each["stated_outright"]) for each in sources] == [
        ("root", None, "elicited", False),
        ("root", "group2-push", "elicited_by_class", False),
        ("root", "group2-pull", "by_class", True),
        ("X", None, "elicited", False),
        ("Y", None, "equal", False),
        ("Y", "group1", "elicited_by_class", False),
    ]
    first, last = sources[0], sources[-1]
    assert (first["method"], first["by"]["en"], first["at"]) == ("swing", "Group", "2026-04-20")
    assert last["tightened"] == {"B3": [0.2, 0.5], "B4": [0.5, 0.8]}


def test_the_tree_has_every_node_for_every_class_apart(tmp_path, capsys):
    criteria = told(capsys, weighed(tmp_path))["criteria"]
    assert [(each["id"], each["parent"]) for each in criteria] == [
        *(("X", None), ("B1", "X"), ("B2", "X")),
        *(("Y", None), ("B3", "Y"), ("B4", "Y")),
    ]
    first = {each["class"]: each for each in criteria[1]["weights"]}
    assert list(first) == [None, "group1", "group2-push", "group2-pull"]
    assert first["group2-push"]["among_siblings_exact"] == "3/4"
    assert first["group2-push"]["in_value_exact"] == "3/16"


def test_the_rate_is_told_as_an_assumption(tmp_path, capsys):
    found = told(capsys, weighed(tmp_path))
    assert found["exchange_rate"] == {"group2-push": "4/5", "group2-pull": "3/2"}
    for lang in locale.LANGS:
        out = run(capsys, "explain", weighed(tmp_path), "--weights", "--lang", lang)[1]
        assert locale.say("weights.rate_is_assumed", lang) in out
    assert "100 points count as 80 points" in out
    plain = run(capsys, "explain", weighed(tmp_path, ""), "--weights", "--lang", "en")[1]
    assert locale.say("weights.no_rate", "en") in plain and "Other projects" not in plain


def test_weights_stated_outright_are_called_that(tmp_path, capsys):
    path = weighed(tmp_path, "weights: {X: 0.5, Y: 0.5}\n")
    for lang in locale.LANGS:
        out = run(capsys, "explain", path, "--weights", "--lang", lang)[1]
        assert locale.say("weights.origin.direct", lang) in out


JUDGED = "{B1: {B2: 5, B3: 1/5, B4: 1}, B2: {B3: 5, B4: 1}, B3: {B4: 1}}"


def test_contradicting_judgements_are_named_with_what_would_agree(tmp_path, capsys):
    words = f"elicitation: [{{over: root, {SAID}, pairwise: {JUDGED}}}]\n"
    path = weighed(tmp_path, words, re.sub(r", weight: 0\.\d+", "", CRITERIA))
    (source,) = told(capsys, path)["sources"]
    pairwise = source["pairwise"]
    assert pairwise["random_index"] == 0.89 and pairwise["consistency_ratio"] > 0.1
    assert not pairwise["acceptable"] and len(pairwise["mend"]) == 3
    assert all(each["consistency_ratio_then"] < pairwise["consistency_ratio"] for each in pairwise["mend"])
    for lang in locale.LANGS:
        out = run(capsys, "explain", path, "--weights", "--lang", lang)[1]
        assert out.count("B1") > 2 and "Saaty 2008" in out


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_text_and_the_json_say_the_same_sentences(tmp_path, capsys, lang):
    path = weighed(tmp_path, WORDS)
    out = run(capsys, "explain", path, "--weights", "--lang", lang)[1]
    content = json.loads(run(capsys, "explain", path, "--weights", "--json", "--lang", lang)[1])
    said = [*content["sentences"], *(line for each in content["sources"] for line in each["sentences"])]
    assert said and all(line in out for line in said)
    assert not re.search(r"\{\w+\}|None|weights\.", out)


def test_given_values_weigh_nothing(tmp_path, capsys):
    status, out = run(capsys, "explain", folder(tmp_path), "--weights", "--lang", "en")
    assert status == 0 and locale.say("weights.given", "en") in out
