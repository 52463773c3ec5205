-- The ledger: what was read, in which run, out of which article. Records are in records.sql. Nothing is overwritten: a newer
-- reading supersedes an older one, and the views show the current one.

CREATE TABLE IF NOT EXISTS meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- The manifest of a run: everything that could have changed its results.
CREATE TABLE IF NOT EXISTS run (
  run_id INTEGER PRIMARY KEY,
  engine_key TEXT NOT NULL,
  version TEXT NOT NULL,
  lexicon TEXT NOT NULL,
  gazetteer TEXT NOT NULL,
  model TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  inputs TEXT NOT NULL CHECK (json_valid(inputs)),
  started TEXT NOT NULL,
  finished TEXT,
  articles INTEGER NOT NULL DEFAULT 0,
  known INTEGER NOT NULL DEFAULT 0,
  rejects INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS article (
  article_id TEXT PRIMARY KEY,
  source_key TEXT NOT NULL,
  text_id TEXT NOT NULL,
  raw_sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  uri TEXT NOT NULL,
  title TEXT,
  outlet TEXT,
  byline TEXT,
  published TEXT,
  published_inferred INTEGER NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  excluded TEXT NOT NULL CHECK (json_valid(excluded)),
  other TEXT NOT NULL CHECK (json_valid(other))
);
CREATE INDEX IF NOT EXISTS article_by_source ON article(source_key);
CREATE INDEX IF NOT EXISTS article_by_published ON article(published);

CREATE TABLE IF NOT EXISTS reading (
  reading_id INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL REFERENCES article(article_id),
  engine_key TEXT NOT NULL,
  run_id INTEGER NOT NULL REFERENCES run(run_id),
  superseded_by INTEGER REFERENCES reading(reading_id),
  UNIQUE (article_id, engine_key)
);

CREATE TABLE IF NOT EXISTS sentence (
  sentence_id INTEGER PRIMARY KEY,
  reading_id INTEGER NOT NULL REFERENCES reading(reading_id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  begin INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (reading_id, number)
);
CREATE VIRTUAL TABLE IF NOT EXISTS sentence_fts USING fts5(text, content = 'sentence', content_rowid = 'sentence_id', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER IF NOT EXISTS sentence_added AFTER INSERT ON sentence BEGIN
  INSERT INTO sentence_fts(rowid, text) VALUES (new.sentence_id, new.text);
END;

-- One row a party of a record, so that parties can be filtered without looking into JSON.
CREATE TABLE IF NOT EXISTS participant (
  reading_id INTEGER NOT NULL REFERENCES reading(reading_id) ON DELETE CASCADE,
  record TEXT NOT NULL,
  role TEXT NOT NULL,
  position INTEGER NOT NULL,
  begin INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL,
  name TEXT,
  country TEXT,
  sector TEXT,
  PRIMARY KEY (reading_id, record, role, position)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS participant_by_country ON participant(country, role);

CREATE TABLE IF NOT EXISTS reject (
  reject_id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run(run_id),
  path TEXT NOT NULL,
  begin INTEGER NOT NULL,
  end INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  UNIQUE (path, begin, end, code, message)
);

-- What people judged of commitments. Rows are only added; taking one back is a row of its own. A commitment is found by its article and the bytes
-- that it stands in, so that it keeps its verdicts when a newer engine reads the article again.
CREATE TABLE IF NOT EXISTS verdict_row (
  verdict_id INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL REFERENCES article(article_id),
  record TEXT NOT NULL,
  anchor_begin INTEGER NOT NULL,
  consequent_begin INTEGER NOT NULL,
  consequent_end INTEGER NOT NULL,
  consequent TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('open', 'in_progress', 'stalled', 'kept', 'kept_partly', 'broken', 'superseded', 'withdrawn', 'condition_not_met', 'released', 'not_testable')),
  evidence TEXT NOT NULL CHECK (length(evidence) > 0),
  author TEXT NOT NULL CHECK (length(author) > 0),
  set_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS verdict_by_article ON verdict_row(article_id);
CREATE TABLE IF NOT EXISTS verdict_undo (
  verdict_id INTEGER PRIMARY KEY REFERENCES verdict_row(verdict_id),
  author TEXT NOT NULL CHECK (length(author) > 0),
  undone_at TEXT NOT NULL
);

-- What people said of records: a layer over the machine's, never in its place. Rows are only added; taking one back is a row of its own. A record is
-- found by its article, its kind and the bytes that it stands in (the nth of those that stand there), so that it keeps its corrections when a newer
-- engine reads the article again.
CREATE TABLE IF NOT EXISTS correction_row (
  correction_id INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL REFERENCES article(article_id),
  record TEXT NOT NULL,
  kind TEXT NOT NULL,
  begin INTEGER NOT NULL,
  end INTEGER NOT NULL,
  nth INTEGER NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('accept', 'reject', 'change')),
  changes TEXT NOT NULL CHECK (json_valid(changes)),
  note TEXT NOT NULL,
  author TEXT NOT NULL CHECK (length(author) > 0),
  set_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS correction_by_article ON correction_row(article_id);
CREATE TABLE IF NOT EXISTS correction_undo (
  correction_id INTEGER PRIMARY KEY REFERENCES correction_row(correction_id),
  author TEXT NOT NULL CHECK (length(author) > 0),
  undone_at TEXT NOT NULL
);
