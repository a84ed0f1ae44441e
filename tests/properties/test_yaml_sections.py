"""A text parsed section by section is what it is parsed whole: values, lines and faults."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs import yamltree
from prioritizer.inputs.yamlsections import MOST, entries, sections
from tests.build import steady

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted([*ROOT.glob("scenarios/*.yaml"), *ROOT.glob("criteria/*.yaml")])
# Sound entries, and lines that open, close or break something for what stands around them.
ENTRIES = (
    "a: 1\n",
    "b: {x: 1, y: [2, 3]}\n",
    "c:\n  d: e\n  f: g\n",
    "list:\n- id: x\n- id: y\n",
    "l:\n  - x\n  # y\n",
    "text: |\n  one\n\n  two\n\n",
    "fold: >-\n  one\n  two\n",
    "keep: |+\n  one\n\n\n",
    "none:\n",
    "a-b: 'x'\n",
    'q: "x\n  y"\n',
    "many: one\n  two\n",
    "e: |2\n    x\n",
    "s: # said\n  - 1\n",
    "crlf: 1\r\n",
    "n: null\n",
)
LINES = (
    "# note\n",
    "\n",
    "  # note\n",
    'open: "x\n',
    'y"\n',
    "f: {x: 1,\n",
    "g: 2}\n",
    "}\n",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "? k\n",
    ": v\n",
    "? \n",
    "bare\n",
    "- item\n",
    "  x: 1\n",
    "\tx: 1\n",
    "a: 2\n",
    "r: *x\n",
    "x: &x 1\n",
    "t: !t 1\n",
    '"quoted": 1\n',
    "d : 1\n",
    "z:1\n",
    "it: 'x\n",
    "o: [\n",
    "]\n",
    "p: |\n",
    "v: >\n",
    "w: x\u2028 y\n",
    "u: \x85\n",
    "ctrl: \u200b\n",
    "cr: 1\rx: 2\n",
    "m: x: y\n",
    "k: @\n",
    "  - id: a\n",
    "h: ]\n",
)


def read(text, cut):
    """Everything that reading says: the tree with its lines, or why there is none, and the faults."""
    faults: list[Fault] = []
    try:
        node = yamltree._of_sections(text, "file") if cut else None
        return node or yamltree._whole(text, "file", faults), faults
    except InputFaults as found:
        return found.faults, faults


@steady(1500)
@given(st.lists(st.sampled_from(ENTRIES + LINES), min_size=1, max_size=9), st.booleans())
def test_wild_texts_read_alike(lines, ended):
    text = "".join(lines) if ended else "".join(lines).rstrip("\n")
    assert read(text, cut=True) == read(text, cut=False)


@steady(600)
@given(st.permutations(ENTRIES), st.integers(2, len(ENTRIES)), st.sets(st.integers(0, 12)))
def test_sound_texts_read_alike_and_are_cut(entries, count, notes):
    parts = [f"# note\n{part}" if at in notes else part for at, part in enumerate(entries[:count])]
    text = "".join(parts)
    assert len(sections(text)) == count
    assert "".join(part for _, part in sections(text)) == text
    assert read(text, cut=True) == read(text, cut=False)
    assert yamltree._of_sections(text, "file") is not None


@steady(300)
@given(st.sampled_from(SHIPPED), st.data())
def test_shipped_files_with_pieces_cut_out_and_put_elsewhere_read_alike(path, data):
    text = path.read_text(encoding="utf-8")
    one, other, at = (data.draw(st.integers(0, len(text))) for _ in range(3))
    piece, left = (
        text[min(one, other) : max(one, other)][:300],
        text[: min(one, other)] + text[max(one, other) :],
    )
    spoilt = left[:at] + data.draw(st.sampled_from(("", piece))) + left[at:]
    assert read(spoilt, cut=True) == read(spoilt, cut=False)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_files_are_cut(path):
    text = path.read_text(encoding="utf-8")
    node = yamltree._of_sections(text, path.name)
    assert node is not None
    assert node == yamltree._whole(text, path.name, [])


KEYS, WORDS = st.from_regex(r"\A[a-c_][a-b0-9_-]{0,2}\Z"), st.from_regex(r"\A[a-z0-9_./-]{1,4}\Z")
SAID = st.one_of(
    WORDS, WORDS.map('"{}"'.format), st.sampled_from(("null", "true", '"null"', "1e3", "0x1", "~"))
)


@steady(1000)
@given(
    KEYS, st.lists(st.tuples(st.sampled_from(("  ", "  ", "  ", " ")), KEYS, SAID), min_size=1, max_size=5)
)
def test_short_entries_read_as_a_parser_reads_them(head, lines):
    text = f"{head}:\n" + "".join(f"{column}{key}: {said}\n" for column, key, said in lines)
    faults: list[Fault] = []
    if entries(text) is not None:
        assert yamltree._section(text, faults) == yamltree._whole(text, "", faults)
        assert not faults


def test_weights_as_files_have_them_are_short_entries():
    assert entries('weights:\n  a: 0.4\n  b-2: 1/3\n  c: "0.5"\n') == {
        "a": ("0.4", False),
        "b-2": ("1/3", False),
        "c": ("0.5", True),
    }
    for other in (
        "w:\n",
        "w: 1\n",
        "w:\n  a: 1 # why\n",
        "w:\n  a: 1\n  a: 2\n",
        "w:\n  a: 1\x0c  b: 2\n",
        "w:\n  a: 1\n   b: 2\n",
    ):
        assert entries(other) is None


def test_a_file_of_very_many_entries_is_parsed_whole():
    assert sections("".join(f"k{at}: 1\n" for at in range(MOST)))
    assert not sections("".join(f"k{at}: 1\n" for at in range(MOST + 1)))
