"""Words of CRM and dialler exports for what a row is, how it ended, and by which channel it went."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.data.model.event_codes import CHANNEL_CODES, DISPOSITION_CODES, EventKind, normalise_code

Meanings = dict[str, str]
"""The code of ours for each phrase, written as codes are."""


def _meanings(**phrases: str) -> Meanings:
    """Index comma-separated phrases by what they mean."""
    return {normalise_code(phrase): code for code, listed in phrases.items() for phrase in listed.split(",")}


_KIND_WORDS: dict[EventKind, str] = {
    "calls": "call calls dial dials dialer dialler phonecall phonecalls anruf anrufe llamadas appels",
    "messages": "email emails mail mails message messages sms nachrichten mensajes",
    "meetings": "meeting meetings appointment appointments visit visits demo demos termin termine",
    "quotes": "quote quotes quotation quotations proposal proposals angebot angebote devis",
    "orders": "order orders invoice invoices auftrag auftrage rechnungen pedidos commandes",
}
KIND_WORDS = {kind: frozenset(listed.split()) for kind, listed in _KIND_WORDS.items()}

_CALLS = _meanings(
    no_answer="no answer,not answered,unanswered,did not answer,didn't answer,no response,no pick up,no pickup,na,"
    "no reply,rang out,nicht erreicht,keine antwort",
    voicemail="voicemail,voice mail,left voicemail,left voice mail,left a voicemail,left vm,lvm,vm,voicemail left,"
    "no voicemail left,went to voicemail,reached voicemail,answering machine,mailbox,left message on voicemail,"
    "mailbox full,voicemail full,anrufbeantworter",
    busy="busy,busy signal,line busy,busy tone,besetzt",
    dead_number="dead number,wrong number,bad number,not in service,number not in service,out of service,disconnected,"
    "disconnected number,number disconnected,invalid number,incorrect number,dead end number,dead line,"
    "number out of service,bad phone number,wrong phone number,falsche nummer",
    operator="operator,gatekeeper,gate keeper,switchboard,receptionist,reached gatekeeper,spoke to gatekeeper,"
    "gatekeeper screened,left message with receptionist,left message with gatekeeper,left live message,front desk,"
    "left message with assistant,dial by name directory,company directory",
    refused="refused,not interested,no interest,hung up,hang up,hangup,do not call,rejected,declined,"
    "do not contact,asked not to be called,dnc,kein interesse",
    callback="callback,call back,call back later,callback later,call later,callback requested,call back requested,"
    "requested callback,callback scheduled,asked to call back,ruckruf",
    conversation="conversation,connected,connect,meaningful connect,meaningful conversation,spoke,talked,interested,"
    "spoke with prospect,spoke with contact,dm spoke,spoke to dm,spoke with dm,dm reached,reached dm,pitched,"
    "pitch completed,pitch given,presentation given,spoke to prospect,spoke to contact,conversation held,"
    "had conversation,decision maker reached,spoke with decision maker,reached decision maker,positive conversation,"
    "gesprach",
    meeting_set="meeting set,meeting booked,meeting scheduled,set meeting,booked meeting,appointment set,"
    "appointment booked,appointment scheduled,demo scheduled,demo booked,demo set,set appointment,appointment,"
    "appointment made,made appointment,booked appointment,booked demo,appt set,appt booked,appt scheduled,appt,"
    "appt made,set appt,booked appt,termin vereinbart",
)
_MEETINGS = _meanings(
    held="held,completed,complete,attended,showed,show,took place,done,happened,met,stattgefunden",
    no_show="no show,noshow,not attended,did not attend,did not show,didn't show,absent,missed",
    cancelled="cancelled,canceled,cancelled by prospect,canceled by prospect,abgesagt",
    open="open,scheduled,planned,upcoming,confirmed,booked,pending,geplant",
)
_QUOTES = _meanings(
    won="won,closed won,accepted,signed,approved by customer,converted,ordered,converted to order,gewonnen,angenommen",
    lost="lost,closed lost,rejected,declined,denied,refused,not accepted,verloren,abgelehnt",
    open="open,sent,quote sent,proposal sent,presented,draft,pending,in review,needs review,submitted,delivered,"
    "awaiting response,waiting for response,negotiation,offen",
    cancelled="cancelled,canceled,withdrawn,void,voided,storniert",
)
_ORDERS = _meanings(
    won="won,closed won,completed,complete,shipped,delivered,fulfilled,paid,invoiced,activated,confirmed,geliefert",
    lost="lost,closed lost",
    open="open,draft,pending,processing,in progress,backordered,on hold,new,offen",
    cancelled="cancelled,canceled,void,voided,returned,refunded,storniert",
)
ATTENDED = {"yes": "held", "y": "held", "true": "held", "no": "no_show", "n": "no_show", "false": "no_show"}
"""The answers of a column that says whether a meeting was held."""
DISPOSITIONS: dict[EventKind, Meanings] = {
    "calls": _CALLS, "messages": {}, "meetings": _MEETINGS, "quotes": _QUOTES, "orders": _ORDERS,
}  # fmt: skip
CHANNELS: Meanings = _meanings(
    call="call,calls,phone,phone call,telephone,telephone call,outbound call,inbound call,outgoing call,cold call,"
    "dial,logged call,anruf,telefon",
    email="email,e-mail,mail,emails,email sent,outgoing email,email message,manual email,automatic email,sent email",
    social="social,linkedin,linkedin message,linkedin connect,linkedin connection,linkedin inmail,inmail,xing,"
    "social message,social media,facebook,twitter",
    text="text,sms,text message,whatsapp",
    meeting="meeting,meetings,in person,visit,site visit,appointment,face to face,termin,besuch",
)
ONLY_OF_CALLS = frozenset(("no_answer", "voicemail", "busy", "dead_number", "operator", "meeting_set"))
CODES_OF: dict[EventKind, tuple[str, ...]] = {
    "calls": DISPOSITION_CODES[:9],
    "messages": (),
    "meetings": ("held", "no_show", "cancelled", "open"),
    "quotes": ("open", "won", "lost", "cancelled"),
    "orders": ("open", "won", "lost", "cancelled"),
}
"""The outcomes that each kind of activity can have."""


def meaning_of(written: str, meanings: Meanings, codes: Iterable[str]) -> str | None:
    """Return what a file's code means; None where that is not clear.

    Of ``Connected - Not Interested`` the last part says most, then the first.
    """
    whole = re.sub(r"\s+", " ", written.strip())
    parts = [part for part in re.split(r"\s+[-–—:/|>]+\s*|[:|>]\s*", whole) if part]
    for part in (whole, *reversed(parts[1:]), *parts[:1]):
        tidy = normalise_code(part.strip(" .!()"))
        if tidy in meanings or tidy in codes:
            return meanings.get(tidy, tidy)
    return None


def outcome_meaning(written: str, kind: EventKind) -> str | None:
    """Return how a row of this kind ended, by a code of ours."""
    return meaning_of(written, DISPOSITIONS[kind], CODES_OF[kind])


def channel_meaning(written: str) -> str | None:
    """Return the channel of ours that a file's word for one means."""
    return meaning_of(written, CHANNELS, CHANNEL_CODES)
