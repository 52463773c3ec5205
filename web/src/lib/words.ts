// Plain words for the codes. The page says what a code means first and shows the code second.
// Types, modes and quads are PLOVER's (lexicon/plover.tsv); a unit test holds this table against that file.

export type Quad = "verbal-cooperation" | "material-cooperation" | "verbal-conflict" | "material-conflict";

export const QUADS: readonly Quad[] = ["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"];

export const QUAD_WORDS: Record<Quad, { name: string; about: string }> = {
  "verbal-cooperation": { name: "Cooperation in words", about: "Agreeing, meeting, praising, giving way: said or signed, not yet done." },
  "material-cooperation": { name: "Cooperation in deeds", about: "Working together, giving aid, pulling back, releasing people: actually done." },
  "verbal-conflict": { name: "Conflict in words", about: "Asking, accusing, refusing, threatening: said, not done." },
  "material-conflict": { name: "Conflict in deeds", about: "Protesting, punishing, moving forces, arresting, attacking: actually done." },
};

interface TypeWords {
  quad: Quad;
  /** What a list of types calls it. */
  name: string;
  /** Past tense without and with somebody it was done to. */
  alone: string;
  to: string;
  about: string;
}

export const TYPES: Record<string, TypeWords> = {
  AGREE: { quad: "verbal-cooperation", name: "Agreed or promised", alone: "made an agreement or promise", to: "made an agreement or promise to", about: "An agreement, offer, promise or pledge. Aid or cooperation still to come counts here until it happens." },
  CONSULT: { quad: "verbal-cooperation", name: "Met or talked", alone: "held talks", to: "met or talked with", about: "Meetings, talks, visits and telephone calls." },
  SUPPORT: { quad: "verbal-cooperation", name: "Praised or backed", alone: "gave backing", to: "praised or backed", about: "Praise, endorsement, recognition, the signing or ratifying of a text." },
  CONCEDE: { quad: "verbal-cooperation", name: "Eased off or gave way", alone: "agreed to ease off or give way", to: "eased off or gave way to", about: "Easing, lifting, pardoning, apologising; announcing a withdrawal or a ceasefire that is still to come." },
  COOPERATE: { quad: "material-cooperation", name: "Worked together", alone: "worked together", to: "worked together with", about: "Trade, joint exercises, extradition, sharing intelligence: carried out." },
  AID: { quad: "material-cooperation", name: "Gave aid", alone: "gave aid", to: "gave aid to", about: "Money, arms, training, relief, asylum or rescue that was given." },
  RETREAT: { quad: "material-cooperation", name: "Pulled back", alone: "pulled back", to: "pulled back from", about: "Withdrawals, releases, disarmament, ceasefires and resignations that took place." },
  REQUEST: { quad: "verbal-conflict", name: "Asked or demanded", alone: "made a demand or request", to: "asked or demanded something of", about: "Asking, demanding or ordering somebody else to do something." },
  ACCUSE: { quad: "verbal-conflict", name: "Accused or criticised", alone: "made an accusation", to: "accused or criticised", about: "Disapproval, accusation, charges and investigations." },
  REJECT: { quad: "verbal-conflict", name: "Refused", alone: "refused", to: "refused something to", about: "Refusing or vetoing a request, an offer, a proposal or a demand." },
  THREATEN: { quad: "verbal-conflict", name: "Threatened", alone: "made a threat", to: "threatened", about: "Announcing harm if something is or is not done." },
  PROTEST: { quad: "material-conflict", name: "Protested", alone: "protested", to: "protested against", about: "Demonstrations, riots, strikes, boycotts and blockades by people." },
  SANCTION: { quad: "material-conflict", name: "Punished", alone: "imposed a punishment", to: "punished", about: "Convictions, fines, expulsions, sanctions, broken ties." },
  MOBILIZE: { quad: "material-conflict", name: "Moved forces", alone: "moved forces", to: "moved forces against", about: "Troops, police or weapons made ready or brought somewhere." },
  COERCE: { quad: "material-conflict", name: "Used force of office", alone: "used coercion", to: "coerced", about: "Seizing, banning, censoring, arresting, deporting, hacking: force short of violence." },
  ASSAULT: { quad: "material-conflict", name: "Attacked", alone: "carried out an attack", to: "attacked", about: "Violence against people or things." },
};

/** Words of a type's mode, where they say more than the type's: [name, alone, to]. */
export const MODES: Record<string, readonly [string, string, string]> = {
  "CONSULT visit": ["visited", "paid a visit", "visited"],
  "CONSULT third-party": ["mediated", "mediated", "mediated for"],
  "CONSULT multilateral": ["talks of several parties", "held talks of several parties", "held talks with"],
  "CONSULT phone": ["spoke by phone", "spoke by phone", "spoke by phone with"],
  "RETREAT withdraw": ["withdrew", "withdrew", "withdrew from"],
  "RETREAT release": ["released", "released people or goods", "released"],
  "RETREAT disarm": ["disarmed", "disarmed", "disarmed before"],
  "RETREAT ceasefire": ["held a ceasefire", "held a ceasefire", "held a ceasefire with"],
  "RETREAT access": ["gave access", "gave access", "gave access to"],
  "RETREAT resign": ["resigned", "resigned", "resigned from"],
  "REQUEST assist": ["asked for help", "asked for help", "asked for help from"],
  "REQUEST change": ["asked for change", "asked for change", "asked for change from"],
  "REQUEST yield": ["demanded that they yield", "demanded that others yield", "demanded that they yield:"],
  "REQUEST meet": ["asked for talks", "asked for talks", "asked for talks with"],
  "ACCUSE disapprove": ["criticised", "voiced criticism", "criticised"],
  "ACCUSE investigate": ["investigated", "opened an investigation", "investigated"],
  "ACCUSE allege": ["accused", "made an accusation", "accused"],
  "REJECT assist": ["refused to help", "refused to help", "refused to help"],
  "REJECT change": ["refused a change", "refused a change", "refused a change to"],
  "REJECT yield": ["refused to yield", "refused to yield", "refused to yield to"],
  "REJECT meet": ["refused to talk", "refused to talk", "refused to talk with"],
  "THREATEN restrict": ["threatened restrictions", "threatened restrictions", "threatened restrictions on"],
  "THREATEN arrest": ["threatened arrest", "threatened arrests", "threatened to arrest"],
  "THREATEN relations": ["threatened to cut ties", "threatened to cut ties", "threatened to cut ties with"],
  "THREATEN expel": ["threatened to expel", "threatened expulsions", "threatened to expel"],
  "THREATEN territory": ["threatened to take territory", "threatened to take territory", "threatened to take territory of"],
  "THREATEN violence": ["threatened violence", "threatened violence", "threatened violence against"],
  "PROTEST demo": ["demonstrated", "demonstrated", "demonstrated against"],
  "PROTEST riot": ["rioted", "rioted", "rioted against"],
  "PROTEST strike": ["went on strike", "went on strike", "went on strike against"],
  "PROTEST hunger": ["hunger strike", "went on hunger strike", "went on hunger strike against"],
  "PROTEST boycott": ["boycotted", "held a boycott", "boycotted"],
  "PROTEST obstruct": ["blocked", "set up a blockade", "blocked"],
  "PROTEST vandalize": ["damaged property", "damaged property", "damaged property of"],
  "SANCTION convict": ["convicted", "convicted somebody", "convicted"],
  "SANCTION expel": ["expelled", "expelled somebody", "expelled"],
  "SANCTION withdraw": ["recalled envoys", "recalled envoys", "recalled envoys from"],
  "SANCTION discontinue": ["sanctions or broken ties", "imposed sanctions", "imposed sanctions on"],
  "MOBILIZE troops": ["moved troops", "moved troops", "moved troops against"],
  "MOBILIZE weapons": ["moved weapons", "moved weapons", "moved weapons against"],
  "MOBILIZE police": ["sent police", "sent police", "sent police against"],
  "MOBILIZE militia": ["raised militias", "raised militias", "raised militias against"],
  "COERCE seize": ["seized", "seized property or ground", "seized property or ground of"],
  "COERCE restrict": ["restricted", "imposed restrictions", "imposed restrictions on"],
  "COERCE censor": ["censored", "imposed censorship", "censored"],
  "COERCE curfew": ["curfew", "imposed a curfew", "imposed a curfew on"],
  "COERCE martial-law": ["martial law", "imposed martial law", "imposed martial law on"],
  "COERCE arrest": ["arrested", "made arrests", "arrested"],
  "COERCE deport": ["deported", "deported people", "deported"],
  "COERCE withhold": ["withheld goods", "withheld goods", "withheld goods from"],
  "COERCE misinformation": ["misled", "spread false information", "misled"],
  "COERCE cyber": ["cyber attack", "carried out a cyber attack", "carried out a cyber attack on"],
  "ASSAULT abduct": ["abducted", "carried out an abduction", "abducted"],
  "ASSAULT beat": ["beat", "carried out a beating", "beat"],
  "ASSAULT torture": ["tortured", "used torture", "tortured"],
  "ASSAULT sexual": ["sexual violence", "committed sexual violence", "committed sexual violence against"],
  "ASSAULT targeted": ["targeted killing", "carried out a targeted killing", "carried out a targeted killing of"],
  "ASSAULT destroy": ["destroyed", "destroyed property", "destroyed property of"],
  "ASSAULT primitive": ["attacked with simple weapons", "attacked with simple weapons", "attacked with simple weapons:"],
  "ASSAULT firearms": ["shot", "carried out a shooting", "shot at"],
  "ASSAULT explosives": ["bombed", "set off explosives", "used explosives against"],
  "ASSAULT suicide-attack": ["suicide attack", "carried out a suicide attack", "carried out a suicide attack on"],
  "ASSAULT aerial": ["struck from the air", "carried out an air strike", "struck from the air:"],
  "ASSAULT drone": ["struck with drones", "carried out a drone strike", "struck with drones:"],
  "ASSAULT heavy-weapons": ["shelled", "used heavy weapons", "shelled"],
  "ASSAULT crowd-control": ["dispersed a crowd", "dispersed a crowd", "dispersed"],
  "ASSAULT unconventional": ["used chemical or other unconventional arms", "used unconventional arms", "used unconventional arms against"],
};

export const SECTORS: Record<string, string> = {
  GOV: "government", LEG: "parliament", JUD: "courts", MIL: "armed forces", COP: "police", SPY: "intelligence service", PTY: "political party",
  OPP: "opposition", REB: "armed group, not a state's", UAF: "armed people, unidentified", CRM: "criminals", CVL: "civilians", MED: "media",
  BUS: "business", LAB: "trade unions", EDU: "education", REL: "religious body", NGO: "non-governmental organisation",
  IGO: "international organisation", REF: "refugees", ELI: "notables and former officials", OTH: "other",
};

export const AUX: Record<string, { name: string; about: string }> = {
  historical: { name: "background", about: "Told as history: more than a year before the article, or given as background." },
  future: { name: "still to come", about: "Planned, announced or expected, not yet done." },
  hypothetical: { name: "possible", about: "Only might happen: if, could, under threat of." },
  negated: { name: "did not happen", about: "The text says that this did not happen, or it is denied." },
};

export const STATUS: Record<string, { name: string; about: string }> = {
  conditional: { name: "Waiting for a condition", about: "It binds only once something else happens, and the article does not say that it has." },
  active: { name: "Promised", about: "Undertaken, and not yet said to be kept or broken." },
  satisfied: { name: "Kept, says the article", about: "The article itself says that it was done." },
  violated: { name: "Broken, says the article", about: "The article itself says that it was not kept." },
  cancelled: { name: "Called off", about: "The article says that it was given up." },
  expired: { name: "Ran out", about: "Its time is over, says the article." },
};

export const VERDICTS: Record<string, { name: string; about: string }> = {
  open: { name: "Not judged", about: "Nobody has judged it yet." },
  in_progress: { name: "In progress", about: "Being carried out." },
  stalled: { name: "Stalled", about: "Begun, and nothing moves." },
  kept: { name: "Kept", about: "Done as promised." },
  kept_partly: { name: "Kept in part", about: "Part of it was done, or later than promised." },
  broken: { name: "Broken", about: "Not done, or the opposite was done." },
  superseded: { name: "Replaced", about: "A later promise took its place." },
  withdrawn: { name: "Withdrawn", about: "Whoever made it took it back." },
  condition_not_met: { name: "Condition not met", about: "What it depended on did not happen." },
  released: { name: "Released", about: "Whoever was owed it let it go." },
  not_testable: { name: "Cannot be tested", about: "Nobody could tell whether it was kept." },
};

export const DECISIONS: Record<string, string> = { accept: "accepted", reject: "rejected", change: "changed" };
/** "right", "wrong", "changed type, mode". */
export function sayDecision(correction: { decision: string; changes: Record<string, unknown> | null }): string {
  if (correction.decision === "change") return `changed ${Object.keys(correction.changes ?? {}).join(", ")}`;
  return correction.decision === "accept" ? "right" : "wrong";
}

export const ANONYMITY: Record<string, { name: string; about: string }> = {
  named: { name: "named person", about: "A person whose name the article gives." },
  anonymous: { name: "unnamed person", about: "A person or persons whom the article does not name: “a senior official”." },
  organisation: { name: "organisation", about: "A body, a country or a building that speaks: “the ministry”." },
  document: { name: "document", about: "A report, a statement or another text." },
};

/** Of the writer toward what is said, as the cue shows it. */
export const STANCE: Record<string, string> = {
  neutral: "said plainly", factive: "told as a fact", doubting: "told with doubt", denying: "denied", promising: "promised", threatening: "threatened", ordering: "demanded",
};
export const CERTAINTY: Record<string, string> = { certain: "certain", stated: "stated", probable: "probable", possible: "possible" };
export const FORCE: Record<string, string> = { vow: "a vow", plan: "a plan", offer: "an offer", obligation: "an obligation", threat: "a threat" };
export const PRECISION: Record<string, string> = {
  exact: "this very town or building", area: "somewhere in this area; the mark stands in its middle", near: "near the place it was named with", none: "no point: the country or region as a whole",
};
export const PLACE_KINDS: Record<string, string> = { country: "country", admin: "part of a country", city: "town or city", region: "region", facility: "building or site", water: "water", border: "border" };
export const TIMEX_TYPES: Record<string, string> = { DATE: "a date", TIME: "a time of day", DURATION: "a length of time", SET: "again and again" };
export const TIMEX_MODS: Record<string, string> = { START: "the start of it", MID: "the middle of it", END: "the end of it", MORE_THAN: "more than that", LESS_THAN: "less than that", APPROX: "about that" };
export const DATE_BASIS: Record<string, string> = {
  named: "the text dates it", told: "dated by another telling or by the story around it", default: "taken to be the day of the news, for want of a date",
};

export const GLOSSARY: Record<string, string> = {
  event: "Somebody did something to somebody: the record names who, what, whom, when and where.",
  statement: "Somebody says something: the record holds the source, the words and through whom they came.",
  commitment: "Somebody undertook to do something, or not to: who owes it, to whom, by when, on what condition, and what it leaves out.",
  confidence: "How often records made in this way turned out right, from 0 to 100 %.",
  rule: "The row of the lexicon, or the step of the program, that made this record.",
  PLOVER: "The coding scheme of the event types: 16 types in four groups, from agreement to attack. CAMEO is its predecessor.",
  CAMEO: "The older and finer coding scheme of political events; kept so that records can be compared with older data.",
  overdue: "The last day that would have kept the promise lies before today, and nobody has judged it. Arithmetic, not a judgement.",
  verdict: "A person's judgement of a commitment, with evidence. It can be undone, and nothing is erased.",
  same_as: "The article tells the same thing more than once; these are its other tellings.",
  chain: "Who vouches for this, from the article inward to whoever said it first.",
  reject: "Input that could not be read, with the place in the file and the reason.",
  run: "One pass of reading: which program, which lexicon and which model read which files.",
  score: "PLOVER's scale from −10 (attack) to +10 (aid).",
  antecedent: "The condition: what must happen first.",
  excludes: "What the text says the promise does not cover.",
  quotation: "direct: all in quotation marks; mixed: some; indirect: none.",
};

export function typeName(type: string): string { return TYPES[type]?.name ?? type; }

export function quadOf(type: string): Quad | null { return TYPES[type]?.quad ?? null; }

/** "met or talked with", with the mode's words where it has its own. */
export function verb(type: string, mode: string | null | undefined, withRecipient: boolean): string {
  const finer = mode ? MODES[`${type} ${mode}`] : undefined;
  if (finer) return withRecipient ? finer[2] : finer[1];
  const words = TYPES[type];
  if (!words) return type.toLowerCase();
  return withRecipient ? words.to : words.alone;
}

/** "Georgia", "Georgia and Armenia", "Kenya, Uganda and Tanzania", "Kenya, Uganda and 3 more". */
export function listing(names: readonly string[], most = 3): string {
  const unique = [...new Set(names)];
  if (unique.length > most) return `${unique.slice(0, most - 1).join(", ")} and ${unique.length - most + 1} more`;
  if (unique.length < 2) return unique.join("");
  return `${unique.slice(0, -1).join(", ")} and ${unique[unique.length - 1]}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
