// Which fields of a record a person can change on the page, and how each is asked for.
import type { RecordDetail } from "../api/types";
import { ANONYMITY, CERTAINTY, FORCE, MODES, PLACE_KINDS, PRECISION, STANCE, STATUS, TIMEX_MODS, TIMEX_TYPES, TYPES, typeName } from "./words";

export type RecordKind = RecordDetail["kind"];

/** Choices by value; or days from and to; yes-or-no flags; a text; a number between bounds. `empty` may be left empty. */
export type Editor = { field: string; label: string; hint?: string } & (
  | { as: "choice"; choices: Record<string, string> }
  | { as: "days" }
  | { as: "flags" }
  | { as: "text"; empty: boolean; pattern?: string }
  | { as: "number"; least: number; most: number }
);

const names = (words: Record<string, { name: string }>) => Object.fromEntries(Object.entries(words).map(([key, value]) => [key, value.name]));
const COUNTRY = { as: "text", empty: true, pattern: "[A-Z]{3}", hint: "three capital letters, such as IRQ" } as const;

export function editors(kind: RecordKind, values: Record<string, unknown>): Editor[] {
  switch (kind) {
    case "event": {
      const type = String(values.type);
      const modes = Object.fromEntries(Object.entries(MODES).filter(([key]) => key.startsWith(`${type} `)).map(([key, words]) => [key.slice(type.length + 1), words[0]]));
      return [
        { field: "type", label: "What happened", as: "choice", choices: Object.fromEntries(Object.keys(TYPES).map((key) => [key, typeName(key)])) },
        { field: "mode", label: "More exactly", as: "choice", choices: { "": "nothing more exact", ...modes } },
        { field: "date", label: "When", as: "days" },
        { field: "aux", label: "Did it happen?", as: "flags" },
      ];
    }
    case "statement":
      return [
        { field: "anonymity", label: "Named or not", as: "choice", choices: names(ANONYMITY) },
        { field: "kind", label: "Quoted", as: "choice", choices: { direct: "word for word", mixed: "partly word for word", indirect: "in the article's words" } },
        { field: "stance", label: "How it is said", as: "choice", choices: STANCE },
        { field: "certainty", label: "How sure", as: "choice", choices: CERTAINTY },
      ];
    case "commitment":
      return [
        { field: "polarity", label: "To do, or not to", as: "choice", choices: { "+": "to do it", "-": "not to do it" } },
        { field: "force", label: "Kind", as: "choice", choices: FORCE },
        { field: "status", label: "As of the article", as: "choice", choices: names(STATUS) },
        { field: "deadline", label: "By when", as: "days" },
      ];
    case "agreement":
      return [{ field: "dated", label: "Dated", as: "days" }, { field: "in_force", label: "In force", as: "days" }, { field: "lapses", label: "Ends", as: "days" }];
    case "timex":
      return [
        { field: "type", label: "Kind", as: "choice", choices: TIMEX_TYPES },
        { field: "value", label: "Stands for", as: "text", empty: false, hint: "a TIMEX3 value: 2024-06-30, 2024-06, 2024-W18, P2W" },
        { field: "mod", label: "More or less", as: "choice", choices: { "": "just that", ...TIMEX_MODS } },
      ];
    case "place":
      return [
        { field: "name", label: "Name", as: "text", empty: false },
        { field: "country", label: "Country", ...COUNTRY },
        { field: "kind", label: "Kind", as: "choice", choices: PLACE_KINDS },
        { field: "role", label: "Stands for", as: "choice", choices: { place: "the territory", actor: "its government, people or team" } },
        { field: "precision", label: "How exact the point is", as: "choice", choices: PRECISION },
        { field: "lat", label: "Degrees north", as: "number", least: -90, most: 90 },
        { field: "lon", label: "Degrees east", as: "number", least: -180, most: 180 },
      ];
  }
}

type Named = readonly [field: string, label: string];

export function partyFields(kind: RecordKind): readonly Named[] {
  switch (kind) {
    case "event": return [["actor", "Who"], ["recipient", "To whom"]];
    case "statement": return [["source", "Who says it"]];
    case "commitment": return [["debtor", "Who owes it"], ["creditor", "To whom"]];
    case "agreement": return [["parties", "Who is bound"]];
    default: return [];
  }
}

/** Fields that are words of the sentence. */
export function wordFields(kind: RecordKind): readonly Named[] {
  switch (kind) {
    case "event": return [["anchor", "The word that tells it"]];
    case "statement": return [["cue", "The word that attributes it"], ["via", "Through which outlet (empty: none)"]];
    case "commitment": return [["consequent", "What is promised"], ["antecedent", "Only if (empty: no condition)"]];
    case "agreement": return [["title", "The words that name it"]];
    default: return [];
  }
}

export function spanLists(kind: RecordKind): readonly Named[] {
  if (kind === "statement") return [["content", "What is said"]];
  return kind === "commitment" ? [["excludes", "Leaves out"]] : [];
}

/** What a field becomes when it is emptied or typed into; "" and NaN are nothing. */
export function fieldValue(editor: Editor, typed: string): unknown {
  if (editor.as === "number") { const value = Number.parseFloat(typed); return Number.isNaN(value) ? null : value; }
  return typed === "" ? null : typed;
}
