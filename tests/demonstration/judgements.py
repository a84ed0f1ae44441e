"""What five assessors, named by role, judge of the projects: intervals, abstentions and silence included.

Everything follows from ``fit`` and digests of the ids, so that every machine makes the same judgements.
"""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from tests.demonstration.dossiers import STANDARDS
from tests.demonstration.project import Project

LEAVES = {
    0: ("growth", "competitiveness", "autonomy-security", "big-problem", "priority-sectors"),
    1: ("core-technology", "lead-enterprise", "people-infrastructure", "ip-standards"),
    2: ("target-market", "import-export", "spillover", "speed", "socioeconomic-return"),
}
FACTOR = {leaf: factor for factor, leaves in LEAVES.items() for leaf in leaves}


class Assessor(NamedTuple):
    """Which ministry an assessor is of, how strictly and on which leaves judgements are made."""

    ministry: str
    leaning: int
    leaves: tuple[str, ...]
    abstains_at_home: bool


ASSESSORS = {
    "TECH": Assessor("VAST", 0, ("competitiveness", *LEAVES[1], "speed", "spillover"), True),
    "FIN": Assessor("MOF", -1, ("growth", "competitiveness", *LEAVES[2]), False),
    "USER": Assessor(
        "MOIT", 1, ("competitiveness", "big-problem", "lead-enterprise", *LEAVES[2][:2], "speed"), True
    ),
    "SEC": Assessor(
        "MPS", 0, ("autonomy-security", "priority-sectors", "core-technology", "spillover"), True
    ),
    "SYN": Assessor("MOST", 0, (*LEAVES[0], *LEAVES[1][:3], *LEAVES[2]), False),
}
SAID = {
    "growth": "phần hạch toán và chỉ tiêu năng suất của hồ sơ",
    "competitiveness": "so sánh với đối thủ nêu trong hồ sơ",
    "autonomy-security": "mức phụ thuộc vào nguồn nhập khẩu nêu trong hồ sơ",
    "big-problem": "bài toán lớn và đơn vị sử dụng cuối của hồ sơ",
    "priority-sectors": "ngành, lĩnh vực của sản phẩm",
    "core-technology": "tỷ lệ làm chủ mà hồ sơ tự khai",
    "lead-enterprise": "vai trò của doanh nghiệp dẫn dắt trong hồ sơ",
    "people-infrastructure": "nhu cầu hạ tầng thử nghiệm và nhân lực của hồ sơ",
    "target-market": "thị trường và người mua đầu tiên của hồ sơ",
    "import-export": "phần thay thế nhập khẩu, xuất khẩu của hồ sơ",
    "spillover": "tác động đến lĩnh vực liên quan nêu trong hồ sơ",
    "speed": "tiến độ theo năm của hồ sơ",
    "socioeconomic-return": "hạch toán sơ bộ của hồ sơ",
}
STRENGTH = ("không nêu được", "còn chung chung", "có căn cứ một phần", "rõ và có căn cứ", "rõ, có số liệu")


class Judgement(NamedTuple):
    """One row of the table of assessments; ``score`` is a level, ``abstain``, or empty beside an interval."""

    project: str
    criterion: str
    assessor: str
    score: str
    low: str
    high: str
    evidence: str
    source: str


def _draw(*key: str) -> int:
    """A number from 0 to 99 that depends on the ids alone."""
    return int.from_bytes(sha256("/".join(key).encode()).digest()[:4], "big") % 100


def _level(project: Project, leaf: str, assessor: str) -> int:
    """The strength of the project on the leaf, moved by the leaf and by how the assessor leans."""
    turn = (_draw(project.id, leaf) >= 75) - (_draw(project.id, leaf) < 30)
    lean = ASSESSORS[assessor].leaning * (_draw(project.id, leaf, assessor) < 55)
    slip = (_draw(assessor, leaf, project.id) >= 88) - (_draw(assessor, leaf, project.id) < 12)
    return min(4, max(0, project.fit[FACTOR[leaf]] + turn + lean + slip))


def _standards(project: Project) -> Judgement:
    """The one leaf that a fact decides: how many national standards the technology has."""
    own, _ = STANDARDS[project.product[:3]]
    level = sum(own >= least for least in (1, 20, 50))
    said = f"Minh họa: người chấm dẫn Phụ lục 3 của báo cáo, nhóm công nghệ có {own} TCVN."
    source = f"report-2026-04 Appendix 3.{int(project.product[1:3])}"
    return Judgement(project.id, "ip-standards", "TECH", str(level), "", "", said, source)


def _judgement(project: Project, leaf: str, assessor: str) -> Judgement:
    level, mood = _level(project, leaf, assessor), _draw(leaf, assessor, project.id)
    low, high = max(0, level - 1), min(4, level + (mood % 2))
    said = f"Minh họa: {SAID[leaf]}: {STRENGTH[level]}."
    if mood < 18 and low < high:
        return Judgement(project.id, leaf, assessor, "", str(low), str(high), said, "")
    return Judgement(project.id, leaf, assessor, str(level), "", "", said, "")


def judgements(project: Project) -> list[Judgement]:
    """All that is judged of a project. Silence where the assessor did not come round to it."""
    rows = []
    for name, assessor in ASSESSORS.items():
        for leaf in assessor.leaves:
            if assessor.abstains_at_home and assessor.ministry == project.ministry:
                said = "Minh họa: không chấm dự án của cơ quan mình."
                rows.append(Judgement(project.id, leaf, name, "abstain", "", "", said, ""))
            elif leaf == "ip-standards":
                rows.append(_standards(project))
            elif _draw("silent", project.id, leaf, name) >= 6:
                rows.append(_judgement(project, leaf, name))
    return rows
