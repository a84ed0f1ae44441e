"""Opens the app on one part of a page, and reads what is there."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from prioritizer.ui import shell

ROOT = Path(__file__).resolve().parents[2]
PAGES = {name: path for name, path, _ in shell._PAGES}


def opened(page, part, **address):
    """The app on one part of a page, opened by its address."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(PAGES[page]).run()
    if part != app.segmented_control(key=f"{page}-part").value:
        app.segmented_control(key=f"{page}-part").set_value(part).run()
    assert not app.exception and "Mã lỗi" not in said(app)
    return app


def tables(app, *columns):
    """The grids that have all of ``columns``."""
    return [grid.value for grid in app.dataframe if set(columns) <= set(grid.value.columns)]


def said(app):
    """Everything in words on the page."""
    kinds = (
        app.header,
        app.subheader,
        app.markdown,
        app.caption,
        app.error,
        app.warning,
        app.info,
        app.success,
    )
    return "\n".join(element.value for kind in kinds for element in kind)


def in_tables(app):
    """Everything in the plain tables, one text."""
    return "\n".join(str(cell) for table in app.table for cell in table.value.to_numpy().ravel())
