"""The parts of start.py that need no installation."""

import ast
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import start

SOURCE = Path(start.__file__)


def a_project(folder: Path) -> Path:
    (folder / "constraints").mkdir(parents=True)
    for name in ("constraints/runtime.txt", "constraints/test.txt", "pyproject.toml"):
        (folder / name).write_text(name, encoding="utf-8")
    return folder


# ------------------------------------------------------------------ old Pythons


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 0), (3, 10, 99)])
def test_an_old_python_is_told_what_is_needed_in_both_languages(version):
    message = start.too_old(version)
    assert "3.11" in message and f"{version[0]}.{version[1]}" in message
    assert "Cần Python" in message and "newer is needed" in message


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 11, 7), (3, 14, 1), sys.version_info])
def test_a_new_enough_python_passes(version):
    assert start.too_old(version) is None


def test_old_pythons_can_parse_the_file_and_so_reach_the_message():
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))
    names = [getattr(node, "name", type(node).__name__) for node in tree.body]
    assert names.index("If") < names.index("StartError"), "the check comes before everything newer"


def test_start_uses_the_standard_library_alone():
    imported = set()
    for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            imported.add(str(node.module).partition(".")[0])
    assert imported <= sys.stdlib_module_names


# ------------------------------------------------------------------ the stamp

FRESH = ["environment", "packages", "project"]


def test_without_a_stamp_everything_is_made(tmp_path):
    root = a_project(tmp_path / "r")
    assert start.steps_needed({}, start.wanted_stamp(root, "runtime")) == FRESH
    assert start.steps_needed({}, start.wanted_stamp(root, "test")) == FRESH


@pytest.mark.parametrize("which", ["runtime", "test"])
def test_a_second_start_does_no_work(tmp_path, which):
    root = a_project(tmp_path / "r")
    start.write_stamp(tmp_path / "stamp.json", start.wanted_stamp(root, which))
    assert (
        start.steps_needed(start.read_stamp(tmp_path / "stamp.json"), start.wanted_stamp(root, which)) == []
    )


def test_the_test_environment_also_serves_the_app_and_the_app_environment_grows_into_it(tmp_path):
    root = a_project(tmp_path / "r")
    runtime, test = start.wanted_stamp(root, "runtime"), start.wanted_stamp(root, "test")
    assert start.steps_needed(test, runtime) == []
    assert start.steps_needed(runtime, test) == ["packages", "project"]


@pytest.mark.parametrize(
    ("changed", "steps"),
    [
        ("constraints/runtime.txt", FRESH),
        ("constraints/test.txt", ["packages", "project"]),
        ("pyproject.toml", ["project"]),
    ],
)
def test_a_change_costs_only_what_it_touches(tmp_path, changed, steps):
    root = a_project(tmp_path / "r")
    before = start.wanted_stamp(root, "test")
    (root / changed).write_text("other", encoding="utf-8")
    assert start.steps_needed(before, start.wanted_stamp(root, "test")) == steps


def test_a_moved_environment_is_made_anew(tmp_path):
    here, there = a_project(tmp_path / "here"), a_project(tmp_path / "there")
    stamp = start.wanted_stamp(here, "runtime")
    assert start.steps_needed(stamp, start.wanted_stamp(there, "runtime")) == FRESH


@pytest.mark.parametrize("torn", ["", "{", "[]", '"x"', "\udcff"])
def test_a_torn_stamp_counts_as_none(tmp_path, torn):
    (tmp_path / "stamp.json").write_bytes(torn.encode("utf-8", "surrogateescape"))
    assert start.read_stamp(tmp_path / "stamp.json") == {}
    assert start.read_stamp(tmp_path / "absent.json") == {}


def test_the_hash_sees_the_borders_between_its_parts():
    assert start.digest(b"ab", b"c") != start.digest(b"a", b"bc")


# ------------------------------------------------------------------ pip


def test_packages_come_hashed_pinned_and_never_for_the_user_or_the_system():
    arguments = start.package_arguments(Path("c.txt"), None)
    assert arguments[:2] == ["install", "--require-hashes"]
    assert arguments[-2:] == ["-r", "c.txt"]
    source = SOURCE.read_text(encoding="utf-8")
    assert "--break-system-packages" not in source and '"--user"' not in source


def test_wheels_mean_no_network():
    folder = Path("/x/thư mục gói")
    arguments = start.package_arguments(Path("c.txt"), folder)
    assert arguments[arguments.index("--find-links") + 1] == str(folder)
    assert "--no-index" in arguments
    assert "--no-index" not in start.package_arguments(Path("c.txt"), None)


def test_the_wheel_folder_is_the_one_asked_for_or_the_one_beside_start(tmp_path):
    voice = start.Voice("en")
    assert start.wheel_folder(None, tmp_path, voice) is None
    (tmp_path / "wheels").mkdir()
    assert start.wheel_folder(None, tmp_path, voice) is None, "an empty folder is not an offline install"
    (tmp_path / "wheels" / "a.whl").touch()
    assert start.wheel_folder(None, tmp_path, voice) == tmp_path / "wheels"
    other = tmp_path / "gói cài đặt"
    other.mkdir()
    with pytest.raises(start.StartError, match=r"no \.whl file"):
        start.wheel_folder(str(other), tmp_path, voice)
    (other / "b.whl").touch()
    assert start.wheel_folder(str(other), tmp_path, voice) == other


def test_settings_that_lead_pip_astray_are_dropped_and_mirrors_kept():
    given = {"PIP_USER": "1", "PIP_TARGET": "/x", "PYTHONPATH": "/y", "PIP_INDEX_URL": "mirror", "HOME": "/h"}
    clean = start.clean_environ(given)
    assert clean["PIP_USER"] == "0"
    assert "PIP_TARGET" not in clean and "PYTHONPATH" not in clean
    assert clean["PIP_INDEX_URL"] == "mirror" and clean["HOME"] == "/h"


def test_a_failing_step_shows_the_end_of_its_own_log(capfd):
    noisy = "import sys; [print('line', i) for i in range(100)]; sys.exit(3)"
    with pytest.raises(start.StartError) as caught:
        start.run_quietly([sys.executable, "-c", noisy], "cài", start.Voice("vi"))
    text = str(caught.value)
    assert "Không làm được: cài" in text and "line 99" in text and "line 10\n" not in text
    assert "line" not in capfd.readouterr().out


def test_a_long_step_says_how_long_it_has_lasted(capsys):
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(0.5)"]) as process:
        start.wait_with_progress(process, start.Voice("en"), every=0.1)
    assert "… 0 s" in capsys.readouterr().out


def test_only_one_installation_at_a_time(tmp_path):
    voice = start.Voice("en")
    lock = tmp_path / "lock"
    with start.alone(lock, voice), pytest.raises(start.StartError, match="Another"):
        start.alone(lock, voice).__enter__()
    with start.alone(lock, voice):
        pass  # free again


# ------------------------------------------------------------------ ports


@contextlib.contextmanager
def answering(text: str, path: str = start.HEALTH_PATH):
    """A tiny server on a free port of this machine."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == path else 404)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def silent_port():
    """A port that accepts and says nothing."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_taken_port_is_not_free():
    with silent_port() as port:
        assert not start.is_free(port)
    assert start.is_free(free_port())


def test_the_next_free_port_is_chosen():
    free = free_port()
    with silent_port() as first, answering("somebody else") as second:
        assert start.choose_port([first, second, free]) == (free, False)
        assert start.choose_port([first, second]) == (None, False)


def test_our_running_app_is_found_even_behind_free_and_taken_ports(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with silent_port() as first, answering("prioritizer\n") as ours:
        assert start.choose_port([free_port(), first, ours]) == (ours, True)


@pytest.mark.parametrize("text", ["", "prioritizers", "<html>prioritizer</html>"])
def test_another_answer_is_not_ours(text):
    with answering(text) as port:
        assert not start.is_ours(port)


def test_silence_and_absence_are_not_ours():
    with silent_port() as port:
        assert not start.is_ours(port, timeout=0.1)
    assert not start.is_ours(free_port(), timeout=0.1)


# ------------------------------------------------------------------ language, screen, command line


@pytest.mark.parametrize(
    ("chosen", "environ", "lang"),
    [
        (None, {}, "vi"),
        (None, {"LANG": "vi_VN.UTF-8"}, "vi"),
        (None, {"LANG": "C.UTF-8"}, "vi"),
        (None, {"LANG": "en_GB.UTF-8"}, "en"),
        ("vi", {"LANG": "en_US"}, "vi"),
        ("en", {}, "en"),
    ],
)
def test_vietnamese_unless_english_is_asked_for(chosen, environ, lang):
    assert start.language_of(chosen, environ) == lang


def test_every_message_exists_in_both_languages_with_the_same_fields():
    for vietnamese, english in start.MESSAGES.values():
        fields = [{part.split("}")[0] for part in text.split("{")[1:]} for text in (vietnamese, english)]
        assert fields[0] == fields[1] and vietnamese and english


@pytest.mark.parametrize(
    ("environ", "system", "seen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
        ({"SSH_CONNECTION": "x", "DISPLAY": ":10"}, "linux", False),
    ],
)
def test_a_browser_opens_only_where_there_is_a_screen(environ, system, seen):
    assert start.has_screen(environ, system) is seen


def test_more_arguments_of_test_go_to_pytest_in_order():
    _, parser = start.parsers()
    options, rest = parser.parse_known_args(["-k", "money", "--lang", "en", "tests/unit", "-x"])
    assert options.lang == "en"
    assert rest == ["-k", "money", "tests/unit", "-x"]
    assert start.check_commands(rest)["pytest"][-4:] == rest


@pytest.mark.parametrize("port", ["0", "80", "70000", "x"])
def test_a_port_out_of_range_is_refused(port, capsys):
    parser, _ = start.parsers()
    with pytest.raises(SystemExit):
        parser.parse_args(["--port", port])
    assert "--port" in capsys.readouterr().err


# ------------------------------------------------------------------ from any folder, with any letters


@pytest.fixture
def copy_with_odd_path(tmp_path):
    """start.py under a path with a space and Vietnamese letters, beside its constraints."""
    root = a_project(tmp_path / "thử nghiệm ưu tiên")
    (root / "start.py").write_bytes(SOURCE.read_bytes())
    return root


def call(script: Path, *arguments: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONIOENCODING": "ascii", **environ}
    env.pop("LANG", None)
    return subprocess.run(
        [sys.executable, str(script), *arguments], cwd=cwd, env=env, capture_output=True, timeout=60
    )


def test_help_is_utf8_from_another_folder_and_a_narrow_terminal(copy_with_odd_path, tmp_path):
    done = call(copy_with_odd_path / "start.py", "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "Mở ứng dụng" in done.stdout.decode("utf-8")


def test_a_wrong_wheel_folder_is_named_and_nothing_is_made(copy_with_odd_path, tmp_path):
    done = call(copy_with_odd_path / "start.py", "--wheels", "không có", cwd=tmp_path)
    assert done.returncode == start.NOT_STARTED
    assert str(tmp_path / "không có") in done.stderr.decode("utf-8")
    assert not (copy_with_odd_path / ".venv").exists()


def test_paths_follow_the_file_and_not_the_working_directory(copy_with_odd_path, tmp_path):
    show = (
        "import sys, json; sys.path.insert(0, sys.argv[1]); import start; print(json.dumps(str(start.STAMP)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", show, str(copy_with_odd_path)], cwd=tmp_path, capture_output=True, timeout=60
    )
    assert json.loads(done.stdout) == str(copy_with_odd_path / ".venv" / "prioritizer-ready.json")
