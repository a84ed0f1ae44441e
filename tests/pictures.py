"""Pictures of every page for the documents: ``python -m tests.pictures`` (needs Chromium).

1280 by 720, as on a projector, in both languages, into ``docs/pictures/<language>``.
"""

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from prioritizer import locale
from tests.browser.looking import VIEWPORT, views
from tests.serving import ROOT, served

FOLDER = ROOT / "docs" / "pictures"


def main() -> None:
    """All of them, in the place of those before."""
    with tempfile.TemporaryDirectory() as own, served(Path(own)) as address, sync_playwright() as playwright:
        for lang in locale.LANGS:
            shutil.rmtree(FOLDER / lang, ignore_errors=True)
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox", f"--lang={lang}"],
                env={**os.environ, "LANGUAGE": lang},
            )
            page = browser.new_page(viewport=VIEWPORT)
            for name, place in views(page, address, lang):
                page.screenshot(path=FOLDER / lang / f"{name}{f'-{place + 1}' if place else ''}.png")
            browser.close()


if __name__ == "__main__":
    main()
