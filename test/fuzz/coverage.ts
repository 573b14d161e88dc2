import { Session } from "node:inspector";

/** The characters of a script that ran. */
export type News = Uint8Array;

/** What of the library's code has run, block by block, as V8 counts it. */
export type Coverage = {
  /** What ran since the last call, where any of it is not known yet. */
  readonly news: () => News | null;
  /** From now on it is known. */
  readonly learn: (news: News) => void;
  /** Blocks of `src` that were seen, and the positions of those that ran. */
  readonly blocks: () => { readonly known: readonly number[]; readonly reached: readonly number[] };
};

/** Watches the script at `url`, a bundle with the text `text`: only what esbuild took from `src` counts. */
export function watchCoverage(url: string, text: string): Coverage {
  const session = new Session();
  session.connect();
  ask(session, "Profiler.enable");
  // Without counts: what has run is still optimised, and a batch costs what it costs unwatched.
  ask(session, "Profiler.startPreciseCoverage", { callCount: false, detailed: true });
  const isSource = sourceOf(text);
  const covered = new Uint8Array(text.length);
  const starts = new Set<number>();

  const news = (): News | null => {
    const { result } = ask(session, "Profiler.takePreciseCoverage") as { result: readonly Script[] };
    const ranges = result.filter((script) => script.url === url).flatMap(({ functions }) => functions.flatMap((each) => each.ranges));
    // The enclosing first: what is inside of it is then drawn over it.
    ranges.sort((left, right) => left.startOffset - right.startOffset || right.endOffset - left.endOffset);
    const ran = new Uint8Array(text.length);
    for (const { startOffset, endOffset, count } of ranges) {
      if (isSource[startOffset] === 1) starts.add(startOffset);
      ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
    }
    for (let at = 0; at < ran.length; at += 1) if (ran[at] === 1 && covered[at] === 0 && isSource[at] === 1) return ran;
    return null;
  };
  const learn = (ran: News): void => {
    for (let at = 0; at < ran.length; at += 1) if (ran[at] === 1) covered[at] = 1;
  };
  const blocks = () => ({ known: [...starts], reached: [...starts].filter((at) => covered[at] === 1) });
  return { news, learn, blocks };
}

type Script = { readonly url: string; readonly functions: readonly { readonly ranges: readonly Range[] }[] };
type Range = { readonly startOffset: number; readonly endOffset: number; readonly count: number };

/** The inspector of one's own process answers at once. */
function ask(session: Session, method: string, parameters: object = {}): unknown {
  let answer: unknown;
  session.post(method, parameters, (error, result) => {
    if (error) throw new Error(`${method}: ${error.message}`);
    answer = result;
  });
  return answer;
}

/** Which characters of a bundle come from `src`: esbuild names the file before what it took from it. */
function sourceOf(text: string): Uint8Array {
  const isSource = new Uint8Array(text.length);
  const files = [...text.matchAll(/^\/\/ (\S+\.[cm]?[jt]s)$/gm)];
  for (const [index, { 1: path = "", index: start }] of files.entries()) {
    if (path.startsWith("src/")) isSource.fill(1, start, files[index + 1]?.index ?? text.length);
  }
  return isSource;
}
