"""Packs as they are made: a Data Package that an independent checker accepts, the same bytes every time."""

import csv
import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import frictionless
import pytest

from prioritizer import pipeline, verifier
from prioritizer.cli import main
from prioritizer.errors import Defect, InputFaults
from prioritizer.exports import pack_archive
from prioritizer.exports.pack import standing_papers
from prioritizer.exports.pack_descriptor import Part, descriptor
from prioritizer.exports.pack_names import part_name, path_of
from prioritizer.inputs import read_case
from prioritizer.inputs.enclosed import enclosed
from tests.build import HEAD, MINISTRIES, ROWS, SCENARIO, assessed, costed, folder, table
from tests.packing import failed, listed, packed, parts_of, sealed

SHIPPED = Path(pipeline.SCENARIOS)


@pytest.fixture(autouse=True)
def limit_of_readers():
    """The checker of packs sets the limit of every reader in the process, when it first reads a table."""
    most = csv.field_size_limit()
    yield
    csv.field_size_limit(most)


def made(scenario: Path, **exports: bytes) -> bytes:
    evaluation = pipeline.assess(pipeline.load(scenario))
    return pipeline.meeting_pack(evaluation, scenario, exports, "vi")


# ------------------------------------------------------------------ a Data Package


@pytest.mark.parametrize("files", [folder, assessed, costed])
def test_frictionless_accepts_a_pack(tmp_path, files):
    path = files(tmp_path)
    evaluation = pipeline.assess(pipeline.load(path))
    machine = pipeline.shortlist_csv(evaluation, "vi", "machine")
    excel = pipeline.shortlist_csv(evaluation, "vi", "excel")
    data = pipeline.meeting_pack(evaluation, path, {"a.csv": machine, "b.csv": excel, "c.xlsx": b"PK"}, "vi")
    (tmp_path / "pack.zip").write_bytes(data)
    report = frictionless.Package(str(tmp_path / "pack.zip")).validate()
    assert report.valid, report.flatten(["name", "type", "note"])
    kinds = {task.name: task.type for task in report.tasks}
    assert len(kinds) == len(parts_of(data)) - 1
    assert kinds["inputs-scenarios-register.csv"] == kinds["exports-a.csv"] == "table"
    assert kinds["exports-b.csv"] == kinds["plan.json"] == "file"


def test_frictionless_sees_what_was_altered(tmp_path):
    """That the list is understood as it is meant: the checker reads the digests too."""
    parts = parts_of(packed(folder(tmp_path)))
    (tmp_path / "pack.zip").write_bytes(sealed({**parts, "plan.json": parts["plan.json"] + b" "}))
    report = frictionless.Package(str(tmp_path / "pack.zip")).validate()
    assert not report.valid and {"hash-count", "byte-count"} <= {each[0] for each in report.flatten(["type"])}


def test_every_part_is_listed_with_its_digest(tmp_path):
    parts = parts_of(made(assessed(tmp_path)))
    resources = {each["path"]: each for each in listed(parts)["resources"]}
    assert resources.keys() == parts.keys() - {verifier.DESCRIPTOR}
    for name, each in resources.items():
        assert each["hash"] == f"sha256:{hashlib.sha256(parts[name]).hexdigest()}"
        assert each["bytes"] == len(parts[name])
    assert len({each["name"] for each in resources.values()}) == len(resources)


def test_a_pack_holds_what_was_decided_from_byte_for_byte(tmp_path):
    path = assessed(tmp_path)
    parts = parts_of(made(path))
    for name in ("tiny.yaml", "register.csv", "scores.csv", "bodies.yaml", "goods.yaml", "benefits.yaml"):
        assert parts[f"inputs/scenarios/{name}"] == (tmp_path / name).read_bytes()
    plan = json.loads(parts["plan.json"])
    assert plan == pipeline.plan_object(pipeline.assess(pipeline.load(path)))
    assert hashlib.sha256(parts["case.json"]).hexdigest() == plan["digests"]["case"]
    assert parts["verifier.py"] == Path(verifier.__file__).read_bytes()
    assert "verify.vi.md" in str(parts["README.md"]) and b"prioritizer" in parts["versions.json"]
    assert parts["docs/verify.vi.md"] == (SHIPPED.parent / "docs/verify.vi.md").read_bytes()


# ------------------------------------------------------------------ the same bytes


def test_the_same_inputs_give_the_same_bytes_in_another_process(tmp_path):
    path = assessed(tmp_path)
    code = (
        "import hashlib, sys; from tests.packing import packed; from pathlib import Path;"
        "print(hashlib.sha256(packed(Path(sys.argv[1]))).hexdigest())"
    )
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, cwd=SHIPPED.parent, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == hashlib.sha256(packed(path)).hexdigest()


def test_the_order_in_which_documents_are_handed_in_makes_no_difference(tmp_path):
    path = folder(tmp_path)
    one, other = {"a.csv": b"1", "b.csv": b"2"}, {"b.csv": b"2", "a.csv": b"1"}
    assert packed(path, one) == packed(path, other)


# ------------------------------------------------------------------ names and places


@pytest.mark.parametrize(
    "path", ["a.csv", "danh mục/đề xuất.csv", "a b", "nul", "con.csv", "x.", ".x", "~", "100%.csv", "a:b"]
)
def test_any_name_becomes_a_plain_one_and_comes_back(path):
    name = part_name(path)
    assert name.isascii() and verifier.is_part_name(name)
    assert path_of(name) == (None if ":" in path else path)


@pytest.mark.parametrize("name", ["%2E%2E/x", "%2E%2e/x", "a%2Fb", "%5C", "a%00", "%61", "%C3"])
def test_no_name_that_was_never_written_so_is_read(name):
    assert path_of(name) is None


def test_files_with_vietnamese_names_and_criteria_beside_go_along(tmp_path):
    home = tmp_path / "scenarios"
    scenario = SCENARIO.replace("register.csv", "bảng/danh mục.csv").replace(
        "bodies.yaml", "../criteria/bodies.yaml"
    )
    scenario = scenario.replace("goods.yaml", "goods")
    path = folder(home, tiny_yaml=scenario, register_csv=None, bodies_yaml=None, goods_yaml=None)
    (home / "bảng").mkdir()
    (home / "bảng/danh mục.csv").write_text(table(HEAD, ROWS), encoding="utf-8")
    (tmp_path / "criteria").mkdir()
    (tmp_path / "criteria/bodies.yaml").write_text(MINISTRIES, encoding="utf-8")
    goods = "schema: 1\nid: goods\ntechnologies: [{id: T1, name: T1, products: [{id: T1.1, name: G}]}]\n"
    (tmp_path / "criteria/goods.yaml").write_text(goods, encoding="utf-8")
    data = made(path)
    inputs = {name for name in parts_of(data) if name.startswith("inputs/")}
    assert inputs == {
        "inputs/criteria/bodies.yaml",
        "inputs/scenarios/b%E1%BA%A3ng/danh%20m%E1%BB%A5c.csv",
        "inputs/scenarios/criteria/goods.yaml",
        "inputs/scenarios/tiny.yaml",
    }
    assert pipeline.verify_again(data, "pack.zip").ok


def test_what_a_scenario_extends_goes_along(tmp_path):
    folder(tmp_path)
    above = tmp_path / "above.yaml"
    above.write_text("schema: 1\nid: above\nextends: tiny\ntitle: Trên\n", encoding="utf-8")
    data = made(above)
    assert {"inputs/scenarios/above.yaml", "inputs/scenarios/tiny.yaml"} <= parts_of(data).keys()
    assert pipeline.verify_again(data, "pack.zip").ok


def test_a_file_that_changed_meanwhile_is_not_packed(tmp_path):
    path = folder(tmp_path)
    case = pipeline.load(path)
    (tmp_path / "register.csv").write_text(table(HEAD, ROWS[:2]), encoding="utf-8")
    with pytest.raises(InputFaults) as found:
        enclosed(case, path)
    assert [(fault.code, fault.file) for fault in found.value.faults] == [
        ("changed_meanwhile", "register.csv")
    ]


def test_a_file_named_by_where_it_lies_on_this_machine_is_not_packed(tmp_path):
    path = assessed(tmp_path)
    own = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("criteria:"))
    there = tmp_path / "criteria" / "there.yaml"
    there.parent.mkdir(exist_ok=True)
    there.write_bytes((tmp_path / own.split(": ")[1]).read_bytes())
    path.write_text(path.read_text(encoding="utf-8").replace(own, f"criteria: {there}"), encoding="utf-8")
    with pytest.raises(InputFaults) as found:
        enclosed(pipeline.load(path), path)
    assert [(fault.code, fault.file) for fault in found.value.faults] == [("pack_odd_place", str(there))]


def test_a_draft_is_packed_as_it_was_tried(tmp_path):
    path = folder(tmp_path)
    tried = path.read_bytes().replace(b'"3"', b'"2"')
    evaluation = pipeline.assess(read_case(path, "networked", tried))
    data = pipeline.meeting_pack(evaluation, path, {}, "vi", tried)
    assert parts_of(data)["inputs/scenarios/tiny.yaml"] == tried
    assert pipeline.verify_again(data, "pack.zip").ok


def test_more_than_a_pack_may_hold_is_refused(monkeypatch):
    monkeypatch.setattr(pack_archive, "LARGEST_FILE", 10)
    monkeypatch.setattr(pack_archive, "LARGEST_PACK", 1_000)
    with pytest.raises(InputFaults) as found:
        pack_archive.archive(b"{}", {"big.csv": bytes(2_000)})
    assert {(fault.code, fault.file) for fault in found.value.faults} == {
        ("pack_part_too_large", "big.csv"),
        ("pack_too_large", None),
    }


# ------------------------------------------------------------------ tables in the list


def fields(content: str) -> object:
    about = {"schema": 1, "kind": "pack", "scenario": "x"}
    parts = [Part("a.csv", "export", content.encode())]
    (found,) = json.loads(descriptor(parts, about, "t", "en"))["resources"]
    return {each["name"]: each["type"] for each in found["schema"]["fields"]} if "schema" in found else None


def test_only_regular_tables_are_described_as_such():
    assert fields("id,ask_bn\nP1,1.5\nP2,\n") == {"id": "string", "ask_bn": "number"}
    assert fields("id,ask_bn\nP1,x\n") == {"id": "string", "ask_bn": "string"}
    for odd in ("", "id\nP1\n", "id,id\n1,2\n", "id,a\n1\n", "id,a\n,\n", "id, a\n1,2\n", 'id,"a\n'):
        assert fields(odd) is None


# ------------------------------------------------------------------ from the command line


def test_the_command_names_the_pack_by_scenario_and_digest(tmp_path, capsys):
    path = assessed(tmp_path / "in")
    assert main(["pack", str(path), "--to", str(tmp_path / "out"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (file,) = (tmp_path / "out").iterdir()
    assert told["files"] == [str(file)] and told["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert file.name == f"tiny-{told['sha256'][:12]}.zip"
    shortlist = parts_of(file.read_bytes())["exports/tiny-shortlist.csv"].decode()
    assert [row["id"] for row in csv.DictReader(io.StringIO(shortlist))] == ["P1", "P3", "P2"]
    assert main(["verify", str(file), "--scenario", str(path)]) == 0
    assert capsys.readouterr().out.count("đúng với tệp phương án") == 7


SECRET_HEAD = "id,name_vi,ministry,product,class,ask_bn,value,secrecy,note"
SECRET_ROWS = ("P1,Bí mật Alpha,A,,group1,1.5,80,mật,ghi chú Beta", "P2,Công khai Gamma,B,,group1,2,60,,")


def texts(data: bytes) -> str:
    """All text in a pack, also inside the documents, which are archives themselves."""
    found = []
    for name, content in parts_of(data).items():
        if name.endswith((".xlsx", ".docx")):
            found += [part.decode("utf-8", "replace") for part in parts_of(content).values()]
        found.append(content.decode("utf-8", "replace"))
    return "\n".join(found)


def test_a_redacted_pack_leaks_nothing_and_says_what_it_cannot_prove(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PRIORITIZER_MODE", "isolated")
    path = folder(tmp_path / "in", register_csv=table(SECRET_HEAD, SECRET_ROWS))
    to = tmp_path / "out"
    assert main(["pack", str(path), "--to", str(to), "--redact", "noi-bo"]) == 0
    assert "không dùng để chứng minh" in capsys.readouterr().out
    (file,) = to.iterdir()
    data = file.read_bytes()
    assert file.name == f"tiny-redacted-{hashlib.sha256(data).hexdigest()[:12]}.zip"
    said = texts(data)
    assert "Gamma" in said and "Alpha" not in said and "Beta" not in said
    assert listed(parts_of(data))["pack"]["redacted_above"] == "nội bộ"
    assert main(["verify", str(file)]) == 0
    assert "KHÔNG CHỨNG MINH ĐƯỢC" in capsys.readouterr().out
    assert frictionless.Package(str(file)).validate().valid
    whole = pipeline.meeting_pack(pipeline.assess(pipeline.load(path)), path, {}, "vi")
    assert "Alpha" in texts(whole)


def test_two_packs_with_all_documents_are_the_same(tmp_path):
    for at in "ab":
        assert main(["pack", str(SHIPPED / "high-bar.yaml"), "--to", str(tmp_path / at), "--lang", "en"]) == 0
    (one,), (other,) = ((tmp_path / at).iterdir() for at in "ab")
    assert one.name == other.name and one.read_bytes() == other.read_bytes()
    assert len(parts_of(one.read_bytes())) >= 20


def test_every_shipped_scenario_has_a_pack_that_verifies():
    for path in pipeline.scenario_paths():
        data = made(path)
        again = pipeline.verify_again(data, "pack.zip")
        assert again.ok, (path, failed(again))


def test_the_guide_says_the_same_in_both_languages():
    guide = standing_papers("pack")["README.md"].decode()
    assert guide.count("-I -S verifier.py") == 2 and guide.count("SHA-256") >= 4
    assert "KHÔNG" in standing_papers("exports")["README.md"].decode().upper()


def test_a_plan_of_other_choices_than_the_files_is_not_packed(tmp_path):
    """As after a what-if: the case is no longer the one that the files lead to."""
    path = folder(tmp_path)
    case = pipeline.load(path)
    fund = case.scenario.funds[0].model_copy(update={"amount_mvnd": 1_000})
    with pytest.raises(Defect):
        pipeline.meeting_pack(pipeline.assess(case.revised(funds=(fund,))), path, {}, "vi")
