"""The tables of the store, as the last migration leaves them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, PrimaryKeyConstraint, Table, Text, UniqueConstraint

TABLES = MetaData()
# Compared byte by byte in both databases: times are ISO texts in UTC, and order must not depend on a language.
BYTES = Text().with_variant(Text(collation="C"), "postgresql")

documents = Table(
    "documents",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("kind", BYTES, nullable=False),
    Column("data", BYTES, nullable=False),  # id of the data set; empty for what belongs to none
    Column("key", BYTES, nullable=False),
    Column("owner", BYTES, nullable=False),  # id of who made it; empty where nobody is signed in
    Column("made_at", BYTES, nullable=False),
    Column("deleted_at", BYTES),
    Column("deleted_by", Text),
    Column("deleted_with", BYTES),  # key of the document that was deleted together with this one
    Column("shared", BYTES, nullable=False),  # with whom, as the rights say it; empty: with nobody
    UniqueConstraint("kind", "data", "key", "owner", name="one_document_a_key_and_owner"),
)
versions = Table(
    "versions",
    TABLES,
    Column("document", Integer, ForeignKey("documents.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", BYTES, nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("document", "number"),
)
drafts = Table(
    "drafts",
    TABLES,
    Column("document", Integer, ForeignKey("documents.id"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("at", BYTES, nullable=False),
    Column("author", Text, nullable=False),
    Column("content", Text, nullable=False),
)
audit = Table(
    "audit",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", BYTES, nullable=False),
    Column("author", Text, nullable=False),
    Column("action", BYTES, nullable=False),
    Column("kind", BYTES, nullable=False),
    Column("data", BYTES, nullable=False),
    Column("key", BYTES, nullable=False),
    Column("facts", Text, nullable=False),  # JSON
)
