"""The projects of eight ministries, in protocol order."""

from tests.demonstration.project import Project
from tests.demonstration.projects import mae, moc, mod, moh, moit, most, mps, vast

PROJECTS: tuple[Project, ...] = (
    *most.PROJECTS,
    *moit.PROJECTS,
    *mod.PROJECTS,
    *mps.PROJECTS,
    *moc.PROJECTS,
    *mae.PROJECTS,
    *moh.PROJECTS,
    *vast.PROJECTS,
)
MINISTRIES = tuple(dict.fromkeys(project.ministry for project in PROJECTS))
