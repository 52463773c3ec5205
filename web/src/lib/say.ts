// Records in plain sentences.
import type { Commitment, Entity, Event, Place, Statement, Timex } from "../api/types";
import { PRECISION, listing, verb } from "./words";
import { countryName } from "./countries";

export function entityName(entity: Entity): string { return entity.name ?? entity.text.text; }

/** "Nino Beridze (Georgia, government)" is said by the page; here only the short form of a list. */
export function parties(entities: readonly Entity[]): string { return listing(entities.map(entityName)); }

export function sayEvent(event: Event): string {
  const verbWords = verb(event.type, event.mode, event.recipient.length > 0);
  const who = event.actor.length ? parties(event.actor) : "Somebody the text does not name";
  return `${who.charAt(0).toUpperCase()}${who.slice(1)} ${verbWords}${event.recipient.length ? ` ${parties(event.recipient)}` : ""}`;
}

export function saySource(statement: Statement): string {
  if (statement.source.name) return statement.source.name;
  return statement.source.text.text;
}

export function sayCommitment(commitment: Commitment): string {
  const who = commitment.debtor.length ? parties(commitment.debtor) : "Somebody the text does not name";
  const not = commitment.polarity === "-" ? " not" : "";
  return `${who} undertook${not}: “${commitment.consequent.text}”`;
}

/** "Georgia, government". */
export function affiliation(entity: { country: string | null; sector: string | null }, sectors: Record<string, string>): string {
  return [countryName(entity.country), entity.sector ? (sectors[entity.sector] ?? entity.sector) : ""].filter(Boolean).join(", ");
}

export function percent(share: number): string { return `${Math.round(share * 100)} %`; }

/** Where an article stands, short enough to read: an address as it is, of a path the last two names. */
export function shortPlace(uri: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(uri)) return uri;
  const names = uri.split("/").filter(Boolean);
  return names.length > 2 ? `…/${names.slice(-2).join("/")}` : uri;
}

export function sayTimex(timex: Timex): string { return `${timex.value}${timex.mod ? `, ${timex.mod.toLowerCase().replaceAll("_", " ")}` : ""} (${timex.type.toLowerCase()})`; }
export function sayPlace(place: Place): string {
  const country = place.country && place.name !== countryName(place.country) ? `, ${countryName(place.country)}` : "";
  return `${place.name}${country}: ${place.kind}${place.role === "actor" ? ", here its people or government" : `; ${PRECISION[place.precision] ?? place.precision}`}`;
}
