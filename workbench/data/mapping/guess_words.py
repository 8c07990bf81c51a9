"""Vocabularies of column names in sales exports, in several languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


REP = _words(
    "rep reps agent resource officer handler clerk "
    "salesperson salesman seller owner representative employee caller advisor consultant "
    "assigned user sdr bdr ae executive staff associate vendedor comercial verkaufer verkaeufer mitarbeiter "
    "berater vendeur commercial conseiller venditore agente handlowiec przedstawiciel medewerker verkoper "
    "менеджер продавец сотрудник 担当 担当者 営業 销售 业务员"
)
NOT_REP = _words("customer client account company product manager contact lead region territory reseller supplier")
DATE = _words(
    "date day time timestamp datetime at on month week created engage opened start started logged called "
    "closed datum tag monat woche zeit fecha dia mes hora jour mois heure giorno mese дата день месяц время 日付 "
    "日時 年月日 日期 时间"
)
LATER = _words("close closed closing end ended due back next modified updated expected planned birth hire hired follow")
AMOUNT = _words(
    "value amount sales revenue total price net gross arr mrr acv tcv bookings booking usd eur gbp turnover "
    "fee fees premium deal umsatz betrag wert erlos importe monto ventas valor montant chiffre ventes importo "
    "fatturato сумма выручка продажи 金額 売上 金额 销售额"
)
TARGET = _words("target quota plan goal budget soll ziel objetivo objectif план 目標 目标")
COST = _words("cost costs unit list discount tax rate percent kosten")
SECONDS = _words("seconds second secs sec duration minutes minute mins min talk length dauer duree duracion")
STATUS = _words(
    "stage status state outcome disposition result resultado ergebnis statut statuts phase этап статус ステータス 状态"
)
CASE = _words("case deal opportunity application ticket account order loan lead project fall vorgang")
ACTIVITY = _words("activity event step task action aktivitat actividad activite")
ID = _words("id key number no nr nummer uuid guid code ref reference numero номер 番号 编号")
OTHERS_ID = _words(
    "phone phones telephone tel mobile cell fax telefon telefonnummer phonenumber handy whatsapp dialed dialled called "
    "callee caller cli to from destination contact contacts kontakt account accounts customer customers client clients "
    "kunde kunden cliente company address adresse direccion email emails mail"
)
"""What says whom a row was about: the same number twice is two calls, no row that repeats another."""
NAME = _words("name fullname salesperson names имя фио 氏名 名前 姓名")
START = _words("start hire hired joined begin since eintritt from")
END = _words("end left terminated termination until exit leave austritt to")
FILE_NOISE = _words(
    "sheet report table pivot export data monthly weekly overview tab month months year reps rep team of the final "
    "copy new jan feb mar apr may jun jul aug sep oct nov dec"
)
WON = ("won", "closed won", "gewonnen", "gagné", "ganado", "vinto", "sale", "sold", "выиграна", "成約", "赢单")
AGREED = ("accepted", "signed", "payment done", "paid", "approved", "angenommen", "unterschrieben", "подписан")
LISTS = _words("account accounts company companies client clients contact contacts customer customers product products")
LOST = ("lost", "closed lost", "verloren", "perdu", "perdido", "perso", "проиграна", "失注", "输单")


def name_words(name: str) -> tuple[str, ...]:
    """Split a column name into words in lower case without accents: ``EmployeeKey`` gives employee, key."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    plain = unicodedata.normalize("NFKD", spaced)
    lower = "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold()
    return tuple(re.findall(r"[^\W_]+", lower))


def has_word(name: str, vocabulary: Iterable[str]) -> bool:
    """Whether a column name contains a word of a vocabulary."""
    return not set(vocabulary).isdisjoint(name_words(name))


def readable_name(name: str) -> str:
    """Turn a column name into a label: ``close_value`` and ``CloseValue`` give ``Close value``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    words = re.sub(r"[\s_]+", " ", spaced).strip()
    return words[:1].upper() + " ".join(w if w.isupper() else w.lower() for w in words[1:].split(" "))
