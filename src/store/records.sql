-- Made by scripts/generate from schema/records.json. Edit that file, not this one.
-- Record tables of the ledger. Lists and compound values are JSON text; offsets are bytes of article.text.

CREATE TABLE IF NOT EXISTS event_row (
  reading_id INTEGER NOT NULL REFERENCES reading(reading_id) ON DELETE CASCADE,
  sentence INTEGER NOT NULL,
  "id" TEXT NOT NULL,
  "anchor_begin" INTEGER NOT NULL,
  "anchor_end" INTEGER NOT NULL,
  "anchor" TEXT NOT NULL,
  "type" TEXT NOT NULL,
  "mode" TEXT,
  "contexts" TEXT NOT NULL CHECK (json_valid(contexts)),
  "actor" TEXT NOT NULL CHECK (json_valid(actor)),
  "recipient" TEXT NOT NULL CHECK (json_valid(recipient)),
  "date_begin" TEXT,
  "date_end" TEXT,
  "place" TEXT,
  "aux" TEXT NOT NULL CHECK (json_valid(aux)),
  "sources" TEXT NOT NULL CHECK (json_valid(sources)),
  "same_as" TEXT,
  "cameo" TEXT,
  "score" REAL,
  "confidence" REAL NOT NULL,
  "provenance" TEXT NOT NULL CHECK (json_valid(provenance)),
  PRIMARY KEY (reading_id, id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS statement_row (
  reading_id INTEGER NOT NULL REFERENCES reading(reading_id) ON DELETE CASCADE,
  sentence INTEGER NOT NULL,
  "id" TEXT NOT NULL,
  "source" TEXT NOT NULL CHECK (json_valid(source)),
  "anonymity" TEXT NOT NULL,
  "unnamed" TEXT,
  "speaks_for" TEXT,
  "cue_begin" INTEGER,
  "cue_end" INTEGER,
  "cue" TEXT,
  "content" TEXT NOT NULL CHECK (json_valid(content)),
  "kind" TEXT NOT NULL,
  "stance" TEXT NOT NULL,
  "certainty" TEXT NOT NULL,
  "via_begin" INTEGER,
  "via_end" INTEGER,
  "via" TEXT,
  "parent" TEXT,
  "chain" TEXT NOT NULL,
  "confidence" REAL NOT NULL,
  "provenance" TEXT NOT NULL CHECK (json_valid(provenance)),
  PRIMARY KEY (reading_id, id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS commitment_row (
  reading_id INTEGER NOT NULL REFERENCES reading(reading_id) ON DELETE CASCADE,
  sentence INTEGER NOT NULL,
  "id" TEXT NOT NULL,
  "anchor_begin" INTEGER NOT NULL,
  "anchor_end" INTEGER NOT NULL,
  "anchor" TEXT NOT NULL,
  "debtor" TEXT NOT NULL CHECK (json_valid(debtor)),
  "creditor" TEXT NOT NULL CHECK (json_valid(creditor)),
  "consequent_begin" INTEGER NOT NULL,
  "consequent_end" INTEGER NOT NULL,
  "consequent" TEXT NOT NULL,
  "antecedent_begin" INTEGER,
  "antecedent_end" INTEGER,
  "antecedent" TEXT,
  "deadline_begin" TEXT,
  "deadline_end" TEXT,
  "excludes" TEXT NOT NULL CHECK (json_valid(excludes)),
  "polarity" TEXT NOT NULL,
  "status" TEXT NOT NULL,
  "sources" TEXT NOT NULL CHECK (json_valid(sources)),
  "same_as" TEXT,
  "confidence" REAL NOT NULL,
  "provenance" TEXT NOT NULL CHECK (json_valid(provenance)),
  PRIMARY KEY (reading_id, id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS timex_row (
  reading_id INTEGER NOT NULL REFERENCES reading(reading_id) ON DELETE CASCADE,
  sentence INTEGER NOT NULL,
  id TEXT NOT NULL,
  "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "text" TEXT NOT NULL,
  "type" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "mod" TEXT,
  "confidence" REAL NOT NULL,
  "provenance" TEXT NOT NULL CHECK (json_valid(provenance)),
  PRIMARY KEY (reading_id, id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS place_row (
  reading_id INTEGER NOT NULL REFERENCES reading(reading_id) ON DELETE CASCADE,
  sentence INTEGER NOT NULL,
  id TEXT NOT NULL,
  "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "text" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "country" TEXT,
  "kind" TEXT NOT NULL,
  "lat" REAL,
  "lon" REAL,
  "geonames" INTEGER,
  "confidence" REAL NOT NULL,
  "provenance" TEXT NOT NULL CHECK (json_valid(provenance)),
  PRIMARY KEY (reading_id, id)
) WITHOUT ROWID;
