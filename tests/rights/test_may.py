"""Who may do what, role by role and thing by thing; what is not listed here nobody may."""

from __future__ import annotations

from itertools import product

import pytest

from workbench.rights.may import ALL_WORK, EVERYBODY, PRIVATE, ROWS, SAMPLE, TEAM, Action, Thing, may
from workbench.rights.person import ROLES, Person, RepLimit, RoleName, parse_rights, person_from_claims
from workbench.store.kinds import CAN_BE_SHARED, DATA_SET, DESIGN, NAMES_REPS

ME, OTHER, NORTH = "me@example.com", "other@example.com", f"{TEAM}North"
LIMIT = RepLimit("team", ("North",))
WORK = [kind for kind in CAN_BE_SHARED if kind != DATA_SET]


def somebody(role: RoleName, *, limit: RepLimit | None = None) -> Person:
    return Person(ME, "Me", role, frozenset({"North"}), limit)


def allowed(person: Person, thing: Thing) -> str:
    """The first letters of what the person may do: see, make, change, manage."""
    letters = {Action.SEE: "s", Action.MAKE: "m", Action.CHANGE: "c", Action.MANAGE: "M"}
    return "".join(letter for action, letter in letters.items() if may(person, action, thing))


@pytest.mark.parametrize("kind", CAN_BE_SHARED)
@pytest.mark.parametrize(
    ("owner", "shared", "viewer", "editor", "admin"),
    [
        (ME, PRIVATE, "s", "smcM", "smcM"),
        (OTHER, PRIVATE, "", "m", "smM"),
        ("", PRIVATE, "", "m", "smM"),
        (OTHER, EVERYBODY, "s", "sm", "smM"),
        (OTHER, f"{TEAM}North", "s", "smc", "smcM"),
        (OTHER, f"{TEAM}South", "", "m", "smM"),
        (OTHER, "anything else", "", "m", "smM"),
    ],
)
def test_what_each_role_may_do_with_work(
    kind: str, owner: str, shared: str, viewer: str, editor: str, admin: str
) -> None:
    thing = Thing(kind, owner, shared, names_people=kind in NAMES_REPS)
    assert [allowed(somebody(role), thing) for role in ROLES] == [viewer, editor, admin]


def test_only_admins_read_the_log_and_back_up_and_nobody_changes_samples() -> None:
    assert [may(somebody(role), Action.SEE, ALL_WORK) for role in ROLES] == [False, False, True]
    assert not may(somebody("admin", limit=LIMIT), Action.SEE, ALL_WORK)
    assert {allowed(somebody(role), SAMPLE) for role in ROLES} == {"s"}


def test_everybody_with_a_role_makes_states_for_links_and_nobody_sees_those_of_others() -> None:
    assert [allowed(somebody(role), Thing(DESIGN, ME)) for role in ROLES] == ["smc", "smcM", "smcM"]
    assert [allowed(somebody(role), Thing(DESIGN, OTHER)) for role in ROLES] == ["m", "m", "smM"]


@pytest.mark.parametrize("role", ROLES)
def test_who_is_limited_to_some_reps_sees_no_rows_and_nothing_of_others_that_names_reps(role: str) -> None:
    limited = somebody(role, limit=LIMIT)
    assert not may(limited, Action.SEE, ROWS)
    assert may(somebody(role), Action.SEE, ROWS)
    data = (Thing(DATA_SET, ME), Thing(DATA_SET, NORTH), Thing(DATA_SET, OTHER, NORTH), Thing(DATA_SET, OTHER))
    for action, thing in product((Action.MAKE, Action.CHANGE, Action.MANAGE), data):
        assert not may(limited, action, thing), "it would hold some reps alone, or holds others"
    for kind in WORK:
        thing = Thing(kind, OTHER, EVERYBODY, names_people=kind in NAMES_REPS)
        assert may(limited, Action.SEE, thing) is (kind not in NAMES_REPS)


def test_a_connection_is_for_the_roles_it_is_set_up_for_and_else_for_admins() -> None:
    for role, roles in product(ROLES, (frozenset[str](), frozenset({"editor"}), frozenset({"viewer", "editor"}))):
        expected = role in (roles or {"admin"})
        assert may(somebody(role), Action.SEE, Thing("connection", roles=roles)) is expected


def test_without_a_role_nothing_may_be_done_and_without_sign_in_everything() -> None:
    things = [ALL_WORK, ROWS, SAMPLE, Thing("learner"), Thing("connection"),
              *(Thing(kind, ME, EVERYBODY) for kind in CAN_BE_SHARED)]  # fmt: skip
    for action, thing in product(Action, things):
        assert not may(somebody(""), action, thing)
        assert may(None, action, thing)


SETTINGS = parse_rights({
    "admins": ["Ana@Example.com"], "editors": "ben@example.com, ana@example.com", "role_claim": "roles",
    "team_claim": "groups", "teams": {"North": ["ben@example.com"]},
    "limits": {"ben@example.com": {"team": "North"}, "cy@example.com": {"team": ["N", "S"]}, "dee@example.com": "oops"},
})  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "role", "teams", "limit"),
    [
        ({"email": "ana@example.com"}, "admin", set(), None),
        ({"email": "BEN@example.com "}, "editor", {"North"}, RepLimit("team", ("North",))),
        ({"email": "ben@example.com", "email_verified": False}, "", set(), RepLimit("", ())),
        ({"email": "cy@example.com", "roles": ["viewer", "Editor"], "groups": ["South"]}, "editor", {"South"},
         RepLimit("team", ("N", "S"))),
        ({"email": "dee@example.com", "roles": "viewer"}, "viewer", set(), RepLimit("", ())),
        ({"email": "eve@example.com", "roles": "superadmin"}, "", set(), RepLimit("", ())),
        ({"sub": "x"}, "", set(), RepLimit("", ())),
    ],
)  # fmt: skip
def test_roles_come_from_the_list_and_the_claim_the_one_that_may_more(
    claims: dict[str, object], role: str, teams: set[str], limit: RepLimit | None
) -> None:
    found = person_from_claims(claims, SETTINGS)
    assert (found.role, found.teams, found.limit) == (role, teams, limit)


def test_an_address_that_is_not_verified_is_nobodys() -> None:
    claims = {"email": "ana@example.com", "email_verified": False, "iss": "i", "sub": "1"}
    assert person_from_claims(claims, SETTINGS).id != "ana@example.com"
    assert person_from_claims(claims | {"sub": "2"}, SETTINGS).id != person_from_claims(claims, SETTINGS).id


@pytest.mark.parametrize("verified", [False, None, "false", "False", "no", 0, ""])
def test_an_address_counts_only_where_nothing_speaks_against_it(verified: object) -> None:
    assert person_from_claims({"email": "ana@example.com", "email_verified": verified}, SETTINGS).role == ""


@pytest.mark.parametrize("verified", [True, "true", " True"])
def test_an_address_may_be_called_verified_in_words(verified: object) -> None:
    assert person_from_claims({"email": "ana@example.com", "email_verified": verified}, SETTINGS).role == "admin"


def test_an_address_with_letters_that_look_alike_is_another_one() -> None:
    settings = parse_rights({"admins": ["kim.strasse@example.com"]})
    for email in ("\u212aim.strasse@example.com", "kim.stra\u00dfe@example.com"):
        assert person_from_claims({"email": email}, settings).role == ""
    assert person_from_claims({"email": "KIM.Strasse@example.com"}, settings).role == "admin"


@pytest.mark.parametrize("claims", [{"email": "ben@example.com", "email_verified": "false"}, {"sub": "ben"}])
def test_whose_limit_cannot_be_looked_up_sees_nobody(claims: dict[str, object]) -> None:
    found = person_from_claims(claims | {"roles": "editor"}, SETTINGS)
    assert (found.role, found.limit) == ("editor", RepLimit("", ()))
    unlimited = parse_rights({"role_claim": "roles"})
    assert person_from_claims(claims | {"roles": "editor"}, unlimited).limit is None


LIMITS = {"listed@example.com": {"team": "North"}, "free@example.com": "*"}


@pytest.mark.parametrize(
    ("claims", "rest", "limit"),
    [
        ({"email": "listed@example.com", "roles": "editor"}, None, RepLimit("team", ("North",))),
        ({"email": "free@example.com", "roles": "editor"}, None, None),
        ({"email": "vi@example.com"}, None, None),
        ({"email": "new@example.com", "roles": "admin"}, None, None),
        ({"email": "new@example.com", "roles": "editor"}, None, RepLimit("", ())),
        ({"email": "new@example.com"}, None, RepLimit("", ())),
        ({"email": "new@example.com", "roles": "editor"}, {"team": "South"}, RepLimit("team", ("South",))),
        ({"email": "new@example.com", "roles": "editor"}, "*", None),
        ({"email": "new@example.com", "roles": "editor"}, "oops", RepLimit("", ())),
        ({"email": "vi@example.com"}, {"team": "South"}, None),
        ({"sub": "x", "roles": "admin"}, None, RepLimit("", ())),
        ({"sub": "x", "roles": "admin"}, {"team": "South"}, RepLimit("team", ("South",))),
    ],
)
def test_who_has_a_role_by_a_claim_alone_does_not_see_everybody_where_others_are_limited(
    claims: dict[str, object], rest: object, limit: RepLimit | None
) -> None:
    section = {"role_claim": "roles", "everybody_else": "viewer", "viewers": ["vi@example.com"]}
    limits = LIMITS | ({"everybody_else": rest} if rest else {})
    assert person_from_claims(claims, parse_rights(section | {"limits": limits})).limit == limit
    assert person_from_claims(claims, parse_rights(section)).limit is None, "nobody is limited"


@pytest.mark.parametrize(
    ("told", "attribute", "limit"),
    [
        ({"office": "Rome"}, "office", RepLimit("office", ("Rome",))),
        ({"office": "Rome"}, "", RepLimit("", ("Rome",))),
        ({"office": []}, "office", RepLimit("office", ())),
        ({"office": ""}, "office", RepLimit("office", ())),
        ({"office": 0}, "office", RepLimit("office", ())),
        ({}, "office", RepLimit("office", ())),
        ({"office": "*"}, "office", None),
    ],
)
def test_a_limit_that_a_claim_should_give_and_does_not_is_to_nobody(
    told: dict[str, object], attribute: str, limit: RepLimit | None
) -> None:
    settings = parse_rights({"everybody_else": "editor", "admins": ["ana@example.com"],
                             "limit_claim": "office", "limit_attribute": attribute})  # fmt: skip
    assert person_from_claims(told | {"email": "ben@example.com"}, settings).limit == limit
    assert person_from_claims({"email": "ana@example.com"}, settings).limit is None, "a listed admin, told of no limit"


def test_a_damaged_section_gives_nobody_anything() -> None:
    found = parse_rights({"admins": 3, "teams": "x", "limits": [], "everybody_else": "boss", "connections": None})
    assert (dict(found.listed), found.default, found.has_admin) == ({}, "", False)


@pytest.mark.parametrize("limits", ["ben@example.com", ["ben@example.com"], None, 3])
def test_limits_that_cannot_be_read_limit_everybody_but_the_admins(limits: object) -> None:
    section = {"admins": ["ana@example.com"], "viewers": ["ben@example.com"], "everybody_else": "viewer"}
    settings = parse_rights(section | {"limits": limits})
    seen = {who: person_from_claims({"email": f"{who}@example.com"}, settings).limit for who in ("ana", "ben", "cy")}
    assert seen == {"ana": None, "ben": RepLimit("", ()), "cy": RepLimit("", ())}
