"""What the papers to take away say, held word for word: see test_golden.py for how to renew."""

import io

import pytest
from docx import Document
from docx.table import Table

from prioritizer import locale
from tests.golden.test_golden import held
from tests.papers import case_file, evaluated, papers_of, sheets


def document_lines(content: bytes) -> list[str]:
    """A document's paragraphs and rows in their order."""
    lines = []
    for part in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(part, Table):
            lines += [
                " | ".join(" / ".join(cell.text.split("\n")) for cell in row.cells) for row in part.rows
            ]
        elif part.text.strip():
            lines.append(part.text)
    return lines


def workbook_lines(content: bytes) -> list[str]:
    """A workbook's sheets, row by row as far as there is something in them; the digests are of files that
    differ with every word of the test."""
    lines = []
    for name, sheet in sheets(content).items():
        lines += ["", f"[{name}]"]
        for row in sheet.iter_rows(values_only=True):
            said = [str(cell) for cell in row if cell is not None]
            if said and "SHA-256" not in said[-1]:
                lines.append(" | ".join(said))
    return lines


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize("redact", [None, "nội bộ"], ids=["whole", "redacted"])
def test_the_papers(tmp_path, lang, redact):
    evaluation = evaluated(case_file(tmp_path / "case"))
    other = evaluated(case_file(tmp_path / "other", "reserves: [{id: kept, amount_bn: 1}]\n"))
    lines = []
    for name, content in papers_of(evaluation, lang, other, redact).items():
        said = workbook_lines(content) if name.endswith(".xlsx") else document_lines(content)
        lines += [f"===== {name}", *(line for line in said if "SHA-256" not in line), ""]
    held(f"papers-{'whole' if redact is None else 'redacted'}.{lang}.txt", "\n".join(lines))
