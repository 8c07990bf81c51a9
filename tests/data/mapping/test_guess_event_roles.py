"""Guesses of event roles: the vocabularies of usual exports, and none where it is not clear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.real_files import real_files
from tests.samples.raw import FOLDER
from workbench.data.files.table_locations import TableLocation
from workbench.data.mapping.event_vocabulary import CODES_OF, DISPOSITIONS, channel_meaning, outcome_meaning
from workbench.data.mapping.guess import guess_dataset
from workbench.data.mapping.guess_length import says_minutes
from workbench.data.mapping.guess_role import guess_source
from workbench.data.model.dataset import EventRoles, load_dataset
from workbench.data.model.event_codes import CHANNEL_CODES, DISPOSITION_CODES

REPS = ("Ann Lee", "Bob Ray", "Cy Dee")
N = 240


def roles(folder: Path, name: str, **columns: Sequence[str]) -> EventRoles | None:
    """Guess the roles of a file; the values of a column are repeated, those of a longer one faster."""
    rows = (",".join(values[row % len(values)] for values in columns.values()) for row in range(N))
    header = ",".join(column.replace("_", " ") for column in columns)
    (folder / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    dataset, found = guess_dataset(folder, [name])
    assert dataset is not None, found
    assert guess_source(folder, TableLocation(name)).events == dataset.sources[0].events
    return dataset.sources[0].events


def moments(minutes: int = 0) -> list[str]:
    first = dt.datetime(2025, 1, 6, 8, 3) + dt.timedelta(minutes=minutes)
    return [f"{first + row * dt.timedelta(hours=5, minutes=13):%Y-%m-%d %H:%M:%S}" for row in range(N)]


DAYS = [moment[:10] for moment in moments()]
PHONES = [f"+1 555 2{n:02}-{n * 37 % 9000 + 1000}" for n in range(80)]
ACCOUNTS = [f"Firm {n}" for n in range(50)]


def test_a_salesforce_task_export(tmp_path: Path) -> None:
    found = roles(
        tmp_path, "tasks.csv", Activity_ID=[f"00T{n:05}" for n in range(N)], Assigned=REPS, Date=DAYS,
        Call_Result=("Left Voicemail", "No Answer", "Meaningful Connect", "Call Back Later", "Unqualified"),
        CallDurationInSeconds=[str(n * 7 % 300) for n in range(N)], Contact_ID=[f"003{n:04}" for n in range(90)],
        Campaign=("Spring", "Trade fair"), Created_Date=moments(30),
    )  # fmt: skip
    assert found == EventRoles(
        kind="calls", disposition="Call Result", seconds="CallDurationInSeconds", contact="Contact ID", list="Campaign",
        logged="Created Date", values={"disposition": {
            "Call Back Later": "callback", "Left Voicemail": "voicemail", "Meaningful Connect": "conversation"}},
    )  # fmt: skip


def test_the_kind_of_lead_is_not_the_list_and_a_discount_is_one_of_orders(tmp_path: Path) -> None:
    calls = {"rep": REPS, "started": moments(), "outcome": ("No Answer", "Voicemail", "Connected"), "phone": PHONES}
    of_calls = roles(tmp_path, "calls.csv", **calls, campaign=("Spring", "Fair"), lead_grade=("A", "B", "C"))
    assert of_calls is not None
    assert (of_calls.list, of_calls.lead_source) == ("campaign", "lead grade")
    alone = roles(tmp_path, "calls.csv", **calls, lead_source=("Web", "Fair", "Referral"))
    assert alone is not None
    assert (alone.list, alone.lead_source) == ("lead source", None)
    orders = {"order_id": [f"S{n}" for n in range(N)], "rep": REPS, "ordered": DAYS, "account": ACCOUNTS,
              "amount": [str(900 + n * 7) for n in range(N)]}  # fmt: skip
    found = roles(tmp_path, "orders.csv", **orders, discount=("0 %", "10 %", "15 %"))
    assert found is not None
    assert (found.kind, found.discount, found.amount) == ("orders", "discount", "amount")


@pytest.mark.parametrize(
    ("name", "in_minutes"),
    [
        ("Duration (min)", True), ("Talk minutes", True), ("call_duration_mins", True), ("Minutes", True),
        ("Dauer in Minuten", True), ("Min duration", False), ("Duration (min.sec)", False), ("Duration", False),
        ("Duration (h:min)", False), ("min", False), ("Talk seconds", False),
    ],
)  # fmt: skip
def test_a_name_says_minutes(name: str, in_minutes: bool) -> None:
    assert says_minutes(name) is in_minutes


def test_a_length_in_minutes_is_guessed_with_its_unit(tmp_path: Path) -> None:
    calls = {"rep": REPS, "started": moments(), "outcome": ("No Answer", "Voicemail", "Connected"), "phone": PHONES}
    lengths = [f"{n * 7 % 90 / 10}" for n in range(N)]
    found = roles(tmp_path, "calls.csv", **calls, **{"Duration_(min)": lengths})
    assert found is not None
    assert (found.seconds, found.length_unit) == ("Duration (min)", "minutes")
    both = roles(tmp_path, "calls.csv", **calls, **{"Duration_(min)": lengths, "Talk_seconds": lengths})
    assert both is not None
    assert (both.seconds, both.length_unit) == ("Talk seconds", "seconds")


RESULTS = ("No Answer", "Voicemail", "Wrong number", "Connected", "Appointment")


def test_a_phone_export_whose_calls_are_hardly_ever_to_the_same_number(tmp_path: Path) -> None:
    """The number dialled was taken for the call's id, and to call it again for a row that repeats another."""
    seldom_again = [f"+1 989 320 {n if n < N - 2 else 0:04}" for n in range(N)]
    found = roles(tmp_path, "phone_log.csv", Date_Time=moments(), Agent=REPS, Number_dialled=seldom_again,
                  **{"Duration (s)": [str(n * 7 % 300) for n in range(N)]}, Result=RESULTS)  # fmt: skip
    assert found == EventRoles(
        kind="calls", disposition="Result", seconds="Duration (s)", contact="Number dialled", timestamp="Date Time",
        values={"disposition": {
            "Connected": "conversation", "Wrong number": "dead_number", "Appointment": "meeting_set"}},
    )  # fmt: skip
    dataset, _ = guess_dataset(tmp_path, ["phone_log.csv"])
    assert dataset is not None
    assert dataset.sources[0].id is None


@pytest.mark.parametrize(
    ("name", "value", "is_id"),
    [
        ("Call ID", "C{:05}", True), ("Ref", "{:05}", True), ("Record no", "{:05}", True), ("No", "{}", True),
        ("Ticket number", "2024-01-{:05}", True), ("Phone number", "555{:07}", False), ("Mobile no", "555{:07}", False),
        ("Called number", "{:05}", False), ("Number", "555{:07}", False), ("ID", "+1 555 {:07}", False),
        ("Contact ID", "C{:05}", False), ("Account no", "{:05}", False), ("Customer key", "{:05}", False),
        ("Lead ID", "{:05}", False), ("Address code", "{:05}", False), ("Email ID", "a{}@firm.com", False),
        ("Caller ID", "555{:07}", False),
    ],
)  # fmt: skip
def test_only_a_calls_own_id_is_taken_for_one(tmp_path: Path, name: str, value: str, is_id: bool) -> None:
    roles(tmp_path, "calls.csv", **{name: [value.format(n) for n in range(N)]}, Agent=REPS, At=moments(),
          Result=RESULTS, Company=ACCOUNTS)  # fmt: skip
    dataset, _ = guess_dataset(tmp_path, ["calls.csv"])
    assert dataset is not None
    assert dataset.sources[0].id == (name if is_id else None)


@pytest.mark.parametrize(
    ("name", "values", "are_seconds"),
    [
        *[(name, ("3", "41", "90"), True) for name in (
            "Duration (s)", "Duration (sec)", "Talk time (s)", "Length [s]", "Seconds", "Call duration in seconds")],
        ("Duration", ("3", "41", "90", "720"), True), ("Call duration", ("20", "41", "90", "720"), True),
        ("Duration", ("3", "4", "9", "720"), False), ("Duration", ("3", "41", "90"), False),
        ("Duration", ("3", "41.5", "90", "720"), False), ("Duration (min)", ("3", "41", "90", "720"), False),
        ("Duration (min.sec)", ("3.12", "4.59"), False), ("Minutes", ("41", "90", "720"), False),
        ("Duration", ("00:03:10", "00:12:00"), False), ("Duration (s)", ("00:03:10", "00:12:00"), False),
        ("Wait time (s)", ("3", "41", "90"), False), ("Average duration", ("3", "41", "90", "720"), False),
        ("Duration (h:mm:ss)", ("0:03:10", "0:12:00"), False), ("Item s", ("3", "41"), False),
        ("Call", ("3", "41", "90", "720"), False),
    ],
)  # fmt: skip
def test_a_length_is_in_seconds_where_its_name_or_its_values_leave_no_doubt(
    tmp_path: Path, name: str, values: Sequence[str], are_seconds: bool
) -> None:
    found = roles(tmp_path, "calls.csv", Agent=REPS, At=moments(), Result=RESULTS, Phone=PHONES, **{name: values})
    assert found is not None
    assert (found.seconds if found.length_unit == "seconds" else None) == (name if are_seconds else None)


@pytest.mark.parametrize("written", ["Appointment", "Appointment set", "Appointment booked", "appointment made",
                                     "Demo booked", "Meeting Booked"])  # fmt: skip
def test_an_appointment_is_a_meeting_that_a_call_won(written: str) -> None:
    assert outcome_meaning(written, "calls") == "meeting_set"


def test_a_hubspot_call_export_with_a_length_that_is_no_number_of_seconds(tmp_path: Path) -> None:
    found = roles(
        tmp_path, "hubspot-calls.csv", Activity_assigned_to=REPS, Activity_date=moments(),
        Call_outcome=("Busy", "Connected", "Left live message", "Left voicemail", "No answer", "Wrong number"),
        Call_duration=[f"00:{n % 10:02}:{n % 60:02}" for n in range(N)],
        Associated_Contact=[f"Cont {n}" for n in range(70)],
    )  # fmt: skip
    assert found is not None
    assert (found.kind, found.timestamp, found.seconds) == ("calls", "Activity date", None)
    assert found.values["disposition"] == {
        "Connected": "conversation", "Left live message": "operator", "Left voicemail": "voicemail",
        "Wrong number": "dead_number",
    }  # fmt: skip


def test_an_outreach_export_of_several_channels(tmp_path: Path) -> None:
    found = roles(
        tmp_path, "activities.csv", Rep=REPS, Started=moments(),
        Activity_Type=("Call", "Email", "LinkedIn Message", "Meeting"),
        Call_Disposition=("Gatekeeper", "Bad Number", "Answered - Not Interested", "Meeting Booked", "No Answer"),
        Sequence=("Cold", "Warm", "Renewal"), Prospect=[f"Person {n}" for n in range(60)],
    )  # fmt: skip
    assert found is not None
    assert (found.kind, found.channel, found.list, found.contact) == (None, "Activity Type", "Sequence", "Prospect")
    assert found.values == {
        "channel": {"LinkedIn Message": "social"},
        "disposition": {"Answered - Not Interested": "refused", "Bad Number": "dead_number", "Gatekeeper": "operator",
                        "Meeting Booked": "meeting_set"},
    }  # fmt: skip


def test_gong_and_connectandsell_calls_are_known_by_their_outcomes_alone(tmp_path: Path) -> None:
    found = roles(
        tmp_path, "export.csv", Agent=REPS, Start_Time=moments(), Number_Dialed=PHONES, List_Name=("A", "B"),
        Talk_Seconds=[str(n % 90) for n in range(N)], Ring_Seconds=[str(n % 9) for n in range(N)],
        Disposition=("Connected - Meeting Booked", "Busy - Call Later", "Not in Service", "Gatekeeper", "Other"),
    )  # fmt: skip
    assert found is not None
    assert (found.kind, found.contact, found.seconds, found.list) == (
        "calls", "Number Dialed", "Talk Seconds", "List Name",
    )  # fmt: skip
    assert found.values["disposition"] == {
        "Busy - Call Later": "callback", "Connected - Meeting Booked": "meeting_set", "Gatekeeper": "operator",
        "Not in Service": "dead_number",
    }  # fmt: skip


def test_quotes_and_orders_and_meetings(tmp_path: Path) -> None:
    quotes = roles(tmp_path, "Quotes 2025.csv", Quote_ID=[f"Q{n:04}" for n in range(N)], Owner=REPS, Quoted=DAYS,
                   Account=ACCOUNTS, Total=[str(1000 + n * 13) for n in range(N)],
                   Status=("Quote Sent", "Accepted", "Closed Lost", "Expired"))  # fmt: skip
    assert quotes == EventRoles(
        kind="quotes", disposition="Status", contact="Account", amount="Total",
        values={"disposition": {"Accepted": "won", "Closed Lost": "lost", "Quote Sent": "open"}},
    )  # fmt: skip
    orders = roles(tmp_path, "export2.csv", Order_ID=[f"S{n:04}" for n in range(N)], Salesperson=REPS, Order_Date=DAYS,
                   Customer=ACCOUNTS, Amount=[str(1000 + n * 13) for n in range(N)],
                   Status=("Shipped", "Cancelled", "Pending"))  # fmt: skip
    assert orders is not None
    assert (orders.kind, orders.amount, orders.disposition) == ("orders", "Amount", "Status")
    meetings = roles(tmp_path, "meetings.csv", Host=REPS, rep=REPS, Start=moments(), Company=ACCOUNTS,
                     Outcome=("Completed", "No show", "Canceled", "Rescheduled"))  # fmt: skip
    assert meetings is not None
    assert (meetings.kind, meetings.values["disposition"]) == (
        "meetings", {"Canceled": "cancelled", "Completed": "held"},
    )  # fmt: skip


MONTHS = [f"2025-{1 + row // 3 % 12:02}-01" for row in range(36)]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("calls.csv", {"rep": REPS, "month": MONTHS, "calls": ["31", "35", "40", "29"]}),
        ("orders.csv", {"rep": REPS, "month": MONTHS, "amount": ["310", "350", "400"], "status": ["won", "lost"]}),
        ("calls.csv", {"rep": REPS, "day": DAYS, "campaign": ["A", "B"], "outcome": ["Busy", "No answer"],
                       "calls": ["31", "35"]}),
        ("order lines.csv", {"rep": REPS, "date": DAYS, "order_id": [f"S{n // 3}" for n in range(N)],
                             "amount": ["31", "35"]}),
        ("deals.csv", {"id": [str(n) for n in range(N)], "rep": REPS, "created": DAYS, "account": ACCOUNTS,
                       "stage": ["Closed Won", "Closed Lost", "Negotiation"], "last_call_date": DAYS}),
        ("survey.csv", {"rep": REPS, "date": moments(), "status": ["Connected", "Interested", "Done"]}),
    ],
)  # fmt: skip
def test_nothing_is_guessed_of_sums_lines_and_what_is_not_clear(
    tmp_path: Path, name: str, columns: Mapping[str, Sequence[str]]
) -> None:
    rows = 36 if "month" in columns else N
    text = "\n".join(",".join(values[row % len(values)] for values in columns.values()) for row in range(rows))
    (tmp_path / name).write_text(f"{','.join(columns)}\n{text}\n", encoding="utf-8")
    dataset, _ = guess_dataset(tmp_path, [name])
    assert dataset is not None
    assert dataset.sources[0].events is None


def test_an_entry_made_before_the_event_is_no_log_of_it(tmp_path: Path) -> None:
    found = roles(tmp_path, "calls.csv", rep=REPS, called=moments(), created=moments(-60 * 24 * 9), phone=PHONES)
    assert found == EventRoles(kind="calls", contact="phone", timestamp="called")


def test_real_calls_and_real_sales() -> None:
    dataset, _ = guess_dataset(real_files("outbound_calls"), ["call_log_structured.csv"])
    assert dataset is not None
    assert dataset.sources[0].events == EventRoles(
        kind="calls", disposition="call_disposition", timestamp="call_at", seconds="call_duration_in_minutes",
        length_unit="minutes",
        values={"disposition": {
            "Call Back": "callback", "Connected - Interested": "conversation", "Wrong Number": "dead_number",
            "Connected - Not Interested": "refused", "Dead End Number": "dead_number",
            "Left Message With Receptionist": "operator"}},
    )  # fmt: skip
    folder = real_files("adventureworks")
    dataset, _ = guess_dataset(folder, sorted(path.name for path in folder.glob("*.csv")))
    assert dataset is not None
    assert [source.events for source in dataset.sources] == [None, None]  # lines of orders, and targets per month


@pytest.mark.parametrize("slug", ["the-conversation", "quotes-desk"])
def test_the_guess_of_a_sample_says_nothing_else_than_its_file(slug: str) -> None:
    folder = FOLDER / slug
    dataset, _ = guess_dataset(folder, sorted(path.name for path in folder.glob("*.csv*")))
    assert dataset is not None
    written = {source.name: source.events for source in load_dataset(folder / f"{slug}.dataset.json").sources}
    for source in dataset.sources:
        ours, told = source.events, written[source.name]
        assert (ours is None) == (told is None)
        if ours and told:
            assert ours.columns == told.columns
            assert ours.kind == told.kind
            codes = told.values.get("disposition", {})
            assert ours.values.get("disposition", {}).items() <= codes.items()


def test_every_meaning_is_a_code_that_its_kind_can_have() -> None:
    for kind, meanings in DISPOSITIONS.items():
        assert {*meanings.values()} <= {*CODES_OF[kind]} <= {*DISPOSITION_CODES}
    assert outcome_meaning("Completed", "calls") is None  # says that the line was open, not that anybody spoke
    assert outcome_meaning("Completed", "meetings") == "held"
    assert outcome_meaning("Voicemail: left message", "calls") == "voicemail"
    assert channel_meaning("Outgoing call") in CHANNEL_CODES
