#!/usr/bin/env python3
"""Make the environment, install from the hashed constraints, then open the app or run the checks.

Standard library only. Syntax that old Pythons can parse (no walrus, no match), so that they reach the
message which tells them that they are too old.
"""

import argparse
import contextlib
import hashlib
import http.client
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import webbrowser
from pathlib import Path

MINIMUM = (3, 11)


def too_old(version):
    """The message for a Python below the minimum, or None."""
    if tuple(version[:2]) >= MINIMUM:
        return None
    found, wanted = (".".join(map(str, v[:2])) for v in (version, MINIMUM))
    return (
        f"Cần Python {wanted} trở lên; đang dùng Python {found}. Hãy cài Python mới rồi chạy lại.\n"
        f"Python {wanted} or newer is needed; this is Python {found}. Install a newer one and start again."
    )


if too_old(sys.version_info):
    sys.exit(too_old(sys.version_info))

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "prioritizer-ready.json"
LOCK = ROOT / ".venv.lock"
PORTS = range(8501, 8521)
HEALTH_PATH, HEALTH_ANSWER = "/suc-khoe", "prioritizer"
FAILED, NOT_STARTED, INTERRUPTED = 1, 2, 130

# Each message in Vietnamese and English.
MESSAGES = {
    "make_environment": ("Tạo môi trường riêng trong .venv", "Making the environment in .venv"),
    "install_packages": ("Cài các gói đã ghim phiên bản", "Installing the pinned packages"),
    "install_project": ("Nối chương trình vào môi trường", "Linking the program into the environment"),
    "elapsed": ("  … {seconds} giây", "  … {seconds} s"),
    "no_pip": (
        "Python này thiếu venv hoặc pip. Trên Debian/Ubuntu hãy chạy một lần:\n"
        "  sudo apt install python3-venv python3-pip\nrồi chạy lại lệnh vừa rồi.",
        "This Python lacks venv or pip. On Debian/Ubuntu run once:\n"
        "  sudo apt install python3-venv python3-pip\nthen run the same command again.",
    ),
    "another": (
        "Một lệnh start.py khác đang cài đặt; hãy chờ nó xong rồi chạy lại.",
        "Another start.py is installing; wait until it is done, then start again.",
    ),
    "busy": (
        "Không ghi được vào .venv ({error}). Hãy đóng chương trình đang chạy rồi thử lại.",
        "Cannot write to .venv ({error}). Close the running program, then try again.",
    ),
    "step_failed": ("Không làm được: {step}. Cuối nhật ký:", "Could not do: {step}. End of its log:"),
    "offline": (
        "Nếu máy không có mạng: trên một máy có mạng, cùng hệ điều hành và cùng phiên bản Python, chạy\n"
        "  {python} -m pip download --only-binary :all: -r constraints/{which}.txt -d wheels\n"
        "chép thư mục wheels sang đặt cạnh start.py rồi chạy lại, hoặc dùng --wheels THƯ_MỤC.",
        "If this machine has no network: on a connected one with the same system and Python version, run\n"
        "  {python} -m pip download --only-binary :all: -r constraints/{which}.txt -d wheels\n"
        "copy the folder wheels beside start.py and start again, or use --wheels DIR.",
    ),
    "wheels_incomplete": (
        "Đang cài từ {wheels} và không dùng mạng: thư mục này thiếu gói cho máy này hoặc có gói bị sửa.",
        "Installing from {wheels}, offline: it lacks a package for this machine, or one has been altered.",
    ),
    "no_wheels": ("Không có gói .whl nào trong {wheels}.", "There is no .whl file in {wheels}."),
    "plan": ("Phương án cơ sở ({scenario}):", "The baseline plan ({scenario}):"),
    "plan_failed": (
        "Không lập được phương án cơ sở (mã {code}); vẫn mở ứng dụng.",
        "The baseline plan could not be made (code {code}); opening the app all the same.",
    ),
    "already": ("Ứng dụng đang chạy sẵn tại {address}", "The app is already running at {address}"),
    "port_taken": (
        "Cổng {port} đang có chương trình khác dùng. Chọn cổng khác bằng --port, hoặc bỏ --port.",
        "Port {port} is used by another program. Choose another with --port, or leave --port out.",
    ),
    "no_port": (
        "Các cổng {first} đến {last} đều bận. Chọn cổng khác bằng --port.",
        "Ports {first} to {last} are all taken. Choose another with --port.",
    ),
    "serving": (
        "Ứng dụng đang chạy tại {address} (Ctrl-C để dừng)",
        "The app is running at {address} (Ctrl-C to stop)",
    ),
    "app_failed": ("Ứng dụng dừng với mã {code}.", "The app stopped with code {code}."),
    "stopped": ("Đã dừng.", "Stopped."),
    "interrupted": (
        "Đã ngắt giữa chừng. Chạy lại lúc nào cũng được.",
        "Interrupted. It is safe to start again.",
    ),
    "summary": ("Tóm tắt:", "Summary:"),
    "passed": ("đạt", "passed"),
    "failed": ("KHÔNG ĐẠT (mã {code})", "FAILED (code {code})"),
}


class StartError(Exception):
    """A mishap with a message for the reader; the program ends with its exit code."""

    def __init__(self, text, code=NOT_STARTED):
        super().__init__(text)
        self.code = code


class Voice:
    """Says the messages in one language."""

    def __init__(self, lang):
        self.lang = lang
        self.index = ("vi", "en").index(lang)

    def text(self, key, **values):
        return MESSAGES[key][self.index].format(**values)

    def say(self, key, **values):
        print(self.text(key, **values), flush=True)


def language_of(chosen, environ):
    """Vietnamese unless asked for English, by option or by the LANG of the terminal."""
    return chosen or ("en" if environ.get("LANG", "").lower().startswith("en") else "vi")


# ------------------------------------------------------------------ the stamp


def digest(*parts):
    """A hash in which the borders between the parts count."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def wanted_stamp(root, which):
    """What the stamp says once the packages of `which` (runtime, test) and the project are in place.

    The path counts because an environment cannot be moved; the project apart from the packages, so
    that a change of settings in pyproject.toml costs two seconds and not a whole installation.
    """
    interpreter = (platform.python_implementation(), sys.version_info[:2], sys.platform, platform.machine())
    here = repr((str(root), *interpreter)).encode()
    # The test packages contain the runtime ones with the same pins.
    kinds = ("runtime", "test") if which == "test" else ("runtime",)
    stamp = {k: digest((root / "constraints" / f"{k}.txt").read_bytes(), here) for k in kinds}
    stamp["project"] = digest((root / "pyproject.toml").read_bytes(), here)
    return stamp


def read_stamp(path):
    """What is known to be in place; a missing or torn stamp knows nothing."""
    try:
        stamp = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(path, stamp):
    """All or nothing, and always the last step of an installation."""
    fresh = path.with_suffix(".tmp")
    fresh.write_text(json.dumps(stamp), encoding="utf-8")
    fresh.replace(path)


def steps_needed(found, wanted):
    """The names of the steps between the stamp found and the stamp wanted, in order."""
    missing = {kind for kind in wanted if found.get(kind) != wanted[kind]}
    if not missing:
        return []
    if missing == {"project"}:
        return ["project"]
    # A sound runtime environment can grow; anything else may be half-written and is made anew.
    grows = "runtime" not in missing
    return ["packages", "project"] if grows else ["environment", "packages", "project"]


# ------------------------------------------------------------------ the environment


def python_in(environment):
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


LEADS_ASTRAY = {
    *("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONWARNINGS"),
    *("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_BREAK_SYSTEM_PACKAGES"),
}


def clean_environ(environ):
    """Without what would lead pip or Python away from our own environment; mirrors stay."""
    kept = {k: v for k, v in environ.items() if k.upper() not in LEADS_ASTRAY}
    kept.update(PYTHONUTF8="1", PYTHONNOUSERSITE="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    # An explicit "no": a user's own pip settings may ask for --user, which fails inside an environment.
    kept["PIP_USER"] = "0"
    return kept


def succeeds(command):
    """Whether a short command ends well; its output does not matter."""
    try:
        done = subprocess.run(
            [str(c) for c in command],
            env=clean_environ(os.environ),
            capture_output=True,
            stdin=subprocess.DEVNULL,
        )
    except OSError:
        return False
    return done.returncode == 0


def pip_command(environment):
    """The pip of the environment, else the starting Python's pip pointed at it, else None."""
    python = python_in(environment)
    own = [python, "-m", "pip"]
    lent = [sys.executable, "-m", "pip", "--python", python]
    return next((c for c in (own, lent) if succeeds([*c, "--version"])), None)


def make_environment(environment, voice):
    """A fresh environment, with pip where ensurepip is there and without it where it is not."""
    step = voice.text("make_environment")
    print(step, flush=True)
    try:
        if environment.exists():
            shutil.rmtree(environment)
    except OSError as error:
        raise StartError(voice.text("busy", error=error)) from error
    make = [sys.executable, "-m", "venv", "--clear"]
    if succeeds([*make, environment]):
        return
    try:
        run_quietly([*make, "--without-pip", environment], step, voice)
    except StartError as error:
        raise StartError(f"{error}\n\n{voice.text('no_pip')}") from error


def package_arguments(constraints, wheels):
    """pip's arguments: exact, hashed, never compiled on the spot; offline if there are wheels."""
    arguments = ["install", "--require-hashes", "--only-binary", ":all:", "--retries", "2"]
    if wheels:
        arguments += ["--no-index", "--find-links", str(wheels)]
    return [*arguments, "-r", str(constraints)]


# Editable installs and hashes do not go together, so the project is a step of its own.
PROJECT_ARGUMENTS = ["install", "--no-index", "--no-build-isolation", "--no-deps", "--editable", "."]


def run_quietly(command, step, voice):
    """Run a long step: a line now and then while it lasts, its own output only if it fails."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [str(c) for c in command],
            cwd=str(ROOT),
            env=clean_environ(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            close_fds=False,  # hands on the lock, see alone()
        )
        with ended_with_us(process):
            wait_with_progress(process, voice)
        if process.returncode:
            log.seek(0)
            tail = [line[:200] for line in log.read().decode("utf-8", "replace").splitlines()[-15:]]
            raise StartError("\n".join([voice.text("step_failed", step=step), *tail]))


def wait_with_progress(process, voice, every=10):
    began = time.monotonic()
    while True:
        try:
            process.wait(every)
            return
        except subprocess.TimeoutExpired:
            voice.say("elapsed", seconds=round(time.monotonic() - began))


@contextlib.contextmanager
def alone(path, voice):
    """One installation at a time; the system drops the lock when its holders end, however they end."""
    with path.open("w") as handle:
        # A pip that outlives us (we were killed) goes on holding the lock until it is done.
        os.set_inheritable(handle.fileno(), True)
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            raise StartError(voice.text("another")) from error
        except OSError:
            pass  # a file system without locks: as good as we can do there
        yield


def prepare(which, wheels, voice):
    """Bring the environment to what `which` needs; no work at all when the stamp says it is there."""
    found, wanted = read_stamp(STAMP), wanted_stamp(ROOT, which)
    if not succeeds([python_in(ENVIRONMENT), "-c", "pass"]):
        found = {}
    steps = steps_needed(found, wanted)
    if not steps:
        return
    with alone(LOCK, voice):
        # From here until the last line the environment counts as half-made.
        with contextlib.suppress(OSError):
            STAMP.unlink()
        install(steps, which, wheels, voice)
        kept = {} if "environment" in steps else found
        write_stamp(STAMP, {**kept, **wanted})


def install(steps, which, wheels, voice):
    if "environment" in steps:
        make_environment(ENVIRONMENT, voice)
    pip = pip_command(ENVIRONMENT)
    if pip is None:
        raise StartError(voice.text("no_pip"))
    if "packages" in steps:
        install_packages(pip, which, wheels, voice)
    voice.say("install_project")
    run_quietly([*pip, *PROJECT_ARGUMENTS], voice.text("install_project"), voice)


def install_packages(pip, which, wheels, voice):
    constraints = ROOT / "constraints" / f"{which}.txt"
    voice.say("install_packages")
    try:
        run_quietly([*pip, *package_arguments(constraints, wheels)], voice.text("install_packages"), voice)
    except StartError as error:
        python = "py" if os.name == "nt" else "python3"
        hint = voice.text("wheels_incomplete", wheels=wheels) + "\n" if wheels else ""
        raise StartError(f"{error}\n\n{hint}{voice.text('offline', python=python, which=which)}") from error


def wheel_folder(chosen, root, voice):
    """The folder asked for, else `wheels` beside start.py if it holds wheels, else None (the network)."""
    folder = Path(chosen).expanduser().resolve() if chosen else root / "wheels"
    if any(folder.glob("*.whl")):
        return folder
    if chosen:
        raise StartError(voice.text("no_wheels", wheels=folder))
    return None


# ------------------------------------------------------------------ the app


def address_of(port):
    return f"http://127.0.0.1:{port}"


def is_free(port):
    """Whether a server could listen here. Binding tells at once; a refused call takes seconds on Windows."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def is_ours(port, timeout=1.0):
    """Whether our own app answers on this port. Asked directly: no proxy, no following of redirects."""
    call = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    with contextlib.closing(call):
        try:
            call.request("GET", HEALTH_PATH)
            answer = call.getresponse()
            return answer.status == 200 and answer.read(64).strip() == HEALTH_ANSWER.encode()
        except (OSError, http.client.HTTPException):
            return False  # nobody there, or somebody who speaks another language


def choose_port(ports):
    """(port, ours): the port where ours already runs, else the first free one, else (None, False)."""
    taken = [p for p in ports if not is_free(p)]
    running = next((p for p in taken if is_ours(p)), None)
    if running is not None:
        return running, True
    return next((p for p in ports if p not in taken), None), False


def has_screen(environ, system):
    """Whether a browser window could be seen by whoever started us."""
    if "SSH_CONNECTION" in environ:
        return False
    if system in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def show(port, browser):
    if browser and has_screen(os.environ, sys.platform):
        webbrowser.open(address_of(port))


@contextlib.contextmanager
def ended_with_us(process):
    """However we leave, the child does not stay behind."""
    try:
        yield
    finally:
        if process.poll() is None:
            # After Ctrl-C the child was told by the terminal too: let it end in its own way first.
            with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                process.wait(3)
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
        if process.poll() is None:
            process.kill()
            process.wait()


def program(*arguments):
    return [str(python_in(ENVIRONMENT)), "-m", "prioritizer", *arguments]


def show_plan(voice):
    scenario = "scenarios/baseline.yaml"
    voice.say("plan", scenario=scenario)
    command = program("plan", scenario, "--lang", voice.lang)
    done = subprocess.run(command, cwd=str(ROOT), env=clean_environ(os.environ))
    if done.returncode:
        voice.say("plan_failed", code=done.returncode)


def serve(port, browser, voice):
    """Run the app until it is stopped; say its address once it really answers."""
    command = program("app", "--port", str(port), "--no-browser", "--lang", voice.lang)
    process = subprocess.Popen(command, cwd=str(ROOT), env=clean_environ(os.environ))
    with ended_with_us(process):
        patience = time.monotonic() + 60
        while process.poll() is None and not is_ours(port) and time.monotonic() < patience:
            time.sleep(0.2)
        if process.poll() is None:
            voice.say("serving", address=address_of(port))
            show(port, browser)
        code = process.wait()
    if code:
        raise StartError(voice.text("app_failed", code=code), FAILED)
    return 0


def run(options, voice):
    wheels = wheel_folder(options.wheels, ROOT, voice)
    # The port first: an app that already runs needs no installation, and must not lose its packages.
    port, ours = choose_port([options.port] if options.port else PORTS)
    if port is None:
        key = "port_taken" if options.port else "no_port"
        raise StartError(voice.text(key, port=options.port, first=PORTS[0], last=PORTS[-1]))
    if ours:
        voice.say("already", address=address_of(port))
        show(port, not options.no_browser)
        return 0
    prepare("runtime", wheels, voice)
    show_plan(voice)
    try:
        return serve(port, not options.no_browser, voice)
    except KeyboardInterrupt:
        voice.say("stopped")
        return 0


# ------------------------------------------------------------------ the checks


def check_commands(pytest_arguments):
    """Each check by name; pytest last, so that its closing lines stand at the end."""
    layers = "from importlinter.cli import lint_imports_command as check; check()"
    return {
        "ruff check": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "mypy": ["-m", "mypy"],
        "lint-imports": ["-c", layers],
        "pytest": ["-m", "pytest", "-n", "auto", "--dist", "worksteal", *pytest_arguments],
    }


def test(options, pytest_arguments, voice):
    """Every check runs even if one before it failed."""
    prepare("test", wheel_folder(options.wheels, ROOT, voice), voice)
    python, codes = str(python_in(ENVIRONMENT)), {}
    for name, command in check_commands(pytest_arguments).items():
        print(f"\n== {name}", flush=True)
        done = subprocess.run([python, *command], cwd=str(ROOT), env=clean_environ(os.environ))
        codes[name] = done.returncode
    print(f"\n{voice.text('summary')}")
    for name, code in codes.items():
        print(f"  {name:<14}{voice.text('failed' if code else 'passed', code=code)}")
    return FAILED if any(codes.values()) else 0


# ------------------------------------------------------------------ the command line


def port_number(text):
    port = int(text)
    if not 1024 <= port <= 65535:
        raise argparse.ArgumentTypeError("1024..65535")
    return port


def parsers():
    """The parser of `start.py` and that of `start.py test`."""
    common = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    common.add_argument("--wheels", metavar="DIR", help="cài không cần mạng / install offline from DIR")
    common.add_argument("--lang", choices=("vi", "en"), help="ngôn ngữ / language")
    run_parser = argparse.ArgumentParser(
        prog="start.py",
        parents=[common],
        allow_abbrev=False,
        description="Mở ứng dụng / open the app.",
        epilog="start.py test [...]: chạy mọi kiểm tra / run every check; more arguments go to pytest.",
    )
    run_parser.add_argument("--no-browser", action="store_true", help="không mở trình duyệt / no browser")
    run_parser.add_argument("--port", type=port_number, help="cổng / port (8501..8520)")
    test_parser = argparse.ArgumentParser(
        prog="start.py test",
        parents=[common],
        allow_abbrev=False,
        description="Chạy mọi kiểm tra / run every check; other arguments go to pytest.",
    )
    return run_parser, test_parser


def main(arguments):
    for stream in (sys.stdout, sys.stderr):
        # A Windows pipe or an old terminal would otherwise break on Vietnamese letters.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    run_parser, test_parser = parsers()
    testing = arguments[:1] == ["test"]
    if testing:
        options, rest = test_parser.parse_known_args(arguments[1:])
    else:
        options, rest = run_parser.parse_args(arguments), []
    voice = Voice(language_of(options.lang, os.environ))
    # A polite end (closing the session, a service manager) takes the same path as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return test(options, rest, voice) if testing else run(options, voice)
    except StartError as error:
        print(error, file=sys.stderr, flush=True)
        return error.code
    except KeyboardInterrupt:
        voice.say("interrupted")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
