"""The page of weights where they come from statements or differ by class: nothing is hidden or overruled."""

from fractions import Fraction
from pathlib import Path

from streamlit.testing.v1 import AppTest

from prioritizer import locale, pipeline, scoring
from prioritizer.ui import shell, texts
from prioritizer.ui.criteria import weighing
from prioritizer.ui.projects import detail
from tests.weighed import weighed

ROOT = Path(__file__).resolve().parents[2]
PAGES = {name: path for name, path, _ in shell._PAGES}


def opened(tmp_path, monkeypatch, part="weights") -> AppTest:
    path = weighed(tmp_path)
    monkeypatch.setattr(pipeline, "scenario_paths", lambda: [path])
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.run()
    app.switch_page(PAGES["criteria"]).run()
    look_at(app, part)
    return app


def look_at(app, part) -> None:
    app.segmented_control(key="criteria-part").set_value(part).run()
    assert not app.exception


def words(app) -> str:
    return "\n".join(element.value for kind in (app.caption, app.markdown) for element in kind)


def test_the_page_says_where_weights_come_from_and_who_has_others(tmp_path, monkeypatch):
    app = opened(tmp_path, monkeypatch, "origins")
    shown = words(app)
    case = pipeline.load(weighed(tmp_path))
    origins = [pipeline.describe_weighing(case, *each, "vi") for each in pipeline.words_spoken(case)]
    for sentences in (*origins, pipeline.describe_rates(case, "vi")):
        for sentence in sentences:
            assert texts.plain(sentence) in shown
    assert "25,0%" in app.table[0].value.to_string() and locale.say("weights.rate_is_assumed", "vi") in shown


def test_a_moved_weight_replaces_the_statement_and_leaves_the_classes_alone(tmp_path, monkeypatch):
    app = opened(tmp_path, monkeypatch)
    slider = next(one for one in app.slider if one.key.startswith("weight/tiny/X/"))
    assert slider.value == 80
    slider.set_value(50).run()
    look_at(app, "origins")
    direct = texts.plain(locale.say("weights.origin.direct", "vi"))
    assert words(app).count(direct) == 2, "the class that has direct weights, and all"


def test_what_is_tried_changes_only_the_sets_that_were_moved(tmp_path):
    case = pipeline.load(weighed(tmp_path))
    told = weighing.outright(case, "", "", {"X": Fraction(1, 2), "Y": Fraction(1, 2)})
    path = weighed(tmp_path)
    draft = pipeline.try_step(path, None, pipeline.sha256_of(path.read_bytes()), "weights", told)
    tried = pipeline.load_draft(path, draft)
    assert scoring.node_weights(tried) == scoring.node_weights(case) | dict.fromkeys("XY", Fraction(1, 2))
    for class_ in ("group2-push", "group2-pull"):
        assert scoring.node_weights(tried, class_) == scoring.node_weights(case, class_)


def test_a_project_shows_the_weights_of_its_class(tmp_path):
    case = pipeline.load(weighed(tmp_path))
    label = next(iter(detail.scores(case, 1, "en")))[1].columns[1]
    shares = [frame[label].tolist() for _, frame in detail.scores(case, 1, "en")]
    assert shares == [["18.8%", "6.3%"], ["37.5%", "37.5%"]]
