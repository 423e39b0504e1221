/** What the command tells its caller. */
export const exitStatus = {
  /** All is well; files that were skipped on purpose are well. */
  ok: 0,
  /** Something could not be done: a file was missing, unreadable or changed, an output not writable. */
  failed: 1,
  /** The command line makes no sense; nothing was done. */
  usage: 2,
  interrupted: 130,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
