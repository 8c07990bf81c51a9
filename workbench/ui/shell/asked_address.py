"""Lead whoever signs in to the address that was asked for: Streamlit leads everybody to Start, which loses the link.

On the way to the provider the address is put into a cookie of the browser; on the way back it takes the place of Start.
"""

from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "kpi_workbench_asked"
LOGIN, LOGOUT, BACK = "/auth/login", "/auth/logout", "/oauth2callback"
_SECONDS, _LONGEST = 900, 2_000


class AskedAddress:
    """ASGI middleware; it looks at the two addresses of signing in and touches nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"] if scope["type"] == "http" else ""
        if path.endswith(LOGIN):
            asked = page_address(Headers(scope=scope).get("referer", ""))

            async def remember(message: Message) -> None:
                if message["type"] == "http.response.start" and asked:
                    _set_cookie(message, quote(asked, safe=""), _SECONDS)
                await send(message)

            await self.app(scope, receive, remember)
        elif path.endswith(BACK):
            wanted = page_address(_cookie_of(Headers(scope=scope)))

            async def lead_there(message: Message) -> None:
                if message["type"] == "http.response.start" and wanted and 300 <= message["status"] < 400:
                    MutableHeaders(scope=message)["location"] = wanted
                    _set_cookie(message, "", 0)
                await send(message)

            await self.app(scope, receive, lead_there)
        else:
            await self.app(scope, receive, send)


def page_address(address: str) -> str:
    """Return the path and query of an address of a page, whatever host it names; empty where it can be none of ours.

    A browser reads ``//host`` and backslashes as another host: no address may lead away from the app.
    """
    try:
        found = urlsplit(address)
    except ValueError:
        return ""
    path = found.path
    if not path.startswith("/") or path.startswith("//") or "\\" in path or not address.isprintable():
        return ""
    if path.endswith((LOGIN, LOGOUT, BACK)) or len(address) > _LONGEST:
        return ""
    return f"{path}?{found.query}" if found.query else path


def _cookie_of(headers: Headers) -> str:
    cookie = SimpleCookie(headers.get("cookie", ""))
    return unquote(cookie[COOKIE].value) if COOKIE in cookie else ""


def _set_cookie(message: Message, value: str, seconds: int) -> None:
    headers = MutableHeaders(scope=message)
    headers.append("set-cookie", f"{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax")
