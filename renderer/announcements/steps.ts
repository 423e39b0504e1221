/** What there is to say about a job that is followed by ear. */
export type Step =
  | { readonly kind: 'rest' }
  | { readonly kind: 'began' }
  | { readonly kind: 'tenth'; readonly tenth: number }
  | { readonly kind: 'ended' };

/** `tenth`: tenths that are done; null while they are not known. Nothing is said twice, and no step back is told. */
export function stepOf(before: Step, isAtWork: boolean, tenth: number | null): Step {
  if (!isAtWork) return before.kind === 'rest' || before.kind === 'ended' ? before : { kind: 'ended' };
  if (before.kind === 'rest' || before.kind === 'ended') return { kind: 'began' };
  const told = before.kind === 'tenth' ? before.tenth : 0;
  return tenth !== null && tenth > told && tenth < 10 ? { kind: 'tenth', tenth } : before;
}
