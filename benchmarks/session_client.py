"""A browser's side of Streamlit's protocol, without a browser: open a page, let go of a weight, change the page."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

LONGEST = 180  # seconds that an answer may take
NOTHING_TOLD = {"sent": 0, "edits": 0, "steps": 0}


class SessionError(Exception):
    """The server answered with an error, or what was asked for is not on the page."""


@dataclass
class Session:
    """One session of the app at ``address``, such as ``127.0.0.1:8501``; use it as an asynchronous context."""

    address: str
    n_bytes: int = 0
    live: str = ""
    """Id of the live view of weights, once it was drawn."""
    weights: list[float] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=lambda: dict(NOTHING_TOLD))
    pages: dict[str, str] = field(default_factory=dict)
    """The hash that Streamlit gives a page, by its address."""
    seen: list[str] = field(default_factory=list)
    """Texts of the last page drawn."""
    socket: ClientConnection | None = None

    async def connect(self) -> None:
        """Connect to the server; nothing is asked yet."""
        self.socket = await connect(
            f"ws://{self.address}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None,
            open_timeout=LONGEST, ping_interval=None, compression=None,
        )  # fmt: skip

    async def close(self) -> None:
        """Leave, as by closing the tab."""
        if self.socket is not None:
            await self.socket.close()

    async def __aenter__(self) -> Session:
        await self.connect()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    async def open(self, page: str, query: str) -> float:
        """Open a page by its address; the seconds until all of it was sent."""
        message = self._message(page, query)
        message.rerun_script.page_name = page
        return await self._ask(message)

    async def change_page(self, page: str) -> float:
        """Go to another page through the navigation; the seconds until all of it was sent."""
        message = self._message(page, "")
        message.rerun_script.page_script_hash = self.pages[page]
        return await self._ask(message)

    async def release(self, page: str, weights: list[float]) -> float:
        """Let go of a weight in the live view; the seconds until all of the page was sent."""
        if not self.live:
            raise SessionError("the live view was not drawn")
        self.told = {**self.told, "sent": self.told["sent"] + 1, "edits": self.told["edits"] + 1}
        left = {"told": self.told, "weights": weights, "pinned": self.weights, "hold": None, "locked": [],
                "chosen": None}  # fmt: skip
        message = self._message(page, "")
        message.rerun_script.page_script_hash = self.pages[page]
        message.rerun_script.widget_states.widgets.add(id=self.live, json_value=json.dumps({"released": left}))
        return await self._ask(message)

    def _message(self, page: str, query: str) -> BackMsg:
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.context_info.url = f"http://{self.address}/{page}"
        message.rerun_script.context_info.timezone = "Europe/Berlin"
        message.rerun_script.context_info.locale = "en-GB"
        return message

    async def _ask(self, message: BackMsg) -> float:
        assert self.socket is not None
        self.seen = []
        began = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        async with asyncio.timeout(LONGEST):
            while not await self._take():
                pass
        return time.perf_counter() - began

    async def _take(self) -> bool:
        """Take one message; True where the page stands."""
        assert self.socket is not None
        data = await self.socket.recv(decode=False)
        self.n_bytes += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "page_not_found":
            raise SessionError("no such page")
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._look(message.delta.new_element)
        elif kind == "script_finished":
            return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False

    def _look(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise SessionError(element.exception.message)
        if kind == "alert":
            self.seen.append(element.alert.body)
        elif kind in {"markdown", "heading"}:
            self.seen.append(getattr(element, kind).body)
        elif kind == "bidi_component" and element.bidi_component.component_name.endswith("live_weights"):
            self.live = element.bidi_component.id
            shown = json.loads(element.bidi_component.json or "{}")
            if "state" in shown:
                self.weights = shown["state"]["weights"]
