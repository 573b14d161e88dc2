import { quotedText } from "../kernel/quoted.js";
import type { ReasonCode, ReasonOf } from "../kernel/reason.js";
import type { Subject } from "../kernel/subject.js";
import type { Audience } from "./audience.js";

/** One sentence a code: the compiler wants every code and every detail it uses. */
export type Sentences<Code extends ReasonCode> = {
  readonly [Member in Code]: (reason: ReasonOf<Member>, audience: Audience) => string;
};

/** The names of people and requests that a requestor does not read (L8, L11): `words` in their place. */
export function unlessRequestor(audience: Audience, name: string, words: string): string {
  return audience === "requestor" ? words : quotedText(name);
}

export function subjectWords(subject: Subject): string {
  return `the ${subject}`;
}
