"""Small edits to scenario files: what is said is what was meant, and all that was not meant stays.

No edit here is written anew as a whole: that last resort, which loses comments, is made to fail.
"""

import copy
import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.store import editing
from prioritizer.store.editing import edited, said, said_instead
from prioritizer.store.trees import ABSENT, THINGS, at, changed, keyed
from tests.build import steady

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
# The manner of people: other indents, both marks, CRLF, comments and blank lines in odd places.
ODD = """# head

schema: 1   # the version
id: odd
title: 'It''s one text'
register : register.csv
fields: [ one,two ,three ]   # three
funds:   # all of them
- id: first    # dash at the margin
  year: 2026
  # how much
  amount_bn: "10"
  pays: [ recurrent,
          investment ]

- {id: second, year: 2027, amount_bn: 5}   # in braces
# before the weights
weights: { a: 1/3,b: 1/3 , c: 1/3 }
objective:
    # four spaces
    basis: funding
    hurdle: 0   # none

description: |-
    a folded
    text
# about eligibility
eligibility:
    unassessed:
        low
limits:
    # the first
    -   id: top
        where: {}
        at_most: {count: 3}
    # about the second

    # the second
    -
        id: second-limit
        where:
            ministry:
            - A
            - B
        at_least: {amount_bn: "1"}
        why: |
            kept
              as it stands
tie_order: [P1, P2]
# the end"""
TEXTS = {stem: (SCENARIOS / f"{stem}.yaml").read_bytes() for stem in ("baseline", "high-bar")}
TEXTS |= {"odd": ODD.encode(), "odd-crlf": b"\xef\xbb\xbf" + ODD.replace("\n", "\r\n").encode()}

texts = st.text("ab Z0'\"#:,{}[]-!&*\\\n\tấđ€😀\u2028", max_size=12)
values = st.one_of(
    texts,
    st.sampled_from(["true", "null", "1/3", "0.25", "2026-04-20", "NO", "~", "- x", "a: b"]),
    st.none(),
    st.booleans(),
    st.lists(texts, max_size=3),
    st.dictionaries(texts.filter(bool), texts, max_size=3),
)


@pytest.fixture(autouse=True, scope="module")
def _never_written_anew():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(editing, "document", lambda tree: "")
        yield


def places(tree, above=()):
    for key, value in tree.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from places(value, (*above, key))


def comments(content):
    return [line.strip() for line in content.decode().splitlines() if line.lstrip().startswith("#")]


def lines_changed(before, after):
    pairs = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    return [line for line in pairs if line.startswith("+ ")]


@pytest.mark.parametrize("name", TEXTS)
@steady(10)
@given(data=st.data())
def test_what_is_said_is_what_was_meant_and_comments_stay(name, data):
    content = TEXTS[name]
    now = keyed(said(content, "x.yaml"))
    wanted = copy.deepcopy(now)
    for _ in range(data.draw(st.integers(1, 3))):
        found = [place for place in places(wanted) if place[0] not in THINGS or len(place) > 2]
        place = data.draw(st.sampled_from(found))
        wanted = changed(wanted, {place: data.draw(values)})
    result = said_instead(content, "x.yaml", _listed(wanted))
    assert keyed(said(result, "x.yaml")) == wanted
    assert result.startswith(b"\xef\xbb\xbf") == content.startswith(b"\xef\xbb\xbf")
    assert (b"\r\n" in result) == (b"\r\n" in content)


def _listed(tree):
    return {
        key: list(value.values()) if key in THINGS and isinstance(value, dict) else value
        for key, value in tree.items()
    }


@pytest.mark.parametrize("name", TEXTS)
@steady(10)
@given(data=st.data())
def test_a_changed_text_changes_its_line_alone_and_back_again(name, data):
    content = TEXTS[name]
    now = keyed(said(content, "x.yaml"))
    names = ("id", "over", "class", "project", "requires", "description", "unassessed")
    leaves = [p for p in places(now) if isinstance(at(now, p), str) and p[-1] not in names]
    place = data.draw(st.sampled_from([p for p in leaves if "\n" not in at(now, p)]))
    new = data.draw(st.sampled_from(["other", "0.125", "Chữ khác"]))
    result = said_instead(content, "x.yaml", _listed(changed(now, {place: new})))
    assert len(lines_changed(content, result)) == 1
    assert comments(result) == comments(content)
    back = said_instead(result, "x.yaml", _listed(now))
    assert said(back, "x.yaml") == said(content, "x.yaml")
    assert len(lines_changed(content, back)) <= 1


@pytest.mark.parametrize("name", TEXTS)
@steady(10)
@given(data=st.data())
def test_things_come_and_go_with_their_own_lines(name, data):
    content = TEXTS[name]
    now = keyed(said(content, "x.yaml"))
    kind = data.draw(st.sampled_from([key for key in THINGS if isinstance(now.get(key), dict)] or ["limits"]))
    thing = {"id": "new-one", "where": {"ministry": ["A", "B"]}, "why": {"vi": "Vì sao", "en": "Why: so"}}
    more = said_instead(content, "x.yaml", _listed(changed(now, {(kind, "new-one"): thing})))
    assert set(content.decode().splitlines()) <= set(more.decode().splitlines())
    assert comments(more) == comments(content)
    less = said_instead(more, "x.yaml", said(content, "x.yaml"))
    assert less.rstrip() == content.rstrip()


@steady(10)
@given(data=st.data())
def test_what_extends_says_what_is_needed_and_no_more(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("extending")
    for stem in TEXTS.keys() & {"baseline", "high-bar"}:
        (folder / f"{stem}.yaml").write_bytes(TEXTS[stem])
    path = folder / "high-bar.yaml"
    content = path.read_bytes()
    now = editing.resolved(content, path)
    changes = {}
    for place in data.draw(st.lists(st.sampled_from(_edits(now)), min_size=1, max_size=4, unique=True)):
        news = [ABSENT, {"x": "1"}, {"vi": "a", "en": "b"}]
        if not any(place[: len(other)] == other or other[: len(place)] == place for other in changes):
            changes[place] = data.draw(st.sampled_from(news if len(place) < 3 else [*news, "new"]))
    result = edited(content, path, changes)
    assert editing.resolved(result, path) == changed(now, changes)
    assert edited(result, path, changes) == result
    back = {place: at(now, place) for place in changes}
    assert editing.resolved(edited(result, path, back), path) == now


def _edits(tree):
    firm = ("schema", "id", "extends", "title", "register")
    whole = (*firm, *THINGS)
    return [
        p for p in places(tree) if p[0] not in firm and p[-1] != "id" and (len(p) > 1 or p[0] not in whole)
    ]
