"""A comparison in sentences: what differs in the inputs, who is funded where, who gains and loses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prioritizer import locale
from prioritizer.comparison.given import given_text, key_text, lists
from prioritizer.comparison.nouns import Comparison, InputDifference, ProjectLine, TableDifference
from prioritizer.explanation import project_name

LINES = 12  # of one key; the rest are counted
IDS = 40  # of projects in a list
NAMED = 3  # projects that gain or lose, by name
_DIGEST = 8  # letters of a digest that are shown


def label(at: int, lang: str) -> str:
    """What a scenario is called in tables, by its place."""
    return locale.say("compare.label", lang, number=at + 1)


def labels(places: Sequence[int], lang: str) -> str:
    """Several scenarios."""
    return ", ".join(label(at, lang) for at in places)


def line_name(comparison: Comparison, line: ProjectLine, lang: str) -> str:
    """A project by name and id, as the first scenario that lists it has them."""
    at, row = next((at, row) for at, row in enumerate(line.rows) if row is not None)
    return project_name(comparison.evaluations[at].case, row, lang)


# ------------------------------------------------------------------ inputs


def describe_inputs(comparison: Comparison, lang: str) -> list[str]:
    """Everything that differs in the inputs; what is stated alike is said once, for all who do."""
    said: list[str] = []
    for key in dict.fromkeys(each.key for each in comparison.inputs):
        own = [each for each in comparison.inputs if each.key == key]
        if key != "register":
            said += [describe_input(comparison, each, lang) for each in own[:LINES]]
            said += _more(own, lang)
    said += describe_tables(comparison, lang)
    return said or [locale.say("compare.alike", lang)]


def describe_tables(comparison: Comparison, lang: str) -> list[str]:
    """The tables and lists that are not the same in all scenarios."""
    return [said for table in comparison.tables for said in _table(comparison, table, lang)]


def _more(own: Sequence[InputDifference], lang: str) -> list[str]:
    left = len(own) - LINES
    return [locale.say("compare.more", lang, count=left)] if left > 0 else []


def describe_input(comparison: Comparison, found: InputDifference, lang: str) -> str:
    """One key, and what every scenario states for it."""
    said = given_by(comparison, found, lang)
    known = {at: text for at, text in enumerate(said) if text is not None}
    return locale.say(
        "compare.pair", lang, scenarios=stated_key(comparison, found, lang), said=_by_scenario(known, lang)
    )


def stated_key(comparison: Comparison, found: InputDifference, lang: str) -> str:
    """What it is that scenarios state differently."""
    return key_text([each.case for each in comparison.evaluations], found, lang)


def given_by(comparison: Comparison, found: InputDifference, lang: str) -> list[str | None]:
    """What every scenario states, as fine as is needed to tell them apart; ``None`` where it cannot say
    anything, since it does not list the project."""
    said = _given(comparison, found, lang, fine=False)
    if len(set(said)) == 1:  # rounding hides the difference
        said = _given(comparison, found, lang, fine=True)
    listed = _listing(comparison, found)
    return [text if at in listed else None for at, text in enumerate(said)]


def _given(comparison: Comparison, found: InputDifference, lang: str, *, fine: bool) -> list[str]:
    pairs = zip(comparison.evaluations, found.given, strict=True)
    return [given_text(each.case, found, given, lang, fine=fine) for each, given in pairs]


def _listing(comparison: Comparison, found: InputDifference) -> list[int]:
    """The scenarios that can say anything: of a project, those that list it."""
    everywhere = list(range(len(found.given)))
    if found.key != "register":
        return everywhere
    return [at for at in everywhere if lists(comparison.evaluations[at].case, found.id)]


def _by_scenario(said: dict[int, str], lang: str) -> str:
    """What scenarios say, each text once with all who say it."""
    texts = dict.fromkeys(said.values())
    return "; ".join(
        locale.say(
            "compare.pair",
            lang,
            scenarios=labels([at for at, own in said.items() if own == text], lang),
            said=text,
        )
        for text in texts
    )


def _table(comparison: Comparison, table: TableDifference, lang: str) -> Iterator[str]:
    shown = {
        at: locale.say("compare.none", lang) if digest is None else digest[:_DIGEST]
        for at, digest in enumerate(table.digests)
    }
    digests = locale.say("compare.table.digests", lang, digests=_by_scenario(shown, lang))
    known = len(set(table.digests)) > 1
    lists = table.role in ("criteria", "ministries", "products")
    key = "changed" if table.projects else "unlike" if lists or not known else "other_file"
    yield locale.say(
        f"compare.table.{key}",
        lang,
        table=locale.say(f"compare.table.name.{table.role}", lang),
        count=locale.number(len(table.projects), lang, 0),
        digests=digests if known else "",
    )
    for at in range(len(table.digests)):
        missing = [line.id for line in comparison.projects if line.rows[at] is None]
        if table.role == "register" and missing:
            said = {"label": label(at, lang), "count": len(missing), "projects": ids_text(missing)}
            yield locale.say("compare.table.missing", lang, **said)
    if table.role == "register":
        own = [each for each in comparison.inputs if each.key == "register"]
        yield from (describe_input(comparison, each, lang) for each in own[:LINES])
        yield from _more(own, lang)


def ids_text(names: Sequence[str], most: int = IDS) -> str:
    """A list of ids, cut where it gets too long."""
    return ", ".join([*names[:most], *(["…"] if len(names) > most else [])])


# ------------------------------------------------------------------ who is funded where


def describe_funded(comparison: Comparison, lang: str) -> list[str]:
    """The projects with money in all scenarios that have a plan, in some, in one alone, in none."""
    planned = comparison.planned
    if not planned:
        return []
    said = [_funded("all", comparison.funded_in(len(planned)), lang)]
    some = [line for count in range(2, len(planned)) for line in comparison.funded_in(count)]
    if some:
        said.append(_funded("some", sorted(some, key=lambda line: line.id), lang))
    for at in planned if len(planned) > 1 else ():
        alone = [line for line in comparison.funded_in(1) if line.funded_in == (at,)]
        if alone:
            said.append(_funded("one", alone, lang, label=label(at, lang)))
    return [*said, _funded("none", comparison.funded_in(0), lang)]


def _funded(key: str, lines: Sequence[ProjectLine], lang: str, **more: str) -> str:
    ids = ids_text([line.id for line in lines])
    counted = locale.say("compare.funded.counted", lang, count=len(lines), projects=ids)
    projects = counted if lines else locale.say("compare.none", lang)
    return locale.say(f"compare.funded.{key}", lang, projects=projects, **more)


def describe_same(comparison: Comparison, lang: str) -> str:
    """How many projects have the same money wherever they are listed."""
    same = [line for line in comparison.projects if not line.spread_mvnd]
    funded = sum(bool(line.funded_in) for line in same)
    return locale.say("compare.funded.same", lang, count=len(same), funded=funded)


def describe_moves(comparison: Comparison, lang: str) -> list[str]:
    """Who gains and who loses most in every scenario, from the base."""
    return [_moves(comparison, at, lang) for at in range(1, len(comparison.evaluations))]


def _moves(comparison: Comparison, at: int, lang: str) -> str:
    base = label(0, lang)
    without = [place for place in (0, at) if not comparison.evaluations[place].plan.found]
    if without:
        moves = locale.say("compare.moves.no_plan", lang, label=labels(without, lang))
        return locale.say("compare.moves.sentence", lang, label=label(at, lang), base=base, moves=moves)
    found = comparison.moves(at)
    gains, loses = [each for each in found if each[1] > 0], [each for each in found if each[1] < 0]
    said = [
        locale.say(
            f"compare.moves.{way}",
            lang,
            projects=", ".join(_moved(comparison, line, by, lang) for line, by in own[:NAMED]),
        )
        for way, own in (("gains", gains), ("loses", loses))
        if own
    ]
    shared = comparison.shared_with_base(at)
    nothing = "nothing" if shared else "nothing_shared"
    moves = "; ".join(said) or locale.say(f"compare.moves.{nothing}", lang)
    if shared and len(shared) < len(comparison.projects):
        moves = locale.say("compare.moves.of_shared", lang, moves=moves, count=len(shared))
    return locale.say("compare.moves.sentence", lang, label=label(at, lang), base=base, moves=moves)


def _moved(comparison: Comparison, line: ProjectLine, by: int, lang: str) -> str:
    name = line_name(comparison, line, lang)
    return locale.say("compare.moves.project", lang, project=name, amount=locale.bn(abs(by), lang))
