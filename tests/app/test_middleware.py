"""Headers, hosts, the page's language and health, asked of the middleware itself."""

import asyncio
import gzip

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from prioritizer.ui.serving import assets, middleware, serve

PAGE = '<!doctype html><html lang="en"><head><title>x</title></head><body>é</body></html>'


async def _page(request):
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            gzip.compress(PAGE.encode()), media_type="text/html", headers={"content-encoding": "gzip"}
        )
    return HTMLResponse(PAGE, headers={"etag": "abc"})


async def _asset(request):
    return PlainTextResponse(request.headers.get("accept-encoding", "none"))


def ask(path, **headers):
    """Status, headers and body of one request through the whole stack."""
    app = Starlette(
        routes=[*middleware.routes(), Route("/asset", _asset), Route("/{rest:path}", _page)],
        middleware=middleware.stack(),
    )
    given = {
        "host": "localhost:8501",
        "accept": "text/html",
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    path, _, query = path.partition("?")
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": query.encode(), "scheme": "http",
        "headers": [(k.encode(), v.encode()) for k, v in given.items()], "server": ("127.0.0.1", 8501),
    }  # fmt: skip
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    answer = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return sent[0]["status"], answer, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize("path", ["/", "/phan-bo", "/asset", middleware.HEALTH_PATH, assets.STYLE_PATH])
def test_every_answer_has_the_safe_headers(path):
    _, headers, _ = ask(path)
    policy = headers["content-security-policy"]
    for rule in (
        "script-src 'self';",
        "img-src 'self' data: blob:;",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ):
        assert rule in policy
    assert "unsafe-eval" not in policy and "unsafe-inline" not in policy.split("style-src")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "lang"),
    [
        ("/", "vi"),
        ("/phan-bo", "vi"),
        ("/phan-bo?lang=en", "en"),
        ("/?lang=fr", "vi"),
        ("/?x=1&lang=en", "en"),
    ],
)
def test_the_page_names_its_language(path, lang):
    status, headers, body = ask(path, accept_encoding="gzip", if_none_match="abc")
    assert status == 200
    assert f'<html lang="{lang}"'.encode() in body
    assert assets.SCRIPT_PATH.encode() in body and assets.STYLE_PATH.encode() in body
    assert int(headers["content-length"]) == len(body)
    assert headers["cache-control"] == "no-store" and "etag" not in headers


def test_what_is_not_a_page_keeps_its_compression():
    assert ask("/asset", accept="*/*", accept_encoding="gzip")[2] == b"gzip"


@pytest.mark.parametrize("host", ["evil.example", "192.168.1.5:8501", "localhost.evil.example", ""])
@pytest.mark.parametrize("path", ["/", middleware.HEALTH_PATH])
def test_a_foreign_host_is_refused(host, path):
    assert ask(path, host=host)[0] == 400


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "127.0.0.1"])
def test_health_answers_with_our_name(host):
    assert ask(middleware.HEALTH_PATH, host=host)[::2] == (200, b"prioritizer")


def test_the_command_line_repeats_the_safe_settings():
    line = serve.arguments(8599, browser=False)
    assert line[:2] == ["run", str(serve.app_file())] and serve.app_file().is_file()
    for flag in (
        "--server.address=127.0.0.1", "--server.port=8599", "--server.headless=true",
        "--browser.gatherUsageStats=false", "--client.showErrorDetails=none",
        "--client.disableDataExport=true", "--server.enableAgentApi=false",
        "--client.toolbarMode=minimal", "--theme.baseFontSize=18", "--theme.primaryColor=#0b57a4",
    ):  # fmt: skip
        assert flag in line


def test_the_command_line_and_the_file_say_the_same():
    import tomllib

    text = (serve.app_file().parent / ".streamlit/config.toml").read_text(encoding="utf-8")
    file = {
        f"{part}.{key}": value
        for part, values in tomllib.loads(text).items()
        for key, value in values.items()
    }
    file.pop("server.headless")
    assert file.items() <= {k: v for k, v in serve.SAFE_SETTINGS.items() if k in file}.items()


@pytest.mark.parametrize("option", serve.SAFE_SETTINGS)
def test_the_installed_streamlit_knows_each_setting(option):
    from streamlit import config

    assert option in config.get_config_options()
