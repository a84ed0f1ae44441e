"""What every HTTP answer of the app goes through: host check, safe headers, the page's language, health.

Streamlit writes ``<html lang="en">`` and no security headers; both are mended here, on the way out.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from prioritizer.ui.serving import assets

HEALTH_PATH = "/suc-khoe"
HOSTS = ("localhost", "127.0.0.1")

# Scripts come from this server alone and pictures never from outside, so that nothing in an imported
# text can call out. Styles stay inline because Streamlit writes them so.
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = (
    ("content-security-policy", _POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
)
_OURS = (
    f'<link rel="stylesheet" href="{assets.STYLE_PATH}"><script src="{assets.SCRIPT_PATH}"></script>'
).encode()


class Guarded:
    """Adds the safe headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(dict(_HEADERS))
            await send(message)

        await self.app(scope, receive, send_with_headers)


class InLanguage:
    """Writes the address's language (``?lang=en``, else Vietnamese) into the HTML of a page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def rewritten(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                await _send_whole(send, start, bytes(body), _language(scope))

        await self.app(_plainly(scope), receive, rewritten)


def stack() -> list[Middleware]:
    """The middleware of the app, outermost first."""
    return [
        Middleware(Guarded),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS)),
        Middleware(InLanguage),
    ]


def routes() -> list[BaseRoute]:
    """The paths that are ours: health, by which a launcher knows this app; script and style sheet."""
    return [
        Route(HEALTH_PATH, _health),
        Route(assets.SCRIPT_PATH, _script),
        Route(assets.STYLE_PATH, _style),
    ]


async def _health(request: Request) -> Response:
    return PlainTextResponse("prioritizer")


async def _script(request: Request) -> Response:
    return Response(assets.SCRIPT, media_type="text/javascript")


async def _style(request: Request) -> Response:
    return Response(assets.STYLE, media_type="text/css")


def _language(scope: Scope) -> str:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])
    return "en" if asked[-1] == "en" else "vi"


def _plainly(scope: Scope) -> Scope:
    """The request without compression (a compressed page cannot be rewritten) and without conditions
    (one address has a page in two languages, so "not modified" could mean the other one)."""
    unwanted = (b"accept-encoding", b"if-none-match", b"if-modified-since")
    return {**scope, "headers": _without(scope["headers"], unwanted)}


def _without(headers: Iterable[tuple[bytes, bytes]], names: tuple[bytes, ...]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.lower() not in names]


async def _send_whole(send: Send, start: Message, body: bytes, lang: str) -> None:
    headers = MutableHeaders(scope=start)
    if headers.get("content-type", "").startswith("text/html"):
        body = body.replace(b'<html lang="en"', f'<html lang="{lang}"'.encode(), 1)
        body = body.replace(b"</head>", _OURS + b"</head>", 1)
        headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-store"
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
    await send(start)
    await send({"type": "http.response.body", "body": body})
