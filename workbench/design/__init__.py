"""Goal, KPIs, scoring rules: frozen models, design checks, drafts, storage."""
