"""Scenario files of earlier versions: one step per version, from what it says to what the next one says.

A step takes the tree of one file, without what it extends, and gives the tree of the next version; it must
set ``schema``. There has been only one version so far.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prioritizer.store.trees import Tree

Step = Callable[[Tree], Tree]
CURRENT = "1"
STEPS: Mapping[str, Step] = {}


def upgraded(tree: Tree) -> Tree:
    """The tree as the version of today has it, one step after the other; a version that no step is for
    stays."""
    done: set[str] = set()
    while (version := str(tree.get("schema"))) in STEPS and version not in done:
        done.add(version)
        tree = STEPS[version](tree)
    return tree
