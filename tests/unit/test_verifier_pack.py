"""The verifier on packs: not a byte may differ, no part be missing, added or dangerous; and it runs alone."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer import pipeline, verifier
from prioritizer.exports.pack import pack_of_exports, standing_papers
from tests.build import SCENARIO, assessed, costed, folder, steady
from tests.packing import EXPORTS, failed, listed, packed, parts_of, relisted, sealed, told

DESCRIPTOR = verifier.DESCRIPTOR


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> bytes:
    """A small honest pack."""
    return packed(assessed(tmp_path_factory.mktemp("scenarios")))


# ------------------------------------------------------------------ honest packs


@pytest.mark.parametrize("made", [folder, assessed, costed])
def test_an_honest_pack_passes_and_says_what_only_a_signature_could(tmp_path, made):
    verdict = verifier.verify(packed(made(tmp_path)))
    assert verdict.ok and verdict.readable and verdict.kind == "pack" and verdict.has_plan
    assert {"stated_yaml", "stated_documents", "stated_verifier", "stated_maker"} <= set(verdict.stated)
    for lang, words in (("vi", "chữ ký"), ("en", "signature")):
        said = verifier.verdict_text(verdict, lang)
        assert words in said and "sha256" not in said.split("\n")[-1]


def test_the_canon_of_the_verifier_is_what_the_writer_makes(whole):
    """The writer uses ``zipfile``, the verifier its own words: the same bytes."""
    assert b"".join(piece for _, piece in verifier.frames(verifier.parts_of(whole))) == whole
    assert verifier.parts_of(whole) == parts_of(whole)


def test_a_pack_without_a_plan_is_honest_about_it(tmp_path):
    clash = SCENARIO + 'limits: [{id: floor, where: {ministry: A}, at_least: {amount_bn: "9"}}]\n'
    clash += "decisions: [{project: P1, fund: nothing}, {project: P3, fund: nothing}]\n"
    path = folder(tmp_path, tiny_yaml=clash.replace('"9"', '"1"'))
    verdict = verifier.verify(packed(path))
    assert verdict.ok and {c.name: c.state for c in verdict.clauses}["totals"] == verifier.NOT_CLAIMED


# ------------------------------------------------------------------ altered packs


def test_no_byte_can_be_flipped(tmp_path):
    """Every byte of a small pack, each by another of its bits than its neighbours."""
    data = bytearray(packed(folder(tmp_path)))
    passed = []
    for at in range(len(data)):
        data[at] ^= 1 << at % 8
        if verifier.verify(bytes(data)).ok:
            passed.append(at)
        data[at] ^= 1 << at % 8
    assert passed == [] and verifier.verify(bytes(data)).ok


@pytest.mark.parametrize("flip", [0x20, 0xFF])
def test_no_byte_outside_the_parts_can_be_flipped_any_way(whole, flip):
    """What the archive says of its parts, the list, and the seal with its hexadecimal letters."""
    parts, at = parts_of(whole), 0
    places = list[int]()
    for name, piece in verifier.frames(parts):
        if piece != parts.get(name) or name == DESCRIPTOR:
            places += range(at, at + len(piece))
        at += len(piece)
    data, passed = bytearray(whole), []
    for place in places[::3]:
        data[place] ^= flip
        if verifier.verify(bytes(data)).ok:
            passed.append(place)
        data[place] ^= flip
    assert passed == [] and len(places) > 5_000


@pytest.mark.parametrize("size", [0, 1, 4, 29, 30, 60, 1_000, -23, -1])
def test_a_pack_cut_off_fails(whole, size):
    assert not verifier.verify(whole[:size]).ok


def test_bytes_behind_before_and_between_fail(whole):
    for data in (whole + b"\0", b"\0" + whole, whole + whole, whole[:-1] + b"0" + whole[-1:]):
        assert not verifier.verify(data).ok


def test_what_is_in_the_archive_can_be_altered_by_nobody(whole):
    """Whoever only opens the archive and puts one part in the place of another."""
    for name, content in parts_of(whole).items():
        verdict = verifier.verify(sealed({**parts_of(whole), name: content + b" "}))
        if name == DESCRIPTOR:
            assert verdict.ok  # a blank behind the list says nothing else, and it was sealed anew
        else:
            assert ("part_altered", name) in told(verdict) and failed(verdict) == ["parts"]
            assert not verdict.has_plan


def test_a_part_missing_or_added_is_named(whole):
    parts = parts_of(whole)
    for name in parts:
        verdict = verifier.verify(
            sealed({each: parts[each] for each in parts if each != name} | {DESCRIPTOR: parts[DESCRIPTOR]})
        )
        assert name == DESCRIPTOR or ("part_missing", name) in told(verdict)
    more = verifier.verify(sealed({**parts, "exports/more.csv": b"x"}))
    assert told(more) == {("part_added", "exports/more.csv"), ("parts_disordered", None)}
    gone = {name: content for name, content in parts.items() if name != "plan.json"}
    assert ("part_missing", "plan.json") in told(verifier.verify(relisted(gone)))


def test_a_pack_packed_again_by_another_program_fails(whole):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in parts_of(whole).items():
            file.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 8, 0, 0)), content)
        file.comment = verifier.seal_of(parts_of(whole))
    verdict = verifier.verify(stream.getvalue())
    assert failed(verdict) == ["seal"] and ("part_frame", "plan.json") in told(verdict)


# ------------------------------------------------------------------ forgers who make the list fit


def forged(whole: bytes, name: str, change: Callable[[str], str]) -> verifier.Verdict:
    parts = parts_of(whole)
    content = change(parts[name].decode()).encode()
    assert content != parts[name]
    return verifier.verify(relisted({**parts, name: content}))


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("name", "change", "clause"),
    [
        ("inputs/scenarios/register.csv", replaced("P1,một,A,,group1,1.5", "P1,một,A,,group1,1.4"), "tables"),
        ("inputs/scenarios/register.csv", replaced("P1,một,A", "P1,một,B"), "tables"),
        ("inputs/scenarios/register.csv", replaced("P1,", "P9,"), "tables"),
        ("inputs/scenarios/scores.csv", replaced("P1,B1,x,50", "P1,B1,x,51"), "tables"),
        ("inputs/scenarios/scores.csv", replaced("10,90", "10,80"), "tables"),
        ("inputs/scenarios/scores.csv", replaced("P3,B4,x,100,,\n", ""), "tables"),
        ("inputs/scenarios/tiny.yaml", replaced('"3"', '"4"'), "inputs"),
        ("inputs/scenarios/benefits.yaml", replaced("0.31", "0.32"), "inputs"),
        ("case.json", replaced("P1", "P9"), "resolved"),
        ("plan.json", replaced('"total_mvnd": 3000', '"total_mvnd": 3001'), "totals"),
    ],
)
def test_a_list_that_fits_does_not_help(whole, name, change, clause):
    verdict = forged(whole, name, change)
    assert not verdict.ok and clause in failed(verdict) and "parts" not in failed(verdict)


@pytest.mark.parametrize(
    "change", [replaced("P1,2026,,1.5", "P1,2026,,1.4"), replaced("P2,2026,,1.2", "P2,2027,x,1.2")]
)
def test_costs_are_compared(tmp_path, change):
    verdict = forged(packed(costed(tmp_path)), "inputs/scenarios/costs.csv", change)
    assert "costs_of_project_differ" in {code for code, _ in told(verdict)}


def test_an_input_that_the_plan_does_not_know_is_named(whole):
    parts = {**parts_of(whole), "inputs/scenarios/other.yaml": b"id: other\n"}
    verdict = verifier.verify(relisted(parts, **{"inputs/scenarios/other.yaml": "scenario"}))
    assert ("input_not_read", "inputs/scenarios/other.yaml") in told(verdict)


def test_a_consistent_forgery_is_only_seen_by_reading_the_yaml_again(whole, tmp_path):
    """The plan of one scenario with the YAML of another: the digests in the plan are made to fit."""
    parts = parts_of(whole)
    own = "inputs/scenarios/tiny.yaml"
    scenario = parts[own].replace(b'"3"', b'"4"')
    plan = json.loads(parts["plan.json"])
    plan["inputs"][0]["sha256"] = hashlib.sha256(scenario).hexdigest()
    data = relisted({**parts, own: scenario, "plan.json": json.dumps(plan).encode()})
    assert verifier.verify(data).ok and "stated_yaml" in verifier.verify(data).stated
    again = pipeline.verify_again(data, "pack.zip")
    assert not again.ok and ("reread_differs", "scenario") in told(again)


def test_a_pack_that_is_read_again_no_longer_rests_on_the_word_of_its_yaml(whole):
    again = pipeline.verify_again(whole, "pack.zip")
    assert again.ok and again.clauses[-1].name == "reread" and "stated_yaml" not in again.stated


# ------------------------------------------------------------------ dangerous archives


def zipped(name: str, content: bytes = b"x", how: int = zipfile.ZIP_STORED, **marks: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as file:
        entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        entry.compress_type = how
        for mark, value in marks.items():
            setattr(entry, mark, value)
        file.writestr(entry, content)
    return stream.getvalue()


ODD_NAMES = (
    *("../x", "a/../../x", "/etc/x", "C:/x", "a\\..\\x", "a//b", "./x", "x.", "nul", "a/con.csv"),
    *("tên.csv", "a b", "a\nb", "a" * 900),
)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_that_climbs_or_is_odd_is_refused_by_name(name):
    verdict = verifier.verify(zipped(name))
    ((code, part),) = told(verdict)
    assert code == "part_name" and isinstance(part, str) and part.isprintable()
    assert not verdict.readable and failed(verdict) == ["archive"]


def test_a_bomb_is_refused_before_anything_swells():
    bomb = zipped("datapackage.json", bytes(50_000_000), zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    assert told(verifier.verify(bomb)) == {("part_compressed", "datapackage.json")}


def test_more_parts_than_any_pack_has_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for at in range(verifier.MOST_PARTS + 1):
            file.writestr(f"p{at:04d}", b"")
    assert told(verifier.verify(stream.getvalue())) == {("too_many_parts", f"p{verifier.MOST_PARTS:04d}")}


def test_a_name_that_stands_twice_whatever_its_capitals_is_refused():
    assert told(verifier.verify(zipped("a")[:32] + zipped("A"))) == {("part_twice", "A")}


def test_an_encrypted_part_is_refused():
    data = bytearray(zipped("secret.csv"))
    data[6] |= 1
    assert told(verifier.verify(bytes(data))) == {("part_encrypted", "secret.csv")}


def test_a_link_is_no_part_of_a_pack(whole):
    """The kind of a part stands in the directory alone; what it is there is compared byte for byte."""
    plain, link = (0o100644 << 16).to_bytes(4, "little"), (0o120777 << 16).to_bytes(4, "little")
    at = whole.rindex(plain)
    last = next(reversed(parts_of(whole)))
    assert ("part_frame", last) in told(verifier.verify(whole[:at] + link + whole[at + 4 :]))


def test_a_part_that_claims_more_than_there_is_is_cut_off():
    data = bytearray(zipped("a"))
    data[18:26] = (1_000).to_bytes(4, "little") * 2
    assert told(verifier.verify(bytes(data))) == {("part_cut_off", "a")}


def test_other_archives_are_no_packs():
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert {code for code, _ in told(verifier.verify(empty.getvalue()))} == {"not_a_pack"}
    stranger = verifier.verify(zipped("letter.docx"))
    assert ("part_missing", DESCRIPTOR) in told(stranger) and not stranger.readable


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"resources": 1}', b'{"resources": [], "pack": {}}'])
def test_a_list_of_another_shape_is_refused(whole, content):
    verdict = verifier.verify(sealed({**parts_of(whole), DESCRIPTOR: content}))
    assert "descriptor" in failed(verdict) and not verdict.readable


def test_a_list_that_names_a_part_twice_or_in_a_wrong_role_is_refused(whole):
    parts = parts_of(whole)
    content = listed(parts)
    content["resources"].append(content["resources"][0])
    twice = verifier.verify(sealed({**parts, DESCRIPTOR: json.dumps(content).encode()}))
    assert "part_listed_twice" in {code for code, _ in told(twice)}
    content = listed(parts)
    content["pack"]["kind"] = "exports"
    masked = verifier.verify(sealed({**parts, DESCRIPTOR: json.dumps(content).encode()}))
    assert ("part_unfit", "plan.json") in told(masked)


def test_a_flood_of_parts_in_the_list_is_refused_at_once(whole):
    parts = parts_of(whole)
    content = listed(parts)
    content["resources"] = content["resources"][:1] * 20_000
    verdict = verifier.verify(sealed({**parts, DESCRIPTOR: json.dumps(content).encode()}))
    assert told(verdict) == {("too_many_parts", DESCRIPTOR)}


@pytest.mark.parametrize(
    "member, other", [("scenario", "else"), ("status", "feasible"), ("illustrative", True)]
)
def test_what_the_list_says_of_the_plan_is_checked(whole, member, other):
    parts = parts_of(whole)
    content = listed(parts)
    assert content["pack"][member] != other
    content["pack"][member] = other
    verdict = verifier.verify(sealed({**parts, DESCRIPTOR: json.dumps(content).encode()}))
    assert told(verdict) == {("listed_otherwise", DESCRIPTOR)} and failed(verdict) == ["inputs"]


@given(st.binary(max_size=400), st.integers(0, 10**6), st.integers(0, 400))
@steady(300)
def test_whatever_the_bytes_are_the_answer_is_in_words(whole, noise, at, gone):
    """Noise laid anywhere over an honest pack, or behind the mark of an archive."""
    at %= len(whole)
    for data in (whole[:at] + noise + whole[at + gone :], verifier.LOCAL_MARK + noise, b"PK" + noise):
        verdict = verifier.verify(data)
        assert verdict.ok == (data == whole)
        assert verifier.verdict_text(verdict, "vi") and verifier.verdict_text(verdict, "en")


# ------------------------------------------------------------------ documents alone


def test_documents_alone_prove_no_plan_and_say_so(tmp_path):
    case = pipeline.load(assessed(tmp_path))
    data = pack_of_exports(case, EXPORTS, "mật", "vi")
    verdict = verifier.verify(data)
    assert verdict.ok and verdict.kind == "exports" and not verdict.has_plan
    assert "KHÔNG CHỨNG MINH" in verifier.verdict_text(verdict, "vi")
    assert "NO PLAN IS PROVEN" in verifier.verdict_text(verdict, "en")
    assert not [name for name in parts_of(data) if name.startswith(("inputs/", "plan", "case", "verifier"))]


# ------------------------------------------------------------------ alone


@pytest.mark.parametrize("document", ["verify.md", "verify.vi.md"])
def test_every_clause_on_packs_is_documented(document):
    text = (pipeline.SCENARIOS.parent / "docs" / document).read_text(encoding="utf-8")
    for name in (*(name for name, _ in (*verifier.OUTSIDE, *verifier.INSIDE)), "reread"):
        assert f"| `{name}` |" in text


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """A folder with a pack as it leaves, and beside it the verifier taken out of it."""
    place = tmp_path_factory.mktemp("alone")
    path = assessed(tmp_path_factory.mktemp("scenarios"))
    data = packed(path, papers=standing_papers("pack"))
    (place / "pack.zip").write_bytes(data)
    (place / "verifier.py").write_bytes(parts_of(data)["verifier.py"])
    return place


def run(place, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", "verifier.py", *arguments]
    return subprocess.run(command, cwd=place, capture_output=True, encoding="utf-8", check=False)


def test_the_verifier_in_a_pack_verifies_it_with_only_python(alone):
    done = run(alone, "pack.zip")
    assert done.returncode == 0 and "ĐẠT" in done.stdout and done.stderr == ""
    told_ = json.loads(run(alone, "pack.zip", "--json", "--lang", "en").stdout)
    assert told_["ok"] and told_["kind"] == "pack" and told_["clauses"][0]["clause"] == "archive"


def test_the_exit_status_tells_altered_from_no_pack(alone, tmp_path):
    shutil.copy(alone / "verifier.py", tmp_path)
    data = (alone / "pack.zip").read_bytes()
    (tmp_path / "altered.zip").write_bytes(data.replace(b"P1,B1,x,50", b"P1,B1,x,51"))
    (tmp_path / "bomb.zip").write_bytes(zipped("a", bytes(10_000), zipfile.ZIP_DEFLATED))
    altered = run(tmp_path, "altered.zip", "--lang", "en")
    assert altered.returncode == 1 and "inputs/scenarios/scores.csv" in altered.stdout
    assert run(tmp_path, "bomb.zip").returncode == 2


def test_the_same_statuses_come_from_the_command(alone, tmp_path, capsys):
    from prioritizer.cli import main

    assert main(["verify", str(alone / "pack.zip"), "--lang", "en"]) == 0
    assert "read again by the installed program" in capsys.readouterr().out
    data = (alone / "pack.zip").read_bytes()
    (tmp_path / "altered.zip").write_bytes(data[:-1] + b"z")
    assert main(["verify", str(tmp_path / "altered.zip"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False
    (tmp_path / "no.zip").write_bytes(b"PK")
    assert main(["verify", str(tmp_path / "no.zip")]) == 2
