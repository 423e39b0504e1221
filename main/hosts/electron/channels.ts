/** Names and shapes of what passes between preload and main. */
import type { Source } from '#shared/contract/models.ts';

export const connectChannel = 'hashlane:connect';
export const grantChannel = 'hashlane:grant';
export const portsChannel = 'hashlane:ports';

/** Errors cross as data: Electron keeps nothing but the message of one that is thrown. */
export type GrantAnswer =
  | { readonly kind: 'granted'; readonly sources: Source[] }
  | { readonly kind: 'refused'; readonly message: string };
