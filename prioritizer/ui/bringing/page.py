"""The part Import of the page Register: files in, questions, what they come to, and into the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import streamlit as st

from prioritizer import pipeline
from prioritizer.errors import InputFaults
from prioritizer.inputs.workbooks.home import Home, home_of
from prioritizer.inputs.workbooks.importing import Imported
from prioritizer.inputs.workbooks.rehearsing import users_of
from prioritizer.ui import answers, view
from prioritizer.ui.bringing import asking, inbox, reading, report, words, writing
from prioritizer.ui.bringing.words import bare, say
from prioritizer.ui.projects import templates


def show(shown: view.View) -> None:
    """All of it; what is not yet needed is not drawn."""
    st.subheader(bare(shown, "title"), anchor=False)
    for kind, sentence in inbox.told():
        getattr(st, kind)(sentence)
    writing.unfinished(shown)
    scenario = next(path for path in pipeline.scenario_paths() if path.stem == shown.id)
    home = home_of(scenario)
    if home is None:
        st.info(say(shown, "apart"), icon=":material/folder_off:")
        return
    others = _others(scenario, home)
    _tables(shown, home, others)
    writing.last(shown, scenario, home)
    _uploads(shown)
    if inbox.of(shown.id):
        _reviewed(shown, scenario, home, others)
    else:
        _empty(shown)


def _others(scenario: Path, home: Home) -> list[Path]:
    """The other scenarios that use the same tables."""
    beside = [path for path in pipeline.scenario_paths() if path.parent == scenario.parent]
    return [path for path in users_of(home, beside) if path != scenario]


def _tables(shown: view.View, home: Home, others: list[Path]) -> None:
    """Where it would all be written, and whom else that concerns."""
    st.caption(say(shown, "help"))
    lines = [
        say(shown, "tables", folder=home.shown or home.folder.name, names=", ".join(home.names.values()))
    ]
    if others:
        titles = [f"“{_title(path, shown.lang)}”" for path in others]
        lines.append(say(shown, "also", scenarios=", ".join(titles)))
    if answers.fingerprint(shown.case) != answers.fingerprint(shown.saved):
        lines.append(say(shown, "trying"))
    st.caption(" ".join(lines))


def _title(path: Path, lang: str) -> str:
    """A scenario's title, or its id where it cannot be read."""
    try:
        return answers.loaded(path).scenario.title.into(lang)
    except InputFaults:
        return path.stem


def _uploads(shown: view.View) -> None:
    """The box for files; what has been opened leaves it, so that there is one list of files and not two."""
    dropped = st.file_uploader(
        say(shown, "drop"), accept_multiple_files=True, key=f"import-files/{inbox.batch()}"
    )
    if dropped:
        reading.take_in(shown, [(each.name, each.getvalue()) for each in dropped])
        inbox.next_batch()
        st.rerun()


def _empty(shown: view.View) -> None:
    st.info(f"{say(shown, 'empty.title')} {say(shown, 'empty.next')}", icon=":material/upload_file:")
    templates.show(shown)
    templates.slips(shown)


def _reviewed(shown: view.View, scenario: Path, home: Home, others: list[Path]) -> None:
    found = reading.read(shown, scenario, home)
    if found is None:
        _way_out(shown)
        return
    done = found.done
    asked = asking.questions(done)
    _summary(shown, done, len(asked))
    if asked:
        asking.show(shown, done, asked)
    asking.answered(shown)
    report.senders(shown, done)
    if done.faults:
        report.download(shown, done, done.faults, scenario.stem, "csv_all")
    report.totals(shown, done)
    report.changes(shown, done)
    _kept(shown, done, home)
    whole = [scenario, *others] if any(done.rows.values()) else []
    after = reading.rehearsed(found, home, whole)
    if after is not None:
        writing.show(shown, scenario, home, found, after)


def _summary(shown: view.View, done: Imported, asked: int) -> None:
    """All files in one line, and the way out."""
    counts = {
        "files": len(done.reports),
        "accepted": sum(each.accepted for each in done.reports),
        "refused": sum(each.refused for each in done.reports),
        "faults": len(report.causes(done.faults)),
        "questions": asked,
    }
    text, button = st.columns([3, 1], vertical_alignment="center")
    text.markdown(say(shown, "summary", **counts))
    with button:
        _way_out(shown)


def _way_out(shown: view.View) -> None:
    st.button(
        bare(shown, "cancel"),
        on_click=inbox.clear,
        args=(shown.id,),
        icon=":material/delete:",
        key="import-cancel",
        width="stretch",
    )


def _kept(shown: view.View, done: Imported, home: Home) -> None:
    """Whose rows stay, which years nothing pays, and whom to drop for good."""
    with st.expander(bare(shown, "kept.title"), icon=":material/inventory_2:"):
        for line in (*_staying(shown, done), *_unfunded(shown, done)):
            st.markdown(line)
        names = sorted({name for row in home.rows() if (name := _sender(row.cells))})
        now = inbox.of(shown.id).dropped
        chosen = st.multiselect(
            bare(shown, "kept.drop"),
            sorted({*names, *now}),
            default=[*now],
            format_func=lambda name: words.sender(shown.saved, name, shown.lang),
            placeholder=bare(shown, "kept.none"),
            help=say(shown, "kept.drop_help"),
            key=f"import-drop/{inbox.generation()}",
        )
        if tuple(chosen) != now:
            inbox.change(shown.id, dropped=tuple(chosen))
            st.rerun()


def _sender(cells: Mapping[str, str]) -> str:
    return cells.get("ministry") or cells.get("assessor") or ""


def _staying(shown: view.View, done: Imported) -> Iterator[str]:
    told: dict[str, list[str]] = {"kept": [], "kept_costs": []}
    for kept in done.kept:
        counts = {"projects": kept.projects, "judgements": kept.judgements, "rows": kept.costs}
        part, count = next((part, count) for part, count in counts.items() if count)
        name = words.sender(shown.saved, kept.sender, shown.lang)
        said = bare(shown, f"kept.{part}", name=name, count=count)
        told["kept_costs" if part == "rows" else "kept"].append(said)
    for key, senders in told.items():
        if senders:
            yield say(shown, f"kept.{key}", senders=", ".join(senders))


def _unfunded(shown: view.View, done: Imported) -> Iterator[str]:
    years = [bare(shown, "kept.unfunded_year", year=year, count=count) for year, count in done.unfunded_years]
    if years:
        yield say(shown, "kept.unfunded", years=", ".join(years))
