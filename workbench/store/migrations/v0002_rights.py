"""Documents belong to their owners: each may have one under the same key, and says with whom it is shared.

Until then an owner was a display name, which nobody can be told by: what was there belongs to nobody.

SQLite cannot change a constraint of a table that is there: the tables are made anew, and the rows copied.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_BYTES = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_DOCUMENTS = "id, kind, data, key, made_at, deleted_at, deleted_by, deleted_with"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _make_anew()
        return
    op.add_column("documents", sa.Column("shared", _BYTES, nullable=False, server_default=""))
    op.alter_column("documents", "shared", server_default=None)
    op.alter_column("documents", "owner", type_=_BYTES)
    op.execute("UPDATE documents SET owner = ''")
    op.drop_constraint("one_document_a_key", "documents")
    op.create_unique_constraint("one_document_a_key_and_owner", "documents", ["kind", "data", "key", "owner"])


def _make_anew() -> None:
    op.create_table(
        "new_documents",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, _BYTES, nullable=False) for name in ("kind", "data", "key")),
        sa.Column("owner", _BYTES, nullable=False),
        sa.Column("made_at", _BYTES, nullable=False),
        sa.Column("deleted_at", _BYTES),
        sa.Column("deleted_by", sa.Text),
        sa.Column("deleted_with", _BYTES),
        sa.Column("shared", _BYTES, nullable=False),
        sa.UniqueConstraint("kind", "data", "key", "owner", name="one_document_a_key_and_owner"),
    )
    op.create_table(
        "new_versions",
        sa.Column("document", sa.Integer, sa.ForeignKey("new_documents.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", _BYTES, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("author", "note", "content")),
        sa.PrimaryKeyConstraint("document", "number"),
    )
    op.create_table(
        "new_drafts",
        sa.Column("document", sa.Integer, sa.ForeignKey("new_documents.id"), primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("at", _BYTES, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("author", "content")),
    )
    op.execute(f"INSERT INTO new_documents ({_DOCUMENTS}, owner, shared) SELECT {_DOCUMENTS}, '', '' FROM documents")
    op.execute("INSERT INTO new_versions SELECT document, number, at, author, note, content FROM versions")
    op.execute("INSERT INTO new_drafts SELECT document, revision, at, author, content FROM drafts")
    for name in ("drafts", "versions", "documents"):
        op.drop_table(name)
    for name in ("documents", "versions", "drafts"):  # references follow the new names
        op.rename_table(f"new_{name}", name)
