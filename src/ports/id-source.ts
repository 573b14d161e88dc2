/** Makes request ids: a pure function of actor and key, so that a repeated `submit` finds its own request; unguessable. */
export interface IdSource {
  requestId(command: { readonly actor: string; readonly key: string }): string;
}
