"""Documents with versions and drafts, and an audit log in which nothing is changed or deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BYTES = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, _BYTES, nullable=False) for name in ("kind", "data", "key")),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("made_at", _BYTES, nullable=False),
        sa.Column("deleted_at", _BYTES),
        sa.Column("deleted_by", sa.Text),
        sa.Column("deleted_with", _BYTES),
        sa.UniqueConstraint("kind", "data", "key", name="one_document_a_key"),
    )
    op.create_table(
        "versions",
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", _BYTES, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("author", "note", "content")),
        sa.PrimaryKeyConstraint("document", "number"),
    )
    op.create_table(
        "drafts",
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("at", _BYTES, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("author", "content")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", _BYTES, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        *(sa.Column(name, _BYTES, nullable=False) for name in ("action", "kind", "data", "key")),
        sa.Column("facts", sa.Text, nullable=False),
    )
    _only_append()


def _only_append() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()"
    )
