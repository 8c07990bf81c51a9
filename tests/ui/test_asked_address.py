"""Whoever signs in comes to the address that was asked for, and never to another site."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from workbench.ui.shell.asked_address import COOKIE, AskedAddress, page_address

ANSWERS = {"/auth/login": "https://provider.example/authorize", "/oauth2callback": "/"}


async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers as Streamlit does: away to the provider, and back to Start."""
    leads = ANSWERS.get(scope["path"])
    headers = [(b"location", leads.encode())] if leads else []
    await send({"type": "http.response.start", "status": 302 if leads else 200, "headers": headers})


def ask(path: str, **headers: str) -> dict[str, str]:
    """The headers of the answer."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    asyncio.run(AskedAddress(streamlit)(scope, receive, send))
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_the_link_is_opened_after_signing_in_once() -> None:
    link = "/options?data=quotes-desk&design=0123456789ab&note=a%20b"
    away = ask("/auth/login", referer=f"http://kpis.example{link}")
    assert away["location"] == ANSWERS["/auth/login"]
    assert {"HttpOnly", "SameSite=Lax"} <= {*away["set-cookie"].split("; ")}
    back = ask("/oauth2callback", cookie=f"other=1; {away['set-cookie'].partition(';')[0]}")
    assert back["location"] == link
    assert back["set-cookie"].startswith(f"{COOKIE}=; Path=/; Max-Age=0"), "it is for once"


def test_without_a_link_everything_is_as_before() -> None:
    assert ask("/oauth2callback") == {"location": "/"}
    assert ask("/auth/login") == {"location": ANSWERS["/auth/login"]}
    assert ask("/options", referer="http://kpis.example/data", cookie=f"{COOKIE}=/x") == {}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://a.example/data?x=1", "/data?x=1"),
        ("/data", "/data"),
        ("http://a.example//evil.example/x", ""),
        ("//evil.example/x", "/x"),
        ("/\\evil.example", ""),
        ("http://a.example/auth/login?p=1", ""),
        ("http://a.example/auth/logout", ""),
        ("http://a.example/base/oauth2callback", ""),
        ("javascript:alert(1)", ""),
        ("/a\r\nset-cookie: x", ""),
        ("/" + "a" * 3_000, ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_an_address_never_leads_away(address: str, expected: str) -> None:
    assert page_address(address) == expected
