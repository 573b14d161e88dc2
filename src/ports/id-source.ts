/** Makes request ids: a pure function of actor and key, so that a repeated `submit` finds its own request; unguessable. */
export interface IdSource {
  /** The same id for the same actor and key, on every machine: 1 to 128 of `[A-Za-z0-9._:-]`. */
  requestId(command: { readonly actor: string; readonly key: string }): string;
}
