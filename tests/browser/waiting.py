"""Waiting for the app itself, where a test is not about a hand that is quicker than the page."""

from __future__ import annotations

from contextlib import suppress
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, Locator, Page, TimeoutError, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

APP_SOCKET = "_stcore/stream"
TRIES, PATIENCE = 5, 5_000  # milliseconds that a list may take to open
EFFECTS_ARE_DONE = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done()));
  setTimeout(done, 500); // a tab that is not seen has no frames
})"""


class Conversation:
    """What one tab and the server have said to each other: whether an answer is still to come.

    A page that has not begun to be drawn anew looks just like one that is done, so its looks do not tell.
    """

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self._asked = self._running = False
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    @property
    def busy(self) -> bool:
        return (self._asked or self._running) and not self.socket.is_closed()

    def _sent(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self._asked = True

    def _received(self, frame: str | bytes) -> None:
        if not isinstance(frame, bytes):
            return
        message = ForwardMsg.FromString(frame)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._asked, self._running = False, True
        elif kind == "script_finished":
            self._running = False
            self._asked |= message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


_conversations: WeakKeyDictionary[Page, Conversation] = WeakKeyDictionary()


def listen(context: BrowserContext) -> None:
    """Follow what the tabs of a visitor and the server say to each other, so that ``settled`` knows."""

    def remember(page: Page, socket: WebSocket) -> None:
        if APP_SOCKET in socket.url:
            _conversations[page] = Conversation(socket)

    context.on("page", lambda page: page.on("websocket", lambda socket: remember(page, socket)))


def settled(page: Page) -> None:
    """Wait until every answer to what was done has come and is drawn to its end."""
    app = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    app.wait_for()
    page.evaluate(EFFECTS_ARE_DONE)
    conversation = _conversations[page]
    while conversation.busy:
        conversation.socket.wait_for_event("framereceived")
        if not conversation.busy:
            page.evaluate(EFFECTS_ARE_DONE)
    app.wait_for()
    page.locator("[data-stale=true]").first.wait_for(state="detached")


def press(page: Page, name: str, place: int = 0) -> None:
    """Press the button with that name, and wait for all that follows."""
    page.get_by_role("button", name=name, exact=True).nth(place).click()
    settled(page)


def pick(page: Page, name: str) -> None:
    """Pick one of several by its label, and wait for all that follows."""
    choice = page.get_by_role("radio", name=name, exact=True)
    choice.click()
    settled(page)


def choose(page: Page, box: Locator, option: str) -> None:
    """Choose from a list by typing its words; type again where a late drawing closed the list, as a person would."""
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(TRIES):
        settled(page)
        box.fill("")
        box.press_sequentially(option)
        with suppress(TimeoutError):
            wanted.wait_for(timeout=PATIENCE)
            break
    expect(wanted).to_be_visible()
    box.press("Enter")
    settled(page)
