"""An office program opens every paper and prints it: LibreOffice makes PDF of them without a word."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.papers import ROWS, case_file, evaluated, papers_of

LONG = "rất dài và không dừng lại " * 20
HOSTILE = (
    "P1,=một,=one,A,T1.1,group1,1.5,công khai,illustrative",
    f"P2,{LONG},two,B,T1.1,group1,2,nội bộ,stated",
    f"P3,{'KHÔNGDẤUCÁCH' * 30},three,A,T1.1,group1,1.001,,proposed",
    *ROWS[3:],
)


@pytest.fixture(scope="session")
def office() -> str:
    """An office program of this machine: skips with a clear line where there is none, fails where one is
    required."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        missing = "no LibreOffice on this machine: nothing else opens the papers as an office would"
        if os.environ.get("PRIORITIZER_REQUIRE_OFFICE") == "1":
            pytest.fail(missing)
        pytest.skip(missing)  # a user's machine need not have one to check the rest; check servers must
    return found


def printed(office: str, place: Path, names: list[str]) -> dict[str, bytes]:
    """The papers of a folder as PDF."""
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    done = subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(place / "pdf"), *names],
        cwd=place,
        capture_output=True,
        timeout=300,
        check=True,
    )
    assert b"Error" not in done.stdout + done.stderr
    return {name: (place / "pdf" / Path(name).with_suffix(".pdf").name).read_bytes() for name in names}


def test_every_paper_opens_and_prints(office, tmp_path):
    evaluation = evaluated(case_file(tmp_path / "case", rows=HOSTILE))
    other = evaluated(case_file(tmp_path / "other", ""))
    papers = papers_of(evaluation, "vi", other)
    names = [f"{at}{Path(name).suffix}" for at, name in enumerate(papers)]
    for name, content in zip(names, papers.values(), strict=True):
        (tmp_path / name).write_bytes(content)
    found = printed(office, tmp_path, names)
    assert len(found) == 4
    for name, pdf in found.items():
        assert pdf.startswith(b"%PDF-")
        pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
        assert pages >= (11 if name.endswith(".xlsx") else 2), name
