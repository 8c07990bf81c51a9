BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	author TEXT NOT NULL, 
	action TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	data TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	facts TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audit" VALUES(1,'2026-12-01T06:27:38.212768+00:00','Ann (ann@example.com)','save','option','dials-floor','0123456789ab','{"version": 1}');
INSERT INTO "audit" VALUES(2,'2026-12-01T06:27:38.214422+00:00','Ann (ann@example.com)','save','option','dials-floor','0123456789ab','{"version": 2}');
CREATE TABLE "documents" (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	data TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	deleted_at TEXT, 
	deleted_by TEXT, 
	deleted_with TEXT, 
	shared TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT one_document_a_key_and_owner UNIQUE (kind, data, "key", owner)
);
INSERT INTO "documents" VALUES(1,'option','dials-floor','0123456789ab','ann@example.com','2026-12-01T06:27:38.211946+00:00',NULL,NULL,NULL,'');
INSERT INTO "documents" VALUES(2,'learner','','0123456789abcdef','ann@example.com','2026-12-01T06:27:38.215244+00:00',NULL,NULL,NULL,'');
CREATE TABLE "drafts" (
	document INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	author TEXT NOT NULL, 
	content TEXT NOT NULL, 
	PRIMARY KEY (document), 
	FOREIGN KEY(document) REFERENCES "documents" (id)
);
INSERT INTO "drafts" VALUES(2,1,'2026-12-01T06:27:38.215363+00:00','Ann','{}');
CREATE TABLE "versions" (
	document INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	author TEXT NOT NULL, 
	note TEXT NOT NULL, 
	content TEXT NOT NULL, 
	PRIMARY KEY (document, number), 
	FOREIGN KEY(document) REFERENCES "documents" (id)
);
INSERT INTO "versions" VALUES(1,1,'2026-12-01T06:27:38.212356+00:00','Ann','','{"design": "0123456789ab", "name": "Calm"}');
INSERT INTO "versions" VALUES(1,2,'2026-12-01T06:27:38.214269+00:00','Ann','for Monday','{"design": "0123456789ab", "name": "Calm"}');
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
COMMIT;
