"""The house keeps its own rules: pins, safe settings, layers, names, documents."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
SOURCES = sorted(
    p for p in [*(ROOT / "prioritizer").rglob("*.py"), ROOT / "app.py", ROOT / "start.py"] if p.exists()
)


def constraint(name: str) -> str:
    return (ROOT / "constraints" / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, set[str]]:
    """Each pinned line (with its marker) and the hashes allowed for it."""
    found: dict[str, set[str]] = {}
    for line in constraint(name).replace("\\\n", " ").splitlines():
        head, *hashes = line.split("--hash=")
        if head.strip() and not head.startswith("#"):
            found[head.strip()] = {h.strip() for h in hashes}
    return found


def requirements(name: str) -> list[str]:
    lines = (line.strip() for line in constraint(name).splitlines())
    return [line for line in lines if line and not line.startswith(("#", "-"))]


# ------------------------------------------------------------------ what is installed


@pytest.mark.parametrize(
    "name", ["runtime.txt", "test.txt", "cluster.txt", "runtime.in", "test.in", "cluster.in"]
)
def test_constraints_name_no_host(name):
    text = constraint(name)
    assert "://" not in text
    assert not re.search(r"--(index|extra-index|find-links|trusted-host)", text)


@pytest.mark.parametrize("name", ["runtime.txt", "test.txt", "cluster.txt"])
def test_every_package_is_pinned_and_hashed(name):
    for pin, hashes in pins(name).items():
        assert re.match(r"[a-z0-9-]+==[0-9][^ ]*( ; .+)?$", pin), pin
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes), pin


def test_the_checks_run_on_the_versions_that_users_get():
    for name in ("runtime.txt", "cluster.txt"):
        assert pins(name).items() <= pins("test.txt").items()
    assert pins("runtime.txt").items() <= pins("cluster.txt").items()


def test_what_the_program_declares_is_what_is_pinned():
    runtime, project = requirements("runtime.in"), PROJECT["project"]
    build_tools = {"setuptools", "wheel"}
    assert set(runtime) - build_tools == set(project["dependencies"])
    assert build_tools < set(runtime)
    for extra in ("test", "cluster"):
        assert requirements(f"{extra}.in") == project["optional-dependencies"][extra]


def test_each_direct_dependency_has_its_reason_written_down():
    reasons = (ROOT / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8")
    for requirement in [*requirements("runtime.in"), *requirements("test.in")]:
        name = re.split(r"[=<>]", requirement)[0]
        assert f"| {name} |" in reasons, f"{name} has no line in 0002-dependencies.md"


# ------------------------------------------------------------------ safe settings

SAFE = {
    "server.address": "127.0.0.1",
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 20,
    "server.maxMessageSize": 50,
    "server.allowedHosts": ["localhost", "127.0.0.1"],
    "server.disconnectedSessionTTL": 3600,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.showEmailPrompt": False,
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.disableDataExport": True,
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,
    "theme.baseFontSize": 18,
    "theme.primaryColor": "#0b57a4",
    "logger.hideWelcomeMessage": True,
}


def test_the_server_settings_are_the_safe_ones():
    given = {f"{part}.{key}": value for part, values in CONFIG.items() for key, value in values.items()}
    assert given == SAFE


@pytest.mark.parametrize("option", SAFE)
def test_the_installed_streamlit_knows_each_setting(option):
    from streamlit import config

    assert option in config.get_config_options()


def test_the_command_line_repeats_the_settings_of_the_file():
    from prioritizer.ui.serving import serve

    # headless alone depends on how the app was started
    assert {**SAFE, **serve.SAFE_SETTINGS, "server.headless": True} == {**serve.SAFE_SETTINGS, **SAFE}


# ------------------------------------------------------------------ layers and names


def top_level_modules() -> set[str]:
    """Modules and packages directly under prioritizer, hidden and empty folders aside."""
    package = ROOT / "prioritizer"
    files = {p.stem for p in package.glob("*.py")}
    return (files | {p.parent.name for p in package.glob("*/__init__.py")}) - {"__init__", "__main__"}


def test_the_layers_name_every_module_of_the_package():
    contract = next(c for c in PROJECT["tool"]["importlinter"]["contracts"] if c["id"] == "layers")
    assert contract["exhaustive"] is True
    named = {name.strip(" ()") for layer in contract["layers"] for name in layer.split("|")}
    assert top_level_modules() <= named


def test_nothing_is_called_utils():
    shapeless = {"utils", "util", "helpers", "common", "misc"}
    assert not [p for p in SOURCES if p.stem in shapeless or p.parent.name in shapeless]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_text_reaches_a_page_as_raw_html(path):
    """What stands in an imported cell could otherwise run in the browser of whoever reads it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    keywords = {k.arg for node in ast.walk(tree) if isinstance(node, ast.Call) for k in node.keywords}
    names = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert "unsafe_allow_html" not in keywords | names  # a cell's text could run


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_star_import(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    assert not [node for node in imports if any(alias.name == "*" for alias in node.names)]


# ------------------------------------------------------------------ documents


def start_commands() -> list[list[str]]:
    """The arguments of every `python3 start.py …` and `py start.py …` in the README."""
    return [line.split() for line in re.findall(r"^(?:python3|py) start\.py *([^#\n]*)", README, flags=re.M)]


def test_the_readme_names_both_commands_in_both_forms():
    for command in ("python3 start.py", "py start.py", "python3 start.py test", "py start.py test"):
        assert command in README


@pytest.mark.parametrize("arguments", start_commands(), ids=" ".join)
def test_the_readme_commands_exist(arguments):
    run_parser, test_parser = start.parsers()
    if arguments[:1] == ["test"]:
        test_parser.parse_known_args(arguments[1:])
    else:
        run_parser.parse_args(arguments)


def test_the_check_server_runs_the_readme_command():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert script.rstrip().endswith("\npython3 start.py test")


def test_the_decisions_the_settings_point_to_exist():
    for path in (ROOT / "pyproject.toml", ROOT / "constraints/runtime.in"):
        for note in re.findall(r"docs/decisions/[\w.-]+\.md", path.read_text(encoding="utf-8")):
            assert (ROOT / note).exists(), note
