// Why a record is there: the rule in words, the parse that it matched, and the candidates that lost.
import type { Explanation, RuleRow } from "../api/types";
import { plural } from "../lib/words";
import { Code, Term } from "./parts";
import { Tree } from "./tree";

function sample(rule: RuleRow): string { return rule.cells.sample ?? ""; }

export function Why({ explanation }: { explanation: Explanation }) {
  const words = explanation.sentence?.words ?? [];
  const marked = new Set(words.filter((word) => explanation.marks.some((mark) => mark.begin < word.end && mark.end > word.begin)).map((word) => word.id));
  const first = explanation.rules[0];
  return (
    <>
      {!explanation.same_engine && <p class="note">The ledger was written by another version of masudi; this one may read the sentence in another way.</p>}
      {first && <p>Made by the rule <Code>{first.rule}</Code>{first.file && <span class="muted"> {first.file}{first.line ? `, line ${first.line}` : ""}</span>}{sample(first) && <>, written for sentences like “{sample(first)}”</>}</p>}
      {words.length > 0 && <Tree words={words} matched={new Set(explanation.words)} marked={marked} />}
      {explanation.rules.length > 0 && (
        <details>
          <summary>{plural(explanation.rules.length, "rule")} that took part</summary>
          <ol class="rules">
            {explanation.rules.map((rule, index) => (
              <li key={index}>
                <span class="rule-field">{rule.field}</span> <Code>{rule.rule}</Code> {rule.file && <span class="muted">{rule.file}{rule.line ? `:${rule.line}` : ""}</span>}
                {rule.note && <div>{rule.note}</div>}
                {Object.keys(rule.cells).length > 0 && <div class="cells muted">{Object.entries(rule.cells).filter(([, value]) => value).map(([name, value]) => <span key={name}><b>{name}</b> {value}</span>)}</div>}
              </li>
            ))}
          </ol>
        </details>
      )}
      {explanation.rejected.length > 0 && (
        <details>
          <summary><Term tip="Readings that were considered and left aside.">{plural(explanation.rejected.length, "candidate")} that lost</Term></summary>
          <ul class="rejected">{explanation.rejected.map((one, index) => <li key={index}><b>{one.what}</b> {one.reason}{one.score !== null && <span class="number muted"> {one.score}</span>}</li>)}</ul>
        </details>
      )}
      <details><summary>As the terminal shows it</summary><div class="scroll-x" tabIndex={0} role="group" aria-label="Explanation as text"><pre>{explanation.text}</pre></div></details>
    </>
  );
}
