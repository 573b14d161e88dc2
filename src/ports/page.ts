/** One page of a list; `next` goes into the next call, null: there is no more. */
export type Page<T> = { readonly items: readonly T[]; readonly next: string | null };
