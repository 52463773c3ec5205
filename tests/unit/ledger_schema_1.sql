-- A ledger of schema version 1 with one reading, as masudi wrote it before verdicts and agreements: what the migration starts from.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE run (
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
CREATE TABLE article (
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
CREATE TABLE reading (
  reading_id INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL REFERENCES article(article_id),
  engine_key TEXT NOT NULL,
  run_id INTEGER NOT NULL REFERENCES run(run_id),
  superseded_by INTEGER REFERENCES reading(reading_id),
  UNIQUE (article_id, engine_key)
);
CREATE TABLE sentence (
  sentence_id INTEGER PRIMARY KEY,
  reading_id INTEGER NOT NULL REFERENCES reading(reading_id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  begin INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (reading_id, number)
);
CREATE VIRTUAL TABLE sentence_fts USING fts5(text, content = 'sentence', content_rowid = 'sentence_id', tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE participant (
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
CREATE TABLE reject (
  reject_id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run(run_id),
  path TEXT NOT NULL,
  begin INTEGER NOT NULL,
  end INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  UNIQUE (path, begin, end, code, message)
);
CREATE TABLE event_row (
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
  "date_precision" TEXT,
  "date_basis" TEXT,
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
CREATE TABLE statement_row (
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
CREATE TABLE commitment_row (
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
CREATE TABLE timex_row (
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
CREATE TABLE place_row (
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
  "precision" TEXT NOT NULL,
  "role" TEXT NOT NULL,
  "confidence" REAL NOT NULL,
  "provenance" TEXT NOT NULL CHECK (json_valid(provenance)),
  PRIMARY KEY (reading_id, id)
) WITHOUT ROWID;
CREATE INDEX article_by_source ON article(source_key);
CREATE INDEX article_by_published ON article(published);
CREATE INDEX participant_by_country ON participant(country, role);
CREATE VIEW articles AS
SELECT a.article_id, a.name, a.uri, a.title, a.outlet, a.byline, a.published, a.published_inferred, a.language, a.text_id, a.text, r.reading_id, r.run_id
FROM reading r JOIN article a USING (article_id)
WHERE r.superseded_by IS NULL;
CREATE VIEW events AS
SELECT substr(a.article_id, 1, 12) || ':' || e.id AS id, e.type, e.mode, e.cameo, e.score,
  (SELECT group_concat(coalesce(p.name, p.text), '; ') FROM participant p WHERE p.reading_id = e.reading_id AND p.record = e.id AND p.role = 'actor') AS actors,
  (SELECT group_concat(coalesce(p.country, '---') || ' ' || coalesce(p.sector, '---'), '; ') FROM participant p WHERE p.reading_id = e.reading_id AND p.record = e.id AND p.role = 'actor') AS actor_codes,
  (SELECT group_concat(coalesce(p.name, p.text), '; ') FROM participant p WHERE p.reading_id = e.reading_id AND p.record = e.id AND p.role = 'recipient') AS recipients,
  (SELECT group_concat(coalesce(p.country, '---') || ' ' || coalesce(p.sector, '---'), '; ') FROM participant p WHERE p.reading_id = e.reading_id AND p.record = e.id AND p.role = 'recipient') AS recipient_codes,
  e.date_begin, e.date_end, json_extract(e.place, '$.name') AS place, json_extract(e.place, '$.country') AS place_country,
  e.contexts, e.aux, e.sources, e.same_as, e.anchor, s.text AS sentence_text, a.title, a.published, a.outlet, a.uri, e.confidence,
  json_extract(e.provenance, '$.rule') AS rule, e.id AS record, e.reading_id, s.sentence_id, a.article_id
FROM event_row e JOIN reading r USING (reading_id) JOIN article a USING (article_id) JOIN sentence s ON s.reading_id = e.reading_id AND s.number = e.sentence
WHERE r.superseded_by IS NULL;
CREATE VIEW statements AS
SELECT substr(a.article_id, 1, 12) || ':' || t.id AS id, coalesce(json_extract(t.source, '$.name'), json_extract(t.source, '$.text.text')) AS source,
  json_extract(t.source, '$.country') AS source_country, json_extract(t.source, '$.sector') AS source_sector, t.anonymity,
  json_extract(t.unnamed, '$.role') AS unnamed_role, json_extract(t.unnamed, '$.number') AS unnamed_number,
  json_extract(t.unnamed, '$.organisation') AS unnamed_organisation, json_extract(t.unnamed, '$.nationality') AS unnamed_nationality,
  json_extract(t.unnamed, '$.reason.text') AS unnamed_reason,
  coalesce(json_extract(t.speaks_for, '$.name'), json_extract(t.speaks_for, '$.text.text')) AS speaks_for, t.cue,
  (SELECT group_concat(json_extract(value, '$.text'), ' [...] ') FROM json_each(t.content)) AS content, t.kind, t.stance, t.certainty, t.via, t.parent,
  t.chain,
  s.text AS sentence_text, a.title, a.published, a.outlet, a.uri, t.confidence, json_extract(t.provenance, '$.rule') AS rule, t.id AS record, t.reading_id,
  s.sentence_id, a.article_id
FROM statement_row t JOIN reading r USING (reading_id) JOIN article a USING (article_id) JOIN sentence s ON s.reading_id = t.reading_id AND s.number = t.sentence
WHERE r.superseded_by IS NULL;
CREATE VIEW commitments AS
SELECT substr(a.article_id, 1, 12) || ':' || c.id AS id,
  (SELECT group_concat(coalesce(p.name, p.text), '; ') FROM participant p WHERE p.reading_id = c.reading_id AND p.record = c.id AND p.role = 'debtor') AS debtors,
  (SELECT group_concat(coalesce(p.country, '---') || ' ' || coalesce(p.sector, '---'), '; ') FROM participant p WHERE p.reading_id = c.reading_id AND p.record = c.id AND p.role = 'debtor') AS debtor_codes,
  (SELECT group_concat(coalesce(p.name, p.text), '; ') FROM participant p WHERE p.reading_id = c.reading_id AND p.record = c.id AND p.role = 'creditor') AS creditors,
  c.consequent, c.antecedent, c.deadline_begin, c.deadline_end,
  (SELECT group_concat(json_extract(value, '$.text'), '; ') FROM json_each(c.excludes)) AS excludes, c.polarity, c.status, c.sources, c.same_as, c.anchor,
  s.text AS sentence_text, a.title, a.published, a.outlet, a.uri, c.confidence, json_extract(c.provenance, '$.rule') AS rule, c.id AS record, c.reading_id,
  s.sentence_id, a.article_id
FROM commitment_row c JOIN reading r USING (reading_id) JOIN article a USING (article_id) JOIN sentence s ON s.reading_id = c.reading_id AND s.number = c.sentence
WHERE r.superseded_by IS NULL;
CREATE VIEW rejects AS
SELECT j.path, j.begin, j.end, j.code, j.message, j.run_id, u.started FROM reject j JOIN run u USING (run_id);
CREATE TRIGGER sentence_added AFTER INSERT ON sentence BEGIN
  INSERT INTO sentence_fts(rowid, text) VALUES (new.sentence_id, new.text);
END;
INSERT INTO meta VALUES ('schema_version', '1');
INSERT INTO run VALUES (1, '4291734fa1ffb2db46476eb41043ead1c6dd264809e12b8eda5a3c0fd0e519e4', '0.1.0', 'ef1930cd293a25965eb9f71445c51784911e9f1368d1eec38c7e47103116a45b', '3ce53fadb61f7788501ffe846cf3a12074e93c703e612d1dfb8e445428d144bf', '1c84d8ad3929c0549029b66c801dbc350e545c457620f9255a275a4cdb35ed3f', '{"published":"2024-03-06","input":"detect","max_bytes":67108864}', '["norway.txt"]', '2024-03-06T00:00:00Z', '2024-03-06T00:00:00Z', 1, 0, 0);
INSERT INTO article VALUES ('82f531a43754a52b6b7c171a2508f20bea778d49c0a91643013052a1bbb3b44a', 'norway.txt@0', 'f6383283c83bddafdc5c5e3255182a495d525283c79d43bc83b5b15845e7cace', 'f6383283c83bddafdc5c5e3255182a495d525283c79d43bc83b5b15845e7cace', 'norway', 'norway.txt', 'Norway and Kenya agree', NULL, NULL, '2024-03-06', 0, 'en', 'Norway and Kenya agree

Norway promised on Monday to build two schools in Kenya by 30 June 2024, the minister said.
', '[]', '{}');
INSERT INTO reading VALUES (1, '82f531a43754a52b6b7c171a2508f20bea778d49c0a91643013052a1bbb3b44a', '4291734fa1ffb2db46476eb41043ead1c6dd264809e12b8eda5a3c0fd0e519e4', 1, NULL);
INSERT INTO sentence VALUES (1, 1, 0, 0, 22, 'Norway and Kenya agree');
INSERT INTO sentence VALUES (2, 1, 1, 24, 115, 'Norway promised on Monday to build two schools in Kenya by 30 June 2024, the minister said.');
INSERT INTO participant VALUES (1, 'c1', 'debtor', 0, 24, 30, 'Norway', 'Norway', 'NOR', 'GOV');
INSERT INTO participant VALUES (1, 'e1', 'actor', 0, 0, 6, 'Norway', 'Norway', 'NOR', 'GOV');
INSERT INTO participant VALUES (1, 'e1', 'actor', 1, 11, 16, 'Kenya', 'Kenya', 'KEN', 'GOV');
INSERT INTO participant VALUES (1, 'e2', 'actor', 0, 24, 30, 'Norway', 'Norway', 'NOR', 'GOV');
INSERT INTO participant VALUES (1, 'e2', 'recipient', 0, 59, 79, 'two schools in Kenya', NULL, 'KEN', NULL);
INSERT INTO participant VALUES (1, 's1', 'source', 0, 24, 30, 'Norway', 'Norway', 'NOR', 'GOV');
INSERT INTO event_row VALUES (1, 0, 'e1', 17, 22, 'agree', 'AGREE', NULL, '["diplomatic"]', '[{"text":{"begin":0,"end":6,"text":"Norway"},"name":"Norway","country":"NOR","sector":"GOV"},{"text":{"begin":11,"end":16,"text":"Kenya"},"name":"Kenya","country":"KEN","sector":"GOV"}]', '[]', '2024-03-04', '2024-03-04', 'day', 'told', NULL, '[]', '[]', NULL, '030', 2.5, 0.6, '{"rule":"ev.agree.076","model":null}');
INSERT INTO event_row VALUES (1, 1, 'e2', 31, 39, 'promised', 'AGREE', NULL, '["diplomatic"]', '[{"text":{"begin":24,"end":30,"text":"Norway"},"name":"Norway","country":"NOR","sector":"GOV"}]', '[{"text":{"begin":59,"end":79,"text":"two schools in Kenya"},"name":null,"country":"KEN","sector":null}]', '2024-03-04', '2024-03-04', 'day', 'named', NULL, '[]', '[]', 'e1', '030', 2.5, 0.7, '{"rule":"ev.agree.018","model":null}');
INSERT INTO statement_row VALUES (1, 1, 's1', '{"text":{"begin":24,"end":30,"text":"Norway"},"name":"Norway","country":"NOR","sector":"GOV"}', 'organisation', NULL, NULL, 31, 39, 'promised', '[{"begin":50,"end":95,"text":"to build two schools in Kenya by 30 June 2024"}]', 'indirect', 'promising', 'stated', NULL, NULL, NULL, NULL, 'the article <- Norway', 0.82, '{"rule":"cue.promise","model":null}');
INSERT INTO commitment_row VALUES (1, 1, 'c1', 31, 39, 'promised', '[{"text":{"begin":24,"end":30,"text":"Norway"},"name":"Norway","country":"NOR","sector":"GOV"}]', '[]', 53, 95, 'build two schools in Kenya by 30 June 2024', NULL, NULL, NULL, '2024-03-06', '2024-06-30', '[]', '+', 'active', '["s1"]', NULL, 0.85, '{"rule":"com.promise","model":null}');
INSERT INTO timex_row VALUES (1, 1, 't1', 43, 49, 'Monday', 'DATE', '2024-03-04', NULL, 0.85, '{"rule":"txp.066 txp.031 txw.035 txr.010","model":null}');
INSERT INTO timex_row VALUES (1, 1, 't2', 83, 95, '30 June 2024', 'DATE', '2024-06-30', NULL, 0.95, '{"rule":"txp.066 txp.032 txp.022 txp.019 txp.010 txw.147 txp.001 txw.006 txp.012 txw.148 txr.001","model":null}');
INSERT INTO place_row VALUES (1, 0, 'p1', 0, 6, 'Norway', 'Norway', 'NOR', 'country', NULL, NULL, 3144096, 'none', 'actor', 0.95, '{"rule":"cc.NOR plr.012","model":null}');
INSERT INTO place_row VALUES (1, 0, 'p2', 11, 16, 'Kenya', 'Kenya', 'KEN', 'country', NULL, NULL, 192950, 'none', 'actor', 0.95, '{"rule":"cc.KEN plr.012","model":null}');
INSERT INTO place_row VALUES (1, 1, 'p3', 24, 30, 'Norway', 'Norway', 'NOR', 'country', NULL, NULL, 3144096, 'none', 'actor', 0.95, '{"rule":"cc.NOR plr.012","model":null}');
INSERT INTO place_row VALUES (1, 1, 'p4', 74, 79, 'Kenya', 'Kenya', 'KEN', 'country', NULL, NULL, 192950, 'none', 'place', 0.95, '{"rule":"cc.KEN plr.022","model":null}');
