/** Names and shapes of what passes between preload and main. */
import type { Source } from '#shared/contract/models.ts';

export const connectChannel = 'hashlane:connect';
export const grantChannel = 'hashlane:grant';
export const portsChannel = 'hashlane:ports';
/** Main to page: a command was chosen in the menu. */
export const commandChannel = 'hashlane:command';
/** Page to main: the commands that would do something now. */
export const availableChannel = 'hashlane:available';

/** Errors cross as data: Electron keeps nothing but the message of one that is thrown. */
export type GrantAnswer =
  | { readonly kind: 'granted'; readonly sources: Source[] }
  | { readonly kind: 'refused'; readonly message: string };
