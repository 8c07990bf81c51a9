"""Bring the tables of a store to what this release needs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

HEAD = "0002"
_STEPS = Path(__file__).parent / "migrations"


def migrate(connection: Connection) -> bool:
    """Run what is missing, within the caller's transaction; whether anything was.

    Raises
    ------
    OSError
        When a later release made this store: this one would not know what it means.
    """
    found = _revision(connection)
    if found == HEAD:
        return False
    # Here, since it takes a tenth of a second that nobody needs whose store is up to date.
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory(str(_STEPS), version_locations=[str(_STEPS)])
    if found and found not in {each.revision for each in steps.walk_revisions()}:
        raise OSError(0, "a newer version of the app made this store")
    environment = EnvironmentContext(Config(), steps)
    environment.configure(connection=connection, transactional_ddl=True,
                          fn=lambda revision, _: steps._upgrade_revs("head", revision))  # fmt: skip
    environment.run_migrations()
    return True


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
