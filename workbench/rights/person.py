"""The person at work: role, teams, and the reps that the person may see, from the claims of a provider and a list."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

RoleName = Literal["viewer", "editor", "admin"]
ROLES: tuple[RoleName, ...] = get_args(RoleName)
EVERY_REP, REST = "*", "everybody_else"
_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


@dataclass(frozen=True)
class RepLimit:
    """A limit to the reps of whom a column of the roster says one of some values, such as ``team``: ``North``."""

    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Who is signed in. ``id``: the verified e-mail address, else what the provider calls the person, hashed.

    ``role`` is empty where nobody gave one: such a person may do nothing. ``limit``: the reps who may be seen, if not
    all of them.
    """

    id: str
    name: str
    role: RoleName | Literal[""]
    teams: frozenset[str] = frozenset()
    limit: RepLimit | None = None

    @property
    def told_apart(self) -> str:
        """Name and address as the audit log keeps them, since two colleagues may have one name."""
        return self.name if self.name.casefold() == self.id else f"{self.name} ({self.id})"


@dataclass(frozen=True)
class RightsSettings:
    """The section ``[rights]`` of the secrets.

    Attributes
    ----------
    listed : role by e-mail address. role_claim, team_claim : claims of the provider that hold roles and teams.
    default : the role of whoever signs in and has no other; without one such a person is turned away.
    teams : by e-mail address.
    limits : likewise, None for all reps. ``REST`` is whoever stands in no list; without it they see no rep.
    limit_claim : a claim that holds the values of ``limit_attribute``; whose claim holds none sees nobody, whose claim
        is ``EVERY_REP`` everybody.
    connections : the roles that may use a connection, by its name; one that is not listed is for admins.
    """

    listed: Mapping[str, RoleName] = field(default_factory=dict)
    role_claim: str = ""
    team_claim: str = ""
    default: RoleName | Literal[""] = ""
    teams: Mapping[str, frozenset[str]] = field(default_factory=dict)
    limits: Mapping[str, RepLimit | None] = field(default_factory=dict)
    limit_claim: str = ""
    limit_attribute: str = ""
    connections: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def has_admin(self) -> bool:
        """Whether anybody can be an admin."""
        return "admin" in self.listed.values() or bool(self.role_claim)


def parse_rights(section: Mapping[str, Any]) -> RightsSettings:
    """Read the section ``[rights]``. What cannot be read gives nobody anything."""
    listed: dict[str, RoleName] = {}
    for role in ROLES:  # who stands in two lists has the later role, which may do more
        listed |= dict.fromkeys(map(mail_address, _texts(section.get(f"{role}s"))), role)
    teams: dict[str, set[str]] = {}
    for team, members in _tables(section.get("teams")).items():
        for member in map(mail_address, _texts(members)):
            teams.setdefault(member, set()).add(team)
    return RightsSettings(
        listed,
        str(section.get("role_claim") or ""),
        str(section.get("team_claim") or ""),
        best_role([str(section.get(REST) or "")]),
        {member: frozenset(names) for member, names in teams.items()},
        _limits(section.get("limits", {}), listed),
        str(section.get("limit_claim") or ""),
        str(section.get("limit_attribute") or ""),
        {name: frozenset(_texts(roles)) for name, roles in _tables(section.get("connections")).items()},
    )


def person_from_claims(claims: Mapping[str, Any], settings: RightsSettings) -> Person:
    """Return who is signed in. An address that the provider says it has not verified counts as none."""
    email = verified_address(claims)
    known = f"{claims.get('iss', '')}|{claims.get('sub') or claims.get('name') or ''}"
    told = _texts(claims.get(settings.role_claim)) if settings.role_claim else []
    role = best_role([settings.listed.get(email, "") if email else "", *told]) or settings.default
    teams = settings.teams.get(email, frozenset()) if email else frozenset()
    if settings.team_claim:
        teams |= frozenset(_texts(claims.get(settings.team_claim)))
    return Person(
        email or hashlib.sha256(known.encode()).hexdigest()[:16],
        str(claims.get("name") or claims.get("email") or "Somebody"),
        role,
        teams,
        _limit_of(email, role, claims, settings),
    )


def verified_address(claims: Mapping[str, Any]) -> str:
    """Return the e-mail address of claims; empty where the provider does not call one verified that it speaks of."""
    is_verified = str(claims.get("email_verified", True)).strip().casefold() == "true"
    address = mail_address(claims.get("email"))
    return address if is_verified and "@" in address else ""  # whatever else owners are called, no address is one


def mail_address(text: Any) -> str:
    """Return an address as addresses are compared. Only A to Z have a small form: other letters may look alike."""
    return str(text or "").strip().translate(_SMALL)


def best_role(told: Sequence[str]) -> RoleName | Literal[""]:
    """Return the role that may do most of those told; empty where none of them is a role."""
    given = {each.strip().casefold() for each in told}
    for role in reversed(ROLES):
        if role in given:
            return role
    return ""


def _limit_of(email: str, role: str, claims: Mapping[str, Any], settings: RightsSettings) -> RepLimit | None:
    """The limit of a person. Of whom nobody can tell whether there is one, it is to nobody.

    Where some are limited, no limit has only who is listed without one, and an admin with an address.
    """
    if email in settings.limits:
        return settings.limits[email]
    if settings.limit_claim:
        values = tuple(_texts(claims.get(settings.limit_claim)))
        is_free = EVERY_REP in values or (not values and settings.listed.get(email) == "admin")
        return None if is_free else RepLimit(settings.limit_attribute, values)
    if not settings.limits or (email and (email in settings.listed or role == "admin")):
        return None
    return settings.limits.get(REST, RepLimit("", ()))


def _limits(told: Any, listed: Mapping[str, RoleName]) -> dict[str, RepLimit | None]:
    """The limits by address. Where they cannot be read, everybody but the listed admins sees no rep."""
    if not isinstance(told, Mapping):
        known = {email for email, role in listed.items() if role != "admin"}
        return dict.fromkeys((*known, REST), RepLimit("", ()))
    return {mail_address(who): _limit(only) for who, only in told.items()}


def _limit(only: Any) -> RepLimit | None:
    """One attribute with one value or several, or everybody; a typing error limits to nobody."""
    if only == EVERY_REP:
        return None
    found = _tables(only)
    if len(found) != 1:
        return RepLimit("", ())
    ((attribute, values),) = found.items()
    return RepLimit(str(attribute), tuple(_texts(values)))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [each.strip() for each in value.split(",") if each.strip()]
    if isinstance(value, Sequence):
        return [str(each) for each in value]
    return []


def _tables(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
