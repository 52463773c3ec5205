-- What analysts' SQL works on: documented in docs/ledger.md like an API. Each shows the current reading of every article.

CREATE VIEW IF NOT EXISTS articles AS
SELECT a.article_id, a.name, a.uri, a.title, a.outlet, a.byline, a.published, a.published_inferred, a.language, a.text_id, a.text, r.reading_id, r.run_id
FROM reading r JOIN article a USING (article_id)
WHERE r.superseded_by IS NULL;

CREATE VIEW IF NOT EXISTS events AS
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

CREATE VIEW IF NOT EXISTS statements AS
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

-- Every verdict that was ever set, with the commitment of the current reading that it is about.
CREATE VIEW IF NOT EXISTS verdicts AS
SELECT v.verdict_id, substr(v.article_id, 1, 12) || ':' || c.id AS id, v.verdict, v.evidence, v.author, v.set_at, u.author AS undone_by, u.undone_at,
  c.consequent, c.id AS record, c.reading_id, v.article_id
FROM verdict_row v JOIN reading r ON r.article_id = v.article_id AND r.superseded_by IS NULL
  JOIN commitment_row c ON c.reading_id = r.reading_id AND c.anchor_begin = v.anchor_begin AND c.consequent_begin < v.consequent_end
    AND c.consequent_end > v.consequent_begin
  LEFT JOIN verdict_undo u USING (verdict_id);

-- The one that counts: the last that was not taken back.
CREATE VIEW IF NOT EXISTS current_verdict AS
SELECT reading_id, record, max(verdict_id) AS verdict_id FROM verdicts WHERE undone_at IS NULL GROUP BY reading_id, record;

CREATE VIEW IF NOT EXISTS agreements AS
SELECT substr(a.article_id, 1, 12) || ':' || g.id AS id, g.title AS agreement,
  (SELECT group_concat(coalesce(p.name, p.text), '; ') FROM participant p WHERE p.reading_id = g.reading_id AND p.record = g.id AND p.role = 'party') AS parties,
  g.dated_begin AS dated, g.in_force_begin AS in_force, g.lapses_end AS lapses, json_array_length(g.stipulations) AS stipulations,
  a.title, a.published, a.outlet, a.uri, g.confidence, json_extract(g.provenance, '$.rule') AS rule, g.id AS record, g.reading_id, a.article_id
FROM agreement_row g JOIN reading r USING (reading_id) JOIN article a USING (article_id)
WHERE r.superseded_by IS NULL;

CREATE VIEW IF NOT EXISTS commitments AS
SELECT substr(a.article_id, 1, 12) || ':' || c.id AS id,
  (SELECT group_concat(coalesce(p.name, p.text), '; ') FROM participant p WHERE p.reading_id = c.reading_id AND p.record = c.id AND p.role = 'debtor') AS debtors,
  (SELECT group_concat(coalesce(p.country, '---') || ' ' || coalesce(p.sector, '---'), '; ') FROM participant p WHERE p.reading_id = c.reading_id AND p.record = c.id AND p.role = 'debtor') AS debtor_codes,
  (SELECT group_concat(coalesce(p.name, p.text), '; ') FROM participant p WHERE p.reading_id = c.reading_id AND p.record = c.id AND p.role = 'creditor') AS creditors,
  c.consequent, c.antecedent, c.deadline_begin, c.deadline_end, c.deadline_words, c.deadline_rule,
  (SELECT group_concat(json_extract(value, '$.text'), '; ') FROM json_each(c.excludes)) AS excludes, c.polarity, c.force,
  (SELECT group_concat(json_extract(value, '$.text'), '; ') FROM json_each(c.quantity)) AS quantity, c.not_testable, c.status,
  coalesce(v.verdict, 'open') AS verdict, v.evidence AS verdict_evidence, v.author AS verdict_by, v.set_at AS verdict_at, c.sources, c.same_as, c.agreement,
  c.clause, c.anchor,
  s.text AS sentence_text, a.title, a.published, a.outlet, a.uri, c.confidence, json_extract(c.provenance, '$.rule') AS rule, c.id AS record, c.reading_id,
  s.sentence_id, a.article_id
FROM commitment_row c JOIN reading r USING (reading_id) JOIN article a USING (article_id) JOIN sentence s ON s.reading_id = c.reading_id AND s.number = c.sentence
  LEFT JOIN current_verdict w ON w.reading_id = c.reading_id AND w.record = c.id
  LEFT JOIN current_verdict o ON o.reading_id = c.reading_id AND o.record = c.same_as
  LEFT JOIN verdict_row v ON v.verdict_id = coalesce(w.verdict_id, o.verdict_id)
WHERE r.superseded_by IS NULL;

CREATE VIEW IF NOT EXISTS rejects AS
SELECT j.path, j.begin, j.end, j.code, j.message, j.run_id, u.started FROM reject j JOIN run u USING (run_id);

-- Every correction that was ever set, with the record of the current reading that it is about.
CREATE VIEW IF NOT EXISTS corrections AS
SELECT correction_id, substr(article_id, 1, 12) || ':' || record AS id, decision, changes, note, author, set_at, undone_by, undone_at, record,
  reading_id, article_id
FROM (SELECT k.correction_id, k.article_id, k.decision, k.changes, k.note, k.author, k.set_at, u.author AS undone_by, u.undone_at, r.reading_id,
  CASE k.kind
    WHEN 'e' THEN (SELECT json_extract(json_group_array(id), '$[' || k.nth || ']') FROM (SELECT id FROM event_row
      WHERE reading_id = r.reading_id AND anchor_begin = k.begin AND anchor_end = k.end ORDER BY length(id), id))
    WHEN 's' THEN (SELECT json_extract(json_group_array(id), '$[' || k.nth || ']') FROM (SELECT id FROM statement_row
      WHERE reading_id = r.reading_id AND coalesce(cue_begin, json_extract(content, '$[0].begin'), json_extract(source, '$.text.begin')) = k.begin AND coalesce(cue_end, json_extract(content, '$[0].end'), json_extract(source, '$.text.end')) = k.end ORDER BY length(id), id))
    WHEN 'c' THEN (SELECT json_extract(json_group_array(id), '$[' || k.nth || ']') FROM (SELECT id FROM commitment_row
      WHERE reading_id = r.reading_id AND consequent_begin = k.begin AND consequent_end = k.end ORDER BY length(id), id))
    WHEN 'g' THEN (SELECT json_extract(json_group_array(id), '$[' || k.nth || ']') FROM (SELECT id FROM agreement_row
      WHERE reading_id = r.reading_id AND title_begin = k.begin AND title_end = k.end ORDER BY length(id), id))
    WHEN 't' THEN (SELECT json_extract(json_group_array(id), '$[' || k.nth || ']') FROM (SELECT id FROM timex_row
      WHERE reading_id = r.reading_id AND begin = k.begin AND end = k.end ORDER BY length(id), id))
    WHEN 'p' THEN (SELECT json_extract(json_group_array(id), '$[' || k.nth || ']') FROM (SELECT id FROM place_row
      WHERE reading_id = r.reading_id AND begin = k.begin AND end = k.end ORDER BY length(id), id))
  END AS record
  FROM correction_row k CROSS JOIN reading r ON r.article_id = k.article_id AND r.superseded_by IS NULL LEFT JOIN correction_undo u USING (correction_id))
WHERE record IS NOT NULL;

-- The one that counts: the last that was not taken back.
CREATE VIEW IF NOT EXISTS current_correction AS
SELECT reading_id, record, max(correction_id) AS correction_id FROM corrections WHERE undone_at IS NULL GROUP BY reading_id, record;
