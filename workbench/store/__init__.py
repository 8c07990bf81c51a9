"""What people save: documents with numbered versions, drafts, deletions and an audit log, in SQLite or PostgreSQL."""
