/** Where something stands in a JSON document: keys and positions from the root, `[]` for the whole. */
export type Path = readonly (string | number)[];

const plainKey = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** A path as people write it: `requestors.conditions[1].values[0]`; a key that is no word is quoted. */
export function printPath(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "string" && plainKey.test(step)) text += text === "" ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
