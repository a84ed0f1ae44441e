"""A pack opened for reading, and turned back into a scenario that is edited like any other."""

import hashlib
import json
from pathlib import Path

import pytest

from prioritizer import pipeline
from prioritizer.errors import InputFaults
from prioritizer.exports.pack import pack_of_exports
from prioritizer.exports.pack_opening import opened
from prioritizer.store.disk import Disk
from prioritizer.store.unpacking import unpack
from tests.build import ASSESSED, CRITERIA, amounts, assessed, costed, folder
from tests.packing import EXPORTS, packed, parts_of, relisted, sealed


def put(place: Path, data: bytes) -> Path:
    place.write_bytes(data)
    return place


@pytest.fixture
def pack(tmp_path) -> Path:
    return put(tmp_path / "pack.zip", packed(assessed(tmp_path / "home")))


@pytest.fixture
def scenarios(tmp_path) -> Path:
    """A folder of scenarios that has one of the same id already."""
    return folder(tmp_path / "scenarios").parent


def codes(found: object) -> list[tuple[str, str | None]]:
    assert isinstance(found, pipeline.Refused)
    return [(fault.code, fault.file) for fault in found.faults]


def everything(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}


# ------------------------------------------------------------------ opened for reading


@pytest.mark.parametrize("files", [folder, assessed, costed])
def test_an_opened_pack_comes_to_the_plan_that_is_in_it(tmp_path, files):
    home = files(tmp_path / "home")
    opened = pipeline.open_pack(put(tmp_path / "pack.zip", packed(home)))
    evaluation = pipeline.assess(opened.case)
    assert amounts(evaluation) == {each["id"]: each["amount_mvnd"] for each in opened.plan["projects"]}
    assert opened.exports == EXPORTS and opened.verdict.ok
    assert opened.inputs[0].path == "scenarios/tiny.yaml"
    assert pipeline.plan_object(evaluation) == pipeline.plan_object(pipeline.assess(pipeline.load(home)))


def refused(path: Path) -> list[tuple[str, object]]:
    with pytest.raises(InputFaults) as found:
        pipeline.open_pack(path)
    assert all(fault.file == path.name for fault in found.value.faults)
    return [(fault.code, fault.params.get("part")) for fault in found.value.faults]


def test_what_does_not_verify_is_not_opened_and_the_part_is_named(tmp_path, pack):
    data = pack.read_bytes()
    altered = put(tmp_path / "altered.zip", data.replace(b"P1,B1,x,50", b"P1,B1,x,51"))
    assert ("pack_fails", "inputs/scenarios/scores.csv") in refused(altered)
    parts = {**parts_of(data), "more.csv": b""}
    assert ("pack_fails", "more.csv") in refused(put(tmp_path / "more.zip", sealed(parts)))
    assert refused(put(tmp_path / "plan.json", parts["plan.json"])) == [("not_a_pack", None)]
    assert refused(tmp_path / "nowhere.zip") == [("file_missing", None)]


def test_a_pack_whose_files_lead_to_another_case_is_not_opened(tmp_path, pack):
    parts = parts_of(pack.read_bytes())
    own = "inputs/scenarios/tiny.yaml"
    scenario = parts[own].replace(b'"3"', b'"4"')
    plan = json.loads(parts["plan.json"])
    plan["inputs"][0]["sha256"] = hashlib.sha256(scenario).hexdigest()
    data = relisted({**parts, own: scenario, "plan.json": json.dumps(plan).encode()})
    assert ("pack_inputs_differ", "scenario") in refused(put(tmp_path / "forged.zip", data))


def test_an_input_whose_decoded_name_climbs_is_never_written(tmp_path, pack):
    parts = parts_of(pack.read_bytes())
    listed = json.loads(parts["datapackage.json"])
    for each in listed["resources"]:
        if each["path"] == "inputs/scenarios/tiny.yaml":
            each["path"] = "inputs/%2E%2E/%2E%2E/tiny.yaml"
    listed["resources"].sort(key=lambda each: each["path"])
    parts["inputs/%2E%2E/%2E%2E/tiny.yaml"] = parts.pop("inputs/scenarios/tiny.yaml")
    data = sealed({**parts, "datapackage.json": json.dumps(listed).encode()})
    assert pipeline.verify(data).ok
    assert refused(put(tmp_path / "climb.zip", data)) == [("pack_fails", "inputs/%2E%2E/%2E%2E/tiny.yaml")]
    assert not pipeline.verify_again(data, "climb.zip").ok


@pytest.mark.parametrize("name", ["exports/%2E%2E/up.csv", "inputs/other.csv"])
def test_a_document_whose_name_stands_for_no_path_in_its_folder_is_refused(pack, name):
    content = relisted({**parts_of(pack.read_bytes()), name: b"x"}, **{name: "export"})
    with pytest.raises(InputFaults) as refused:
        opened(content, "pack.zip", "isolated")
    assert [each.params["part"] for each in refused.value.faults] == [name]


def test_documents_alone_cannot_be_opened(tmp_path):
    case = pipeline.load(assessed(tmp_path / "home"))
    path = put(tmp_path / "papers.zip", pack_of_exports(case, EXPORTS, "mật", "vi"))
    assert refused(path) == [("pack_without_inputs", None)]


def test_a_pack_of_state_secrets_is_not_read_on_a_network(tmp_path, monkeypatch):
    head = "id,name_vi,ministry,product,class,ask_bn,value,secrecy"
    rows = "P1,một,A,,group1,1.5,80,mật\n"
    home = folder(tmp_path / "home", register_csv=f"{head}\n{rows}")
    monkeypatch.setenv("PRIORITIZER_MODE", "isolated")
    path = put(tmp_path / "pack.zip", packed(home))
    assert pipeline.open_pack(path).case.register.ids == ("P1",)
    monkeypatch.setenv("PRIORITIZER_MODE", "networked")
    with pytest.raises(InputFaults) as found:
        pipeline.open_pack(path)
    assert [fault.code for fault in found.value.faults] == ["state_secret_on_network"]
    assert not pipeline.verify_again(path.read_bytes(), "pack.zip").ok


# ------------------------------------------------------------------ turned back into a scenario


@pytest.mark.parametrize("files", [folder, assessed, costed])
def test_a_pack_becomes_a_scenario_that_comes_to_the_same_plan(tmp_path, scenarios, files):
    home = files(tmp_path / "home")
    path = put(tmp_path / "pack.zip", packed(home))
    before = everything(scenarios)
    saved = pipeline.unpack_into(path, scenarios, "minutes")
    assert isinstance(saved, pipeline.Saved) and saved.path == scenarios / "minutes.yaml"
    assert before.items() <= everything(scenarios).items()
    register = home.with_name("register.csv").read_bytes()
    assert (scenarios / "registers/minutes/register.csv").read_bytes() == register
    one, other = (pipeline.assess(pipeline.load(each)) for each in (saved.path, home))
    assert amounts(one) == amounts(other)
    assert (
        one.case.scenario.id == "minutes" and one.case.scenario.register_ == "registers/minutes/register.csv"
    )


def test_its_words_and_comments_stay(tmp_path, scenarios):
    home = assessed(tmp_path / "home", tiny_yaml=ASSESSED + "# as agreed in April\nties: order\n")
    path = put(tmp_path / "pack.zip", packed(home))
    saved = pipeline.unpack_into(path, scenarios, "april")
    text = (scenarios / "april.yaml").read_text(encoding="utf-8")
    assert isinstance(saved, pipeline.Saved) and "# as agreed in April\nties: order\n" in text


def test_lists_that_the_folder_has_are_not_copied_and_others_are(tmp_path, scenarios):
    home = assessed(tmp_path / "home", benefits_yaml=CRITERIA.replace("title: Benefits", "title: Others"))
    pipeline.unpack_into(put(tmp_path / "pack.zip", packed(home)), scenarios, "other")
    scenario = pipeline.load(scenarios / "other.yaml").scenario
    assert (scenario.criteria, scenario.ministries) == ("registers/other/benefits.yaml", "bodies.yaml")


def test_what_it_extended_is_laid_into_it(tmp_path, scenarios):
    home = assessed(tmp_path / "home").parent
    above = put(
        home / "above.yaml",
        'schema: 1\nid: above\nextends: tiny\ntitle: Trên\nfunds: {fund: {amount_bn: "2"}}\n'.encode(),
    )
    path = put(tmp_path / "pack.zip", packed(above))
    saved = pipeline.unpack_into(path, scenarios, "alone")
    assert isinstance(saved, pipeline.Saved)
    case = pipeline.load(saved.path)
    assert case.scenario.extends is None and case.envelope_mvnd == 2_000
    assert amounts(pipeline.assess(case)) == amounts(pipeline.assess(pipeline.load(above)))


@pytest.mark.parametrize("name", ["tiny", "TINY", "Tiny"])
def test_an_id_that_is_taken_is_refused(pack, scenarios, name):
    before = everything(scenarios)
    assert codes(pipeline.unpack_into(pack, scenarios, name)) == [("scenario_id_taken", f"{name}.yaml")]
    assert before.items() == {k: v for k, v in everything(scenarios).items() if ".versions" not in k}.items()


@pytest.mark.parametrize("name", ["../out", "nul", "a b", "", ".x", "x/y"])
def test_an_id_that_is_none_is_refused(pack, scenarios, name):
    ((code, _),) = codes(pipeline.unpack_into(pack, scenarios, name))
    assert code == "unsafe_name"


def test_another_table_in_its_place_is_not_overwritten(pack, scenarios):
    mine = scenarios / "registers/april/register.csv"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    found = codes(pipeline.unpack_into(pack, scenarios, "april"))
    assert found == [("table_in_the_way", "registers/april/register.csv")]
    assert mine.read_bytes() == b"mine" and not (scenarios / "april.yaml").exists()
    assert not (mine.parent / "scores.csv").exists()


class Full(Disk):
    """A disk that is full from the n-th file on."""

    def __init__(self, files: int) -> None:
        self.left = files

    def create(self, path: Path):
        self.left -= 1
        if self.left < 0:
            raise OSError(28, "No space left on device")
        return super().create(path)


def test_nothing_is_left_behind_where_the_disk_is_full(pack, scenarios):
    opened = pipeline.open_pack(pack)
    names = {"criteria": "benefits.yaml", "ministries": "bodies.yaml", "products": "goods.yaml"}
    before, files = everything(scenarios), 0
    while isinstance(unpack(opened.inputs, names, scenarios, "april", Full(files)), pipeline.Refused):
        kept = {k: v for k, v in everything(scenarios).items() if not k.startswith(".versions")}
        assert kept == before and not (scenarios / "registers/april").exists()
        files += 1
    assert files >= 3 and pipeline.load(scenarios / "april.yaml").scenario.id == "april"
