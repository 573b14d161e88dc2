/** Who sends a command, as the host authenticated them. The host also says who is an administrator (L5). */
export type Actor = { readonly id: string; readonly administrator?: boolean | undefined };
