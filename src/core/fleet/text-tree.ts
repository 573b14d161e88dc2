/**
 * Numbers for lists of texts, equal ones for equal lists: a tree with a branch for each text. No text is made on the way, so
 * that each is hashed only once in its life.
 */
export type TextTree = { number: number; branches: Map<string, TextTree> | null };

/** The number of a list whose path has not ended anywhere yet. */
export const unnumbered = -1;

export function makeTree(): TextTree {
  return { number: unnumbered, branches: null };
}

/** The branch for a text, which grows where there is none. */
export function branchOf(tree: TextTree, text: string): TextTree {
  tree.branches ??= new Map();
  let branch = tree.branches.get(text);
  if (branch === undefined) {
    branch = makeTree();
    tree.branches.set(text, branch);
  }
  return branch;
}

export function branchOfAll(tree: TextTree, texts: readonly string[]): TextTree {
  let branch = tree;
  for (let i = 0; i < texts.length; i += 1) branch = branchOf(branch, texts[i] ?? "");
  return branch;
}
