/**
 * Whether voters can be shared out so that each group gets as many as it requires and nobody serves two
 * groups (A3). Exact: a matching that is enlarged along alternating paths, never greedy. `voters` lists the
 * groups that each voter counts for.
 */
export function enoughDistinct(required: readonly number[], voters: readonly (readonly number[])[]): boolean {
  const demand = required.reduce((sum, count) => sum + count, 0);
  return voters.length >= demand && shareOut(required, voters).served === demand;
}

/**
 * The groups, by position, for which one more voter would help: those that lack somebody, and those that could
 * hand over a voter to such a group.
 */
export function groupsToHelp(required: readonly number[], voters: readonly (readonly number[])[]): readonly number[] {
  const { members } = shareOut(required, voters);
  const short = required.flatMap((count, group) => ((members[group]?.length ?? 0) < count ? [group] : []));
  const helped = new Set(short);
  for (const needy of helped) {
    for (const [group, serving] of members.entries()) if (serving.some((voter) => voters[voter]?.includes(needy))) helped.add(group);
  }
  return required.flatMap((_, group) => (helped.has(group) ? [group] : []));
}

type Sharing = { readonly members: readonly number[][]; readonly served: number };

/** A largest sharing out: who serves which group. */
function shareOut(required: readonly number[], voters: readonly (readonly number[])[]): Sharing {
  const members: number[][] = required.map(() => []);
  const demand = required.reduce((sum, count) => sum + count, 0);
  let served = 0;
  for (const voter of voters.keys()) {
    if (served === demand) break;
    if (place(voter, new Set())) served += 1;
  }
  return { members, served };

  /** Finds room for a voter; members move on where that makes some. Each group is tried once. */
  function place(voter: number, tried: Set<number>): boolean {
    for (const group of voters[voter] ?? []) {
      const serving = members[group];
      if (serving === undefined || tried.has(group)) continue;
      tried.add(group);
      if (serving.length < (required[group] ?? 0)) {
        serving.push(voter);
        return true;
      }
      const leaving = serving.findIndex((member) => place(member, tried));
      if (leaving === -1) continue;
      serving[leaving] = voter;
      return true;
    }
    return false;
  }
}
