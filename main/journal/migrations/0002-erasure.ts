/**
 * Bodies may go, entries never: the body that an `erased` entry names is deleted by the insertion of that entry's own
 * body, in the same transaction, whoever writes it (this desk, or a merge).
 *
 * Four kinds stay, whatever an entry says: who erased what (`erased`), what an incident is and follows (`declared`,
 * `pack-pinned`), and the ledger's memory of heads, without which a lost incident could not be seen. An `erased` entry
 * that names one of them takes nothing. Literal SQL, importing nothing of ours.
 */
export const migration0002 = {
  number: 2,
  purpose: 'erasure',
  sql: `
-- Which body went, and the entry that says why. Written by the trigger below alone.
CREATE TABLE erasure (
  entry INTEGER PRIMARY KEY REFERENCES entry (id),
  by INTEGER NOT NULL REFERENCES entry (id)
) STRICT;

CREATE TRIGGER erasure_has_its_entry BEFORE INSERT ON erasure
WHEN NOT EXISTS (
  SELECT 1 FROM entry eraser JOIN body ON body.entry = eraser.id JOIN entry target ON target.id = NEW.entry
  WHERE eraser.id = NEW.by AND eraser.kind = 'erased' AND eraser.incident = target.incident
    AND target.kind NOT IN ('erased', 'declared', 'pack-pinned', 'head-recorded')
    AND target.incident NOT IN (SELECT ledger FROM desk)
    AND json_extract(CAST(body.bytes AS TEXT), '$.entry') = target.hash)
BEGIN SELECT RAISE (ABORT, 'a body is erased only by an entry that says so'); END;
CREATE TRIGGER erasure_is_never_replaced BEFORE INSERT ON erasure
WHEN EXISTS (SELECT 1 FROM erasure WHERE entry = NEW.entry)
BEGIN SELECT RAISE (ABORT, 'an erasure is never replaced'); END;
CREATE TRIGGER erasure_is_never_changed BEFORE UPDATE ON erasure
BEGIN SELECT RAISE (ABORT, 'an erasure is never changed'); END;
CREATE TRIGGER erasure_is_never_deleted BEFORE DELETE ON erasure
BEGIN SELECT RAISE (ABORT, 'an erasure is never deleted'); END;

DROP TRIGGER body_is_never_deleted;
CREATE TRIGGER body_is_deleted_only_when_erased BEFORE DELETE ON body
WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE entry = OLD.entry)
BEGIN SELECT RAISE (ABORT, 'a body is deleted only together with an entry that says so'); END;
CREATE TRIGGER body_erased_never_returns BEFORE INSERT ON body
WHEN EXISTS (SELECT 1 FROM erasure WHERE entry = NEW.entry)
BEGIN SELECT RAISE (ABORT, 'a body that was erased never returns'); END;
CREATE TRIGGER body_of_erased_takes_its_target AFTER INSERT ON body
WHEN (SELECT kind FROM entry WHERE id = NEW.entry) = 'erased'
BEGIN
  INSERT INTO erasure (entry, by)
  SELECT target.id, eraser.id FROM entry eraser
  JOIN entry target ON target.hash = json_extract(CAST(NEW.bytes AS TEXT), '$.entry')
  WHERE eraser.id = NEW.entry AND target.incident = eraser.incident
    AND target.kind NOT IN ('erased', 'declared', 'pack-pinned', 'head-recorded')
    AND target.incident NOT IN (SELECT ledger FROM desk)
    AND NOT EXISTS (SELECT 1 FROM erasure known WHERE known.entry = target.id);
  DELETE FROM body WHERE entry IN (SELECT entry FROM erasure WHERE by = NEW.entry);
END;

CREATE INDEX entry_by_kind ON entry (incident, kind, lamport, chain, seq);
`,
} as const
