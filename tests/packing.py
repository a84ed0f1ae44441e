"""Meeting packs for tests: small honest ones, and what a forger with the tools at hand makes of them."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prioritizer import pipeline, verifier
from prioritizer.exports.pack import pack
from prioritizer.exports.pack_archive import archive
from prioritizer.inputs.enclosed import enclosed

# In place of the long ones, so that every byte can be tried.
PAPERS = {"verifier.py": b"print()\n", "README.md": b"read\n", "versions.json": b"{}\n"}
EXPORTS = {"tiny-shortlist.csv": b"rank,id\r\n1,P1\r\n"}


def packed(
    scenario: Path, exports: Mapping[str, bytes] = EXPORTS, papers: Mapping[str, bytes] = PAPERS
) -> bytes:
    """The pack of a scenario file."""
    evaluation = pipeline.assess(pipeline.load(scenario))
    inputs = enclosed(evaluation.case, scenario)
    return pack(evaluation.case, pipeline.plan_object(evaluation), inputs, exports, "vi", papers)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts, as any program that reads archives finds them."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def listed(parts: Mapping[str, bytes]) -> dict[str, Any]:
    return json.loads(parts[verifier.DESCRIPTOR])


def sealed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of the parts with a seal of its own, whatever the list says."""
    others = {name: content for name, content in parts.items() if name != verifier.DESCRIPTOR}
    return archive(parts[verifier.DESCRIPTOR], others)


def relisted(parts: Mapping[str, bytes], **roles: str) -> bytes:
    """An archive whose list has been made to fit the parts; ``roles`` of new ones by name."""
    content = listed(parts)
    known = {each["path"]: each for each in content["resources"]}
    content["resources"] = [
        {
            **known.get(name, {"name": name, "path": name, "role": roles.get(name, "export")}),
            "bytes": len(part),
            "hash": f"sha256:{hashlib.sha256(part).hexdigest()}",
        }
        for name, part in sorted(parts.items())
        if name != verifier.DESCRIPTOR
    ]
    return sealed({**parts, verifier.DESCRIPTOR: json.dumps(content).encode()})


def failed(verdict: verifier.Verdict) -> list[str]:
    return [clause.name for clause in verdict.clauses if clause.state == verifier.FAILS]


def told(verdict: verifier.Verdict) -> set[tuple[str, object]]:
    """The faults with the parts they name."""
    return {(each.code, each.params.get("part")) for clause in verdict.clauses for each in clause.faults}
