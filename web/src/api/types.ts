// Made by web/scripts/types.mjs from schema/openapi.json. Edit that file, not this one.

/** What went wrong, and what would have been accepted. */
export interface Error {
  error: { code: string; message: string };
}

/** First and last day, ISO; null where nothing is dated. */
export interface Bounds {
  first: string | null;
  last: string | null;
}

/** Names everything that could have changed a result. */
export interface Engine {
  version: string;
  lexicon: string;
  gazetteer: string;
  model: string;
  dictionaries?: string;
}

/** What the page needs first. */
export interface Session {
  /** masudi */
  program: string;
  /** of the program */
  version: string;
  /** of records and ledger */
  schema_version: string;
  /** name of the file, without its folders */
  ledger: string;
  /** the ledger is made of the examples and goes away */
  demo: boolean;
  /** verdicts, corrections and stored readings are refused */
  read_only: boolean;
  /** the server's day, for which overdue is computed where a call gives none */
  today: string;
  /** to be sent as X-Masudi-Token with every POST */
  token: string;
  /** grows when the ledger changes: views should be asked for again */
  data_version: number;
  engine: Engine;
  counts: { articles: number; undated: number; events: number; statements: number; commitments: number; rejects: number };
  published: Bounds;
  dates: Bounds;
  limits: { body_bytes: number; page: number; sql_rows: number; sql_ms: number };
  /** PLOVER type -> quad */
  quads: Record<string, string>;
  /** words of a verdict */
  verdicts: Array<string>;
}

/** Where a record comes from. */
export interface ArticleHead {
  /** first 12 characters of article_id */
  id: string;
  title: string | null;
  outlet: string | null;
  published: string | null;
  uri: string;
}

/** Bytes of the article's text, and the words. */
export interface Sentence {
  /** from 0 */
  number: number;
  begin: number;
  end: number;
  text: string;
}

/** What a person said of a record: a layer over the machine's, never in its place. */
export interface Correction {
  correction_id: number;
  /** ARTICLE:RECORD */
  record: string;
  decision: "accept" | "reject" | "change";
  /** field of docs/record.md -> its value instead; only for change */
  changes: Record<string, unknown>;
  note: string;
  author: string;
  /** ISO time, UTC */
  set_at: string;
  undone_by: string | null;
  undone_at: string | null;
}

/** A judgement of a commitment. */
export interface Verdict {
  verdict_id: number;
  /** ARTICLE:RECORD */
  commitment: string;
  verdict: string;
  evidence: string;
  author: string;
  /** ISO time, UTC */
  set_at: string;
  undone_by: string | null;
  undone_at: string | null;
}

/** Where the event happens, as far as it is known. Absent coordinates stay absent: a country is no point. */
export interface Point {
  name: string;
  country: string | null;
  kind: string | null;
  lat: number | null;
  lon: number | null;
  /** exact, area, near or none */
  precision: string;
}

/** An event with its sentence. */
export interface EventItem {
  /** ARTICLE:RECORD */
  id: string;
  article: ArticleHead;
  sentence: Sentence;
  record: Event;
  /** verbal-cooperation, material-cooperation, verbal-conflict or material-conflict */
  quad: string | null;
  point: null | Point;
  correction: null | Correction;
}

/** A statement with its sentence. */
export interface StatementItem {
  /** ARTICLE:RECORD */
  id: string;
  article: ArticleHead;
  sentence: Sentence;
  record: Statement;
  correction: null | Correction;
}

/** A commitment with its sentence. */
export interface CommitmentItem {
  /** ARTICLE:RECORD */
  id: string;
  article: ArticleHead;
  sentence: Sentence;
  record: Commitment;
  verdict: null | Verdict;
  /** its column on the board: overdue, due, undated, conditional, or the verdict */
  state: string;
  /** null without a deadline */
  overdue: boolean | null;
  /** the arithmetic, in words */
  overdue_rule: string;
  /** other tellings in the same article (same_as), ARTICLE:RECORD */
  accounts: Array<string>;
  correction: null | Correction;
}

/** An agreement with its sentence. */
export interface AgreementItem {
  /** ARTICLE:RECORD */
  id: string;
  article: ArticleHead;
  sentence: Sentence;
  record: Agreement;
  correction: null | Correction;
}

/** A date with its sentence. */
export interface TimexItem {
  /** ARTICLE:RECORD */
  id: string;
  article: ArticleHead;
  sentence: Sentence;
  record: Timex;
  correction: null | Correction;
}

/** A place with its sentence. */
export interface PlaceItem {
  /** ARTICLE:RECORD */
  id: string;
  article: ArticleHead;
  sentence: Sentence;
  record: Place;
  correction: null | Correction;
}

/** An article in a list. */
export interface ArticleItem {
  article: ArticleHead;
  article_id: string;
  byline: string | null;
  language: string;
  published_inferred: boolean;
  /** first words of the text */
  start: string;
  events: number;
  statements: number;
  commitments: number;
  /** records with a correction */
  reviewed: number;
}

/** A page of a list. */
export interface EventPage {
  /** rows under the filters */
  total: number;
  items: Array<EventItem>;
  /** cursor of the next page; null at the end */
  next: string | null;
  /** the day for which overdue is computed */
  today: string;
}

/** A page of a list. */
export interface StatementPage {
  /** rows under the filters */
  total: number;
  items: Array<StatementItem>;
  /** cursor of the next page; null at the end */
  next: string | null;
  /** the day for which overdue is computed */
  today: string;
}

/** A page of a list. */
export interface CommitmentPage {
  /** rows under the filters */
  total: number;
  items: Array<CommitmentItem>;
  /** cursor of the next page; null at the end */
  next: string | null;
  /** the day for which overdue is computed */
  today: string;
}

/** A page of a list. */
export interface ArticlePage {
  /** rows under the filters */
  total: number;
  items: Array<ArticleItem>;
  /** cursor of the next page; null at the end */
  next: string | null;
  /** the day for which overdue is computed */
  today: string;
}

/** The article's own fields, as of `read --format json`. */
export interface ArticleText {
  id: string;
  uri: string;
  title: string | null;
  published: string | null;
  published_inferred: boolean;
  outlet: string | null;
  byline: string | null;
  language: string;
  text_id: string;
  raw_sha256: string;
  text: string;
  excluded: Array<Record<string, unknown>>;
  other?: Record<string, unknown>;
}

/** An article with its records, as stored. Offsets are bytes of the text in UTF-8. */
export interface StoredReading {
  schema_version: string;
  engine: Engine;
  article_id: string;
  head: ArticleHead;
  article: ArticleText;
  sentences: Array<Sentence>;
  events: Array<Event>;
  statements: Array<Statement>;
  commitments: Array<Commitment>;
  agreements: Array<Agreement>;
  timexes: Array<Timex>;
  places: Array<Place>;
  /** those that count */
  verdicts: Array<Verdict>;
  /** those that count */
  corrections: Array<Correction>;
}

/** A word: CoNLL-U's columns. head 0 is the root; ids start at 1. */
export interface Word {
  id: number;
  begin: number;
  end: number;
  form: string;
  lemma: string;
  upos: string;
  xpos: string;
  feats: string;
  head: number;
  deprel: string;
}

/** A sentence with its words, tokens and entities (docs/annotate.md). */
export interface ParsedSentence {
  begin: number;
  end: number;
  text: string;
  starts_paragraph: boolean;
  words: Array<Word>;
  tokens: Array<Record<string, unknown>>;
  entities: Array<Record<string, unknown>>;
}

/** The linguistic layer, read again by this engine, and who is who. */
export interface Annotation {
  schema_version: string;
  engine: Engine;
  /** the ledger's records were made by this engine */
  same_engine: boolean;
  sentences: Array<ParsedSentence>;
  entities: Array<Party>;
}

/** An article read now: as of `read --format json`, with its words. */
export interface FreshReading {
  schema_version: string;
  engine: Engine;
  article: ArticleText;
  events: Array<Event>;
  statements: Array<Statement>;
  commitments: Array<Commitment>;
  agreements: Array<Agreement>;
  timexes: Array<Timex>;
  places: Array<Place>;
  entities: Array<Party>;
  sentences: Array<ParsedSentence>;
  /** article's id in the ledger, where storing was asked for */
  stored: string | null;
}

/** A row of the lexicon or gazetteer that fired, or a rule of the program. */
export interface RuleRow {
  /** record, or the field that it filled */
  field: string;
  rule: string;
  file: string | null;
  line: number | null;
  cells: Record<string, string>;
  note: string;
}

/** A candidate that lost. */
export interface Rejected {
  what: string;
  reason: string;
  score: number | null;
  begin: number | null;
  end: number | null;
}

/** Why a record is there. */
export interface Explanation {
  id: string;
  /** id in the article */
  record: string;
  /** false: this engine may read the article otherwise than the one that wrote the ledger */
  same_engine: boolean;
  /** the explanation of `masudi explain` */
  text: string;
  sentence: null | ParsedSentence;
  /** ids of the words that the rule matched */
  words: Array<number>;
  marks: Array<{ field: string; begin: number; end: number; text: string }>;
  rules: Array<RuleRow>;
  rejected: Array<Rejected>;
  /** who vouches for it */
  chain: string;
}

/** One record with all that is known of it. */
export interface RecordDetail {
  id: string;
  kind: "event" | "statement" | "commitment" | "agreement" | "timex" | "place";
  item: EventItem | StatementItem | CommitmentItem | AgreementItem | TimexItem | PlaceItem;
  /** all, oldest first */
  verdicts: Array<Verdict>;
  /** all, oldest first */
  corrections: Array<Correction>;
}

/** Values of one filter with their counts, most first. Each is counted under all other filters. */
export interface Facet {
  /** the filter's name */
  name: string;
  values: Array<{ value: string; label: string; count: number }>;
  /** values that were left out */
  more: number;
}

export interface Facets {
  total: number;
  facets: Array<Facet>;
}

/** Counts in time. Groups are quads for events, states for commitments, stances for statements. */
export interface Timeline {
  bucket: "day" | "week" | "month" | "year";
  total: number;
  undated: number;
  groups: Array<string>;
  buckets: Array<{ begin: string; end: string; count: number; by: Record<string, number> }>;
}

/** A place with what happened there. */
export interface MapPlace {
  name: string;
  country: string | null;
  kind: string | null;
  lat: number | null;
  lon: number | null;
  /** exact, area, near or none: only exact is a filled mark */
  precision: string;
  count: number;
  by: Record<string, number>;
}

export interface Map {
  /** events under the filters */
  total: number;
  /** those with a place */
  placed: number;
  places: Array<MapPlace>;
  /** places that were left out */
  more: number;
}

export interface Node {
  /** what the party filter takes */
  id: string;
  label: string;
  country: string | null;
  sector: string | null;
  count: number;
}

export interface Edge {
  from: string;
  to: string;
  quad: string;
  count: number;
  /** mean conflict-cooperation score */
  score: number | null;
}

/** Who does what to whom. */
export interface Network {
  total: number;
  level: "country" | "actor";
  nodes: Array<Node>;
  edges: Array<Edge>;
  /** edges that were left out */
  more: number;
}

/** Commitments by state, overdue first. */
export interface Board {
  today: string;
  total: number;
  columns: Array<{ state: string; count: number; items: Array<CommitmentItem> }>;
}

/** A source, or an outlet, and what it says. */
export interface SourceRow {
  /** what the filter of that name takes: source, via or outlet */
  source: string;
  label: string;
  country: string | null;
  sector: string | null;
  count: number;
  anonymity: Record<string, number>;
  stance: Record<string, number>;
  certainty: Record<string, number>;
  outlets: Record<string, number>;
  /** outlets through which it came */
  vias: Record<string, number>;
  first: string | null;
  last: string | null;
}

export interface Sources {
  by: "source" | "via" | "outlet";
  /** statements under the filters */
  total: number;
  /** sources under the filters */
  sources: number;
  items: Array<SourceRow>;
  next: string | null;
}

/** The manifest of a run. */
export interface Run {
  run_id: number;
  version: string;
  lexicon: string;
  gazetteer: string;
  model: string;
  settings: Record<string, unknown>;
  inputs: Array<string>;
  started: string;
  finished: string | null;
  articles: number;
  known: number;
  rejects: number;
}

/** What could not be read. */
export interface RejectRow {
  path: string;
  begin: number;
  end: number;
  code: string;
  message: string;
  run_id: number;
  started: string;
}

/** What was read. */
export interface Corpus {
  articles: number;
  /** readings that a newer one replaced */
  superseded: number;
  sentences: number;
  rejects: number;
  reject_codes: Record<string, number>;
  runs: number;
  outlets: Array<{ outlet: string | null; articles: number; first: string | null; last: string | null }>;
  months: Array<{ month: string; articles: number }>;
}

export interface Runs {
  total: number;
  items: Array<Run>;
}

export interface Rejects {
  total: number;
  items: Array<RejectRow>;
  next: string | null;
}

export interface Verdicts {
  total: number;
  items: Array<Verdict>;
}

export interface Corrections {
  total: number;
  items: Array<Correction>;
}

export interface SqlAnswer {
  columns: Array<string>;
  rows: Array<Array<string | number | null>>;
  /** there were more rows than the limit */
  truncated: boolean;
  elapsed_ms: number;
}

export interface SqlQuestion {
  /** one SELECT (or WITH ... SELECT) over the views of docs/ledger.md */
  sql: string;
  /** most rows; at most the session's sql_rows */
  limit?: number;
}

export interface ReadQuestion {
  /** the article: text, or HTML */
  text: string;
  title?: string;
  /** ISO day */
  published?: string;
  outlet?: string;
  uri?: string;
  /** detect, text or html */
  input?: "detect" | "text" | "html";
  /** put it into the ledger */
  store?: boolean;
}

export interface VerdictQuestion {
  /** ARTICLE:RECORD */
  commitment: string;
  verdict: string;
  /** a text or an address */
  evidence: string;
  author: string;
}

export interface VerdictUndo {
  commitment: string;
  author: string;
}

export interface CorrectionQuestion {
  /** ARTICLE:RECORD */
  record: string;
  decision: "accept" | "reject" | "change";
  /** field -> value, for change: strings, null, lists of strings; spans as {begin, end} in bytes; ranges as {begin, end} in ISO days; parties as objects of text {begin, end}, name, country, sector */
  changes?: Record<string, unknown>;
  note?: string;
  author: string;
}

export interface CorrectionUndo {
  record: string;
  author: string;
}

/** Bytes of the text, and the words. */
export interface Span {
  begin: number;
  end: number;
  text: string;
}

/** Two ISO days, both included. */
export interface Range {
  begin: string;
  end: string;
}

/** What made a record or filled a field. */
export interface Provenance {
  /** id of the lexicon row, or name of the rule in code, that fired */
  rule: string;
  /** the model that decided, where one did */
  model: string | null;
}

/** A party as it is named in this sentence, and who that is. */
export interface Entity {
  /** the words in this sentence, a pronoun included */
  text: Span;
  /** who it is, resolved */
  name: string | null;
  /** ISO 3166-1 alpha-3; absent for international and stateless bodies */
  country: string | null;
  /** GOV, LEG, JUD, MIL, COP, SPY, PTY, OPP, REB, UAF, CRM, CVL, MED, BUS, LAB, EDU, REL, NGO, IGO, REF, ELI or OTH */
  sector: string | null;
}

/** What is told of a source that is not named. */
export interface Unnamed {
  /** what they are, in the text's words without article, number and affiliation: senior official */
  role: string | null;
  /** how many, where more than one: the text's word (3, two, several); plural where it only says that they are several */
  number: string | null;
  /** whose they are, in the text's words: the State Department, White House */
  organisation: string | null;
  /** ISO 3166-1 alpha-3 of the adjective or country beside them */
  nationality: string | null;
  /** the words that say why, or on what condition, they are not named */
  reason: null | Span;
}

/** Where an event happens. */
export interface EventPlace {
  /** the words that say where */
  text: Span;
  /** standard English name */
  name: string;
  /** ISO 3166-1 alpha-3 */
  country: string | null;
}

/** Who did what to whom, when and where: one record for each distinct political event in a sentence. */
export interface Event {
  /** e1, e2, ... in order of the text */
  id: string;
  /** the word that expresses the event */
  anchor: Span;
  /** PLOVER type */
  type: string;
  /** PLOVER mode of the type */
  mode: string | null;
  /** PLOVER contexts */
  contexts: Array<string>;
  /** who acts */
  actor: Array<Entity>;
  /** who is acted on */
  recipient: Array<Entity>;
  /** days on which it happens */
  date: null | Range;
  /** how finely the text dates it: day, week, month, quarter, season, year, decade, century or span (from one day to another) */
  date_precision: string | null;
  /** named: a time in its clause; told: the time of another telling or of the story around it; default: the day of the news, for want of a time */
  date_basis: string | null;
  /** where it happens */
  place: null | EventPlace;
  /** historical, future, hypothetical, negated */
  aux: Array<string>;
  /** statements in whose content it stands, outermost first: who vouches for it */
  sources: Array<string>;
  /** an earlier telling of this event in the article */
  same_as: string | null;
  /** CAMEO code */
  cameo: string | null;
  /** PLOVER conflict-cooperation score, -10 to 10 */
  score: number | null;
  /** 0 to 1 */
  confidence: number;
  /** the rule that made it */
  provenance: Provenance;
}

/** Who says so: a source, a cue, a content. */
export interface Statement {
  /** s1, s2, ... in order of the text */
  id: string;
  /** who says it; name absent when anonymous */
  source: Entity;
  /** named, anonymous, organisation or document */
  anonymity: string;
  /** what is told of an anonymous source */
  unnamed: null | Unnamed;
  /** the principal, where the source speaks for one: a spokesman's ministry */
  speaks_for: null | Entity;
  /** the words that attribute */
  cue: null | Span;
  /** what is said, in one piece or several */
  content: Array<Span>;
  /** direct, mixed or indirect */
  kind: string;
  /** of the cue toward what is said: neutral, factive, doubting, denying, promising, threatening or ordering */
  stance: string;
  /** how sure the source is said to be: certain, stated, probable or possible */
  certainty: string;
  /** the outlet through which it came */
  via: null | Span;
  /** the statement inside which it stands */
  parent: string | null;
  /** who says so, from the article to this source, on one line */
  chain: string;
  /** 0 to 1 */
  confidence: number;
  /** the rule that made it */
  provenance: Provenance;
}

/** C(debtor, creditor, antecedent, consequent): who undertook what, by when, and what is left out. */
export interface Commitment {
  /** c1, c2, ... in order of the text */
  id: string;
  /** the word that commits */
  anchor: Span;
  /** who owes it */
  debtor: Array<Entity>;
  /** who is owed it */
  creditor: Array<Entity>;
  /** what is to be brought about */
  consequent: Span;
  /** the condition */
  antecedent: null | Span;
  /** from the publication date to the last day that still keeps it */
  deadline: null | Range;
  /** the time expression that the deadline was read from */
  deadline_words: null | Span;
  /** how: the rule, and the row of the word before the time */
  deadline_rule: string | null;
  /** what it does not cover */
  excludes: Array<Span>;
  /** + to do, - to refrain */
  polarity: string;
  /** vow, plan, offer, obligation or threat */
  force: string;
  /** amounts that it names: 2,500 troops */
  quantity: Array<Span>;
  /** why nobody could tell whether it was kept; absent where somebody could */
  not_testable: string | null;
  /** conditional, active, satisfied, violated, cancelled or expired, as of this article */
  status: string;
  /** statements that report it, outermost first */
  sources: Array<string>;
  /** an earlier commitment of the article that this restates */
  same_as: string | null;
  /** the agreement whose stipulation it is */
  agreement: string | null;
  /** where it stands in the agreement: Article 3, 2(c) */
  clause: string | null;
  /** 0 to 1 */
  confidence: number;
  /** the rule that made it */
  provenance: Provenance;
}

/** A text that binds its parties, clause by clause; each stipulation is a commitment that names it. */
export interface Agreement {
  /** g1 */
  id: string;
  /** the words that name it */
  title: Span;
  /** who is bound */
  parties: Array<Entity>;
  /** the day of the text, from which its time limits count */
  dated: null | Range;
  /** the day on which it enters into force, where it names one */
  in_force: null | Range;
  /** the day on which it ceases to be in force */
  lapses: null | Range;
  /** its commitments, in text order */
  stipulations: Array<string>;
  /** 0 to 1 */
  confidence: number;
  /** the rule that made it */
  provenance: Provenance;
}

/** A person, body, group or place that the article speaks of: its mentions, and who that is in the world. */
export interface Party {
  /** a1, a2, ... in order of the first mention */
  id: string;
  /** who that is: a row of lexicon/ or gazetteer/ (act.hamas, people.joe-biden, cc.USA), else an id made of name, country and sector; the same in every article */
  actor: string | null;
  /** PER, ORG, GPE, LOC, FAC or NORP */
  type: string | null;
  /** standard name, else the fullest in the article */
  name: string | null;
  /** ISO 3166-1 alpha-3; absent for international and stateless bodies */
  country: string | null;
  /** as of an Entity, on the day of publication */
  sector: string | null;
  /** where it is spoken of: names, nouns, pronouns; of "Kenyan army chief Otto Haber" the whole, the role and the name */
  mentions: Array<Span>;
  /** the rows and rules that decided */
  provenance: Provenance;
}

/** A TIMEX3 expression. */
export interface Timex {
  begin: number;
  end: number;
  text: string;
  /** DATE, TIME, DURATION or SET */
  type: string;
  /** TIMEX3 value */
  value: string;
  /** START, MID, END, MORE_THAN, LESS_THAN or APPROX */
  mod: string | null;
  /** 0 to 1 */
  confidence: number;
  /** the rule that made it */
  provenance: Provenance;
}

/** A toponym used as a place or as a political entity. */
export interface Place {
  begin: number;
  end: number;
  text: string;
  /** standard English name */
  name: string;
  /** ISO 3166-1 alpha-3 */
  country: string | null;
  /** country, admin, city, region, facility, water or border */
  kind: string;
  /** degrees north; absent for countries and vague regions */
  lat: number | null;
  /** degrees east */
  lon: number | null;
  /** GeoNames id, where the gazetteer has one */
  geonames: number | null;
  /** of lat and lon: exact (a town, a building), area (the middle of a division or region), near (those of the place it was named with), none */
  precision: string;
  /** what the name stands for here: place (the territory) or actor (its government, people or team) */
  role: string;
  /** 0 to 1 */
  confidence: number;
  /** the rule that made it */
  provenance: Provenance;
}

/** Every query parameter that the document knows. */
export type Parameter = "from" | "to" | "party" | "actor" | "recipient" | "country" | "sector" | "type" | "quad" | "mode" | "context" | "aux" | "place" | "place_country" | "source" | "outlet" | "text" | "anonymity" | "stance" | "certainty" | "kind_of" | "status" | "verdict" | "state" | "force" | "polarity" | "due_from" | "due_to" | "overdue" | "review" | "article" | "min_confidence" | "today" | "limit" | "cursor" | "sort" | "kind" | "facets" | "top" | "bucket" | "level" | "record" | "commitment" | "author" | "code" | "all" | "unreviewed" | "via" | "dated" | "placed";
