"""From the session to the tables and one step back; an import that was cut off is finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import streamlit as st
from filelock import Timeout

from prioritizer import locale, pipeline
from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.together import finish, is_unfinished
from prioritizer.inputs.workbooks.home import Home, home_of
from prioritizer.inputs.workbooks.stepping import Step, put_in, step_back, step_of
from prioritizer.store.disk import DISK
from prioritizer.store.writing import folder_locked
from prioritizer.ui import view
from prioritizer.ui.bringing import inbox, report, words
from prioritizer.ui.bringing.reading import Read
from prioritizer.ui.bringing.words import bare, say


def show(
    shown: view.View,
    scenario: Path,
    home: Home,
    found: Read,
    after: dict[Path, tuple[Fault, ...]],
) -> None:
    """What would be written, what speaks against it, and the button; ``after``: what would be wrong with
    scenarios then."""
    done = found.done
    st.subheader(bare(shown, "put.title"), anchor=False)
    if not any(done.rows.values()):
        st.info(say(shown, "put.nothing"), icon=":material/block:")
        return
    if not done.changes and not done.faults:
        st.info(say(shown, "put.unchanged"), icon=":material/info:")
        return
    st.markdown(say(shown, "put.summary", **{str(table): count for table, count in done.rows.items()}))
    usable = _usable(shown, scenario, after)
    accepted = not done.faults or _accepted(shown, found)
    st.button(
        bare(shown, "put.button"),
        type="primary",
        icon=":material/save:",
        disabled=not (usable and accepted),
        on_click=_put,
        args=(shown, scenario, home, found),
        key="import-put",
    )


def _usable(shown: view.View, scenario: Path, after: dict[Path, tuple[Fault, ...]]) -> bool:
    """Whether the scenario on show could still be read; says what would be wrong with it and with others."""
    for path, faults in after.items():
        if path != scenario and faults:
            message = locale.fault_message(faults[0], shown.lang)
            st.warning(
                say(shown, "put.others", scenario=path.stem, message=message), icon=":material/warning:"
            )
    own = after.get(scenario, ())
    if own:
        st.error(say(shown, "put.unusable", count=len(own)), icon=":material/error:")
        lines = [f"{locale.fault_message(f, shown.lang)} {words.remedy(f, shown.lang)}" for f in own[:10]]
        st.markdown("\n".join(f"- {words.plain(line)}" for line in dict.fromkeys(lines)))
    return not own


def _accepted(shown: view.View, found: Read) -> bool:
    st.warning(
        say(shown, "put.faulty", count=len(report.causes(found.done.faults))), icon=":material/warning:"
    )
    return st.checkbox(
        bare(shown, "put.accept", refused=len(found.done.refused)),
        key=f"import-accept/{inbox.generation()}/{found.known[:8]}",
    )


def _put(shown: view.View, scenario: Path, home: Home, found: Read) -> None:
    done = found.done
    who = [each.sender for each in done.reports if each.tables] or [*inbox.of(shown.id).dropped]

    def work() -> None:
        if not put_in(home.folder, done.files, found.known, home.files, _now(), who):
            inbox.tell("error", say(shown, "put.changed"))
            return
        counts = Counter(each.kind for each in done.changes)
        kinds = {kind: counts[kind] for kind in ("added", "removed", "changed")}
        inbox.clear(shown.id)
        inbox.tell("success", say(shown, "put.done", senders=_named(shown, who), **kinds))

    _guarded(shown, scenario, "put.failed", work)


def _guarded(shown: view.View, scenario: Path, failed: str, work: Callable[[], None]) -> None:
    """The work while nobody else writes into the folder of scenarios; what the system refuses is said."""
    try:
        with folder_locked(scenario.parent, DISK):
            work()
    except Timeout:
        inbox.tell("error", say(shown, "put.busy"))
    except OSError as error:
        inbox.tell("error", say(shown, failed, problem=error.strerror or type(error).__name__))


def last(shown: view.View, scenario: Path, home: Home) -> None:
    """The last import into these tables, and the step back from it or forth again."""
    step = step_of(home.folder)
    if step is None or not {*step.names} <= {*home.files}:
        return
    params = {"at": _said(shown, step.at), "senders": _named(shown, step.senders)}
    if not step.untouched:
        st.caption(say(shown, "undo.touched", **params))
        return
    text, button = st.columns([3, 1], vertical_alignment="center")
    text.info(say(shown, f"undo.{'undone' if step.undone else 'last'}", **params), icon=":material/history:")
    button.button(
        bare(shown, f"undo.{'again' if step.undone else 'button'}"),
        icon=":material/redo:" if step.undone else ":material/undo:",
        on_click=_back,
        args=(shown, scenario, home, step),
        key="import-undo",
        width="stretch",
    )


def _back(shown: view.View, scenario: Path, home: Home, step: Step) -> None:
    def work() -> None:
        if step_of(home.folder) == step and step_back(home.folder, _now()):
            inbox.tell("success", say(shown, f"undo.{'redone' if step.undone else 'done'}"))
        else:
            inbox.tell("error", say(shown, "put.changed"))

    _guarded(shown, scenario, "undo.failed", work)


def unfinished(shown: view.View) -> None:
    """Imports that were cut off while they were written, each with the button that finishes it."""
    cut: dict[Path, list[Path]] = {}
    for path in pipeline.scenario_paths():
        home = _home(path)
        if home and is_unfinished(home.folder):
            cut.setdefault(home.folder, []).append(path)
    for folder, scenarios in cut.items():
        names = ", ".join(path.stem for path in scenarios)
        st.error(say(shown, "unfinished.told", folder=folder.name, scenarios=names), icon=":material/report:")
        st.button(
            bare(shown, "unfinished.finish"),
            on_click=_finish,
            args=(shown, scenarios[0], folder),
            key=f"import-finish/{folder.name}",
        )


def _finish(shown: view.View, scenario: Path, folder: Path) -> None:
    def work() -> None:
        finish(folder)
        inbox.tell("success", say(shown, "unfinished.done", folder=folder.name))

    _guarded(shown, scenario, "put.failed", work)


def finish_cut_off(scenario: Path) -> None:
    """Finish what an import into a scenario's tables left behind when it was cut off, if anything.

    Raises ``OSError`` or ``Timeout`` where that cannot be done now; reading the scenario then says so.
    """
    home = _home(scenario)
    if home and is_unfinished(home.folder):
        with folder_locked(scenario.parent, DISK):
            finish(home.folder)


def _home(scenario: Path) -> Home | None:
    try:
        return home_of(scenario)
    except InputFaults:
        return None


def _named(shown: view.View, senders: Sequence[str]) -> str:
    return ", ".join(words.sender(shown.saved, sender, shown.lang) for sender in senders)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _said(shown: view.View, at: str) -> str:
    """A moment in words; what is no moment as it stands."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return at
    return bare(shown, "moment", time=f"{moment:%H:%M}", day=f"{moment:%d/%m/%Y}")
