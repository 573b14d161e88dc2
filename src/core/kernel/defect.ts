/** A fault of this library itself, never of its input. Whoever meets one has found a bug worth reporting. */
export class Defect extends Error {
  override readonly name = "Defect";
}

/** Closes a `switch` over a union: a new member breaks the build here. */
export function unreachable(value: never): never {
  throw new Defect(`unreachable: ${JSON.stringify(value)}`);
}
