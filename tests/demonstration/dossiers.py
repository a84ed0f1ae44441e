"""A project's dossier in illustrative sentences; only what names its source is a fact."""

from __future__ import annotations

from prioritizer.inputs.columns import DOSSIER
from tests.demonstration.products import PRODUCTS
from tests.demonstration.project import Project

# National and other standards of each technology: report-2026-04, Appendix 3.
STANDARDS = {
    "T01": (8, 84),
    "T02": (30, 107),
    "T03": (19, 138),
    "T04": (15, 91),
    "T05": (21, 60),
    "T06": (52, 49),
    "T07": (36, 42),
    "T08": (145, 571),
    "T09": (61, 57),
    "T10": (16, 78),
    "T11": (0, 182),
}
MARKETS = {
    "group1": "thị trường trong nước đã có; người mua đầu tiên dự kiến là {user}",
    "group2-pull": "Nhà nước đặt hàng theo nhu cầu; nơi tiếp nhận đầu tiên là {user}",
    "group2-push": "chưa có thị trường; {user} dự kiến dùng thử trong giai đoạn 2027-2028",
}
EXPORTS = {
    "group1": "chào hàng tại khu vực từ năm 2028 sau khi đạt chứng nhận; chưa có hợp đồng",
    "group2-pull": "chỉ xem xét sau khi đáp ứng nhu cầu trong nước",
    "group2-push": "trước mắt là hợp tác nghiên cứu; chưa đặt chỉ tiêu xuất khẩu",
}
BODIES = {
    "MOST": "Bộ Tài chính, các bộ quản lý ngành",
    "MOIT": "Bộ KH&CN, Bộ Tài chính",
    "MOD": "Bộ KH&CN, Bộ Công an",
    "MPS": "Bộ KH&CN, Bộ Quốc phòng",
    "MOC": "Bộ KH&CN, ủy ban nhân dân cấp tỉnh",
    "MAE": "Bộ KH&CN, Bộ Công Thương",
    "MOH": "Bộ KH&CN, Bộ Tài chính",
    "VAST": "Bộ KH&CN, Bộ GD&ĐT",
}


def dossier(project: Project, class_: str) -> dict[str, str]:
    """The columns that the dossier of that class asks for, blank where the ministry left them so."""
    said = _of_product(project) | _of_chain(project, class_) | _of_money(project)
    return {
        column.name: "" if column.name in project.gaps else f"Minh họa: {said[column.name]}."
        for column in DOSSIER
        if class_ in column.dossier
    }


def _of_product(project: Project) -> dict[str, str]:
    product, (own, others) = PRODUCTS[project.product], STANDARDS[project.product[:3]]
    return {
        "objective": f"làm chủ và đưa vào sử dụng sản phẩm “{project.vi}” phục vụ {product.use}",
        "output_targets": project.target,
        "big_problem": product.problem,
        "application": product.use,
        "competition": product.rival,
        "import_substitution": f"thay thế {product.imports}; tỷ lệ cụ thể xác định sau thử nghiệm",
        "related_effects": f"tác động đến {product.effects}",
        "dual_use": product.dual,
        "test_infrastructure": product.tests,
        "data_needs": product.data,
        "standards": f"nhóm công nghệ có {own} TCVN, {others} tiêu chuẩn khác (report-2026-04, Phụ lục 3); "
        "cần tiêu chuẩn cho chính sản phẩm",
        "specification": f"đặc tính kỹ thuật đặt hàng: {project.target}; có quy trình nghiệm thu",
        "laboratory": f"phòng thí nghiệm trọng điểm của dự án: {product.tests}",
    }


def _of_chain(project: Project, class_: str) -> dict[str, str]:
    return {
        "target_market": MARKETS[class_].format(user=project.user),
        "export_potential": EXPORTS[class_],
        "coordinating_bodies": BODIES[project.ministry],
        "leading_enterprise": f"{project.lead} (chưa nêu tên)",
        "end_user": project.user,
        "monitoring": "báo cáo hằng quý tiến độ, giải ngân, chỉ tiêu đầu ra; đánh giá độc lập cuối mỗi năm",
        "chief_engineer": "bổ nhiệm theo Nghị định số 231/2025/NĐ-CP; chưa chọn người",
    }


def _of_money(project: Project) -> dict[str, str]:
    tenths = 11 + 2 * project.fit[2]
    benefit = project.total * tenths // 10
    return {
        "intellectual_property": f"dự kiến nộp {2 + project.total // 150} đơn đăng ký sáng chế trong nước",
        "impact_forecast": f"hình thành chuỗi cung ứng trong nước phục vụ {project.user}",
        "socio_economic_account": f"tổng chi phí {project.total} tỷ đồng, lợi ích quy về hiện tại {benefit} "
        f"tỷ đồng, tỷ số {tenths // 10},{tenths % 10}; giả định do bộ dữ liệu tự đặt",
    }
