/** The journal's first and final shape; docs/journal-format.md explains each column. Literal SQL, importing nothing of ours. */
export const migration0001 = {
  number: 1,
  purpose: 'journal',
  sql: `
CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  incident TEXT NOT NULL CHECK (length(incident) = 26),
  chain TEXT NOT NULL CHECK (length(chain) = 32),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  lamport INTEGER NOT NULL CHECK (lamport >= 1),
  at TEXT NOT NULL,
  happened_at TEXT NOT NULL,
  clock TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('live', 'exercise', 'routine')),
  actor TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  body_hash TEXT NOT NULL CHECK (length(body_hash) = 64),
  "after" TEXT NOT NULL,
  prev TEXT NOT NULL CHECK (length(prev) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  UNIQUE (chain, seq)
) STRICT;

CREATE INDEX entry_in_fold_order ON entry (incident, lamport, chain, seq);

CREATE TABLE body (
  entry INTEGER PRIMARY KEY REFERENCES entry (id),
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  bytes BLOB NOT NULL
) STRICT;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE (ABORT, 'an entry is never changed: append a correction'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE (ABORT, 'an entry is never deleted'); END;
CREATE TRIGGER entry_extends_its_chain BEFORE INSERT ON entry
WHEN NEW.seq > 1 AND NOT EXISTS (
  SELECT 1 FROM entry WHERE chain = NEW.chain AND seq = NEW.seq - 1 AND hash = NEW.prev AND incident = NEW.incident)
BEGIN SELECT RAISE (ABORT, 'an entry extends the head of its chain'); END;
-- INSERT OR REPLACE deletes without firing delete triggers (https://sqlite.org/lang_conflict.html, REPLACE).
CREATE TRIGGER entry_is_never_replaced BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.id OR hash = NEW.hash OR (chain = NEW.chain AND seq = NEW.seq))
BEGIN SELECT RAISE (ABORT, 'an entry is never replaced'); END;
CREATE TRIGGER body_is_never_replaced BEFORE INSERT ON body
WHEN EXISTS (SELECT 1 FROM body WHERE entry = NEW.entry)
BEGIN SELECT RAISE (ABORT, 'a body is never replaced'); END;
CREATE TRIGGER body_is_never_changed BEFORE UPDATE ON body
BEGIN SELECT RAISE (ABORT, 'a body is never changed: append a correction'); END;
CREATE TRIGGER body_is_never_deleted BEFORE DELETE ON body
BEGIN SELECT RAISE (ABORT, 'a body is never deleted'); END;

-- The chain that this data folder writes for an incident. Local: it does not travel with an export.
CREATE TABLE own_chain (
  incident TEXT PRIMARY KEY,
  chain TEXT NOT NULL UNIQUE
) STRICT;

-- The incident id under which this data folder keeps its ledger chain.
CREATE TABLE desk (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  ledger TEXT NOT NULL
) STRICT;
`,
} as const
