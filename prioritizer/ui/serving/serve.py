"""Starts the app on this machine alone.

The safe settings stand here as well as in ``.streamlit/config.toml`` and go on the command line, which
wins over files and environment: a missing or changed file cannot undo them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from streamlit.web import cli

from prioritizer import pipeline
from prioritizer.ui.office import jobs

ADDRESS = "127.0.0.1"

SAFE_SETTINGS: dict[str, Any] = {
    "server.address": ADDRESS,
    "server.allowedHosts": ["localhost", ADDRESS],
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 20,
    "server.maxMessageSize": 50,
    "server.disconnectedSessionTTL": 3600,  # a projector sleeps longer than the usual two minutes
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.showEmailPrompt": False,
    "browser.gatherUsageStats": False,
    "browser.serverAddress": ADDRESS,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.disableDataExport": True,  # its CSV lets a cell start a formula; ours does not
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,  # a tenth of a second after every run; Python collects by itself
    "global.developmentMode": False,
    "logger.hideWelcomeMessage": True,  # English; the command says the address itself
    "theme.baseFontSize": 18,
    "theme.primaryColor": "#0b57a4",  # Streamlit's red is too pale for text on its tint
}


def app_file() -> Path:
    """The app's script, beside the package in a checkout."""
    return Path(__file__).resolve().parents[3] / "app.py"


def arguments(port: int, browser: bool) -> list[str]:
    """The command line for Streamlit."""
    settings = {**SAFE_SETTINGS, "server.port": port, "server.headless": not browser}
    flags = [
        f"--{name}={str(one).lower() if isinstance(one, bool) else one}"
        for name, value in settings.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return ["run", str(app_file()), *flags]


def serve(port: int, browser: bool, scenarios: Path | None = None) -> int:
    """Serves the app until it is stopped; opens a browser if asked and if there is a screen.

    ``scenarios``: a folder of scenarios to work in instead of the shipped one."""
    if scenarios is not None:
        pipeline.SCENARIOS = scenarios.resolve()
    jobs.office()  # its workers get ready while the browser opens
    try:
        cli.main(args=arguments(port, browser), prog_name="prioritizer", standalone_mode=False)
    except (KeyboardInterrupt, click.exceptions.Abort):  # click's word for Ctrl-C
        return 0
    except SystemExit as end:
        return int(end.code or 0)
    return 0
