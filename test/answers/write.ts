/* Writes `answers.jsonl` anew: npx tsx --tsconfig tsconfig.test.json test/answers/write.ts */
import { writeFileSync } from "node:fs";
import type { Json } from "accessflow";
import { featuresOf } from "./features.js";
import { ask } from "./operations.js";
import { inputOf, type Question, questions } from "./questions.js";

const seen = new Set<string>();
const lines: string[] = [];
const written = new Map<string, number>();
let asked = 0;
for (const question of questions()) {
  asked += 1;
  const { operation, input, spoilt } = question;
  const answer = ask(operation, inputOf(question));
  const features = [...featuresOf(operation, answer)].filter((feature) => !seen.has(feature));
  if (features.length === 0) continue;
  for (const feature of features) seen.add(feature);
  write({ operation, input, spoilt, answer });
}
writeFileSync(new URL("answers.jsonl", import.meta.url), `${lines.join("\n")}\n`);
console.log(`${asked} questions asked, ${lines.length} kept, for ${seen.size} things said`);

/** An input is written once; a question that spoils it says in which line it stands. */
function write({ operation, input, spoilt, answer }: Question & { readonly answer: Json }): void {
  const key = operation + JSON.stringify(input);
  const like = written.get(key);
  if (like !== undefined) lines.push(JSON.stringify({ operation, like, spoilt, answer }));
  else if (spoilt === null) {
    written.set(key, lines.length);
    lines.push(JSON.stringify({ operation, input, answer }));
  } else {
    write({ operation, input, spoilt: null, answer: ask(operation, input) });
    write({ operation, input, spoilt, answer });
  }
}
