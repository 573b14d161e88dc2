/*
 * Normal forms put the marks after a letter into the order of their classes. Runtimes do so by insertion: one
 * text of a hundred thousand marks in the wrong order holds them up for half a minute, four megabytes for
 * hours (TH20). Marks that stand in order already cost nothing.
 */

/** More marks than any script puts on one letter. */
const longRun = /(?<!\p{M})\p{M}{64,}/gu;

/** An equivalent text whose long runs of marks, taken apart, stand in the order of NFD; in linear time. */
export function withMarksInOrder(text: string): string {
  return text.replace(longRun, inOrder);
}

function inOrder(run: string): string {
  const parts = new Map([...new Set(run)].map((mark) => [mark, [...mark.normalize("NFD")]]));
  const places = placesOf(new Set([...parts.values()].flat()));
  let ordered = "";
  let waiting: string[][] = [];
  for (const mark of run) {
    for (const part of parts.get(mark) ?? []) {
      const place = places.get(part);
      if (place === undefined) {
        // No mark moves past one that does not move.
        ordered += joined(waiting) + part;
        waiting = [];
      } else {
        waiting[place] ??= [];
        waiting[place].push(part);
      }
    }
  }
  return ordered + joined(waiting);
}

/** Holes, where a class has no mark, are passed over. */
function joined(waiting: readonly (readonly string[])[]): string {
  return waiting.flat().join("");
}

/** The place of each mark's class among those met; none for marks that never move. Unicode has some 900 that do. */
function placesOf(marks: ReadonlySet<string>): ReadonlyMap<string, number> {
  const sorted = [...marks].filter(moves).join("").normalize("NFD");
  const places = new Map<string, number>();
  let place = 0;
  let previous = "";
  for (const mark of sorted) {
    if (trade(mark, previous)) place += 1;
    places.set(mark, place);
    previous = mark;
  }
  return places;
}

/** Overlays are of the lowest class, the grave accent is of a higher one. */
function moves(mark: string): boolean {
  return trade(mark, "\u0334") || trade("\u0300", mark);
}

/** Whether two marks change places: the first one's class is the higher. */
function trade(first: string, second: string): boolean {
  return (first + second).normalize("NFD") !== first + second;
}
