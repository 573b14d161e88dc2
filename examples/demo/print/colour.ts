/** How words are coloured; on paper, in a pipe or under NO_COLOR they are left as they are. */
export type Colour = { readonly [Name in keyof typeof codes]: (text: string) => string };

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;

export function colourFor(output: { readonly isTTY?: boolean | undefined }, noColor: string | undefined): Colour {
  const coloured = output.isTTY === true && noColor === undefined;
  const paint = (code: number) => (text: string) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: paint(codes.bold),
    dim: paint(codes.dim),
    red: paint(codes.red),
    green: paint(codes.green),
    yellow: paint(codes.yellow),
    blue: paint(codes.blue),
    magenta: paint(codes.magenta),
    cyan: paint(codes.cyan),
  };
}
