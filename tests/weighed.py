"""A small scenario whose weights come from every kind of word, class by class."""

from pathlib import Path

from tests.build import ASSESSED, ASSESSED_HEAD, SCORES_HEAD, assessed, table

TREE = """schema: 1
id: benefits
title: t
criteria:
  - {id: X, name: Need, children: [
      {id: B1, name: One, scale: {worst: 0, best: 100}},
      {id: B2, name: Two, scale: {worst: 0, best: 100}}]}
  - {id: Y, name: Chance, children: [
      {id: B3, name: Three, scale: {worst: 0, best: 100}},
      {id: B4, name: Four, scale: {worst: 0, best: 100}}]}
"""
PROJECTS = (
    "P1,một,A,,group1,1.5",
    "P2,hai,B,,group2-push,2",
    "P3,ba,A,,group2-pull,1",
    "P4,bốn,A,,,1",
)
SCORES = tuple(
    f"P{at},B{leaf},x,{score},," for at in range(1, 5) for leaf, score in enumerate((80, 40, 60, 20), 1)
)
SAID = "by: {vi: Tổ, en: Group}, at: 2026-04-20, why: {vi: Họp, en: Meeting}"
SWING = f"{{over: root, {SAID}, swing: {{X: 100, Y: 25}}}}"
RANK = f"{{over: root, class: group2-push, {SAID}, rank: [Y, X]}}"
PAIRWISE = f"{{over: X, {SAID}, pairwise: {{B1: {{B2: 3}}}}}}"
INTERVALS = f'{{over: Y, class: group1, {SAID}, intervals: {{B3: ["0.2", "0.5"], B4: ["0.4", "1"]}}}}'
WORDS = f"""weights_by_class: {{group2-pull: {{X: 0.1, Y: 0.9}}}}
elicitation: [{SWING}, {RANK}, {PAIRWISE}, {INTERVALS}]
exchange_rate: {{group2-push: "0.8", group2-pull: "1.5"}}
"""


def weighed(place: Path, words: str = WORDS, tree: str = TREE) -> Path:
    """Four projects of equal scores, one of each class and one of none."""
    return assessed(
        place,
        tiny_yaml=ASSESSED + words,
        benefits_yaml=tree,
        register_csv=table(ASSESSED_HEAD, PROJECTS),
        scores_csv=table(SCORES_HEAD, SCORES),
    )
