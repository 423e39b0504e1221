/** Findings with the specification's own codes: `E…` breaks an object, `W…` does not. */
export interface OcflFinding {
  /** Such as `E023` or `W004`, as OCFL's validation codes have it. */
  readonly code: string;
  /** Below the object's root. */
  readonly path?: string;
  readonly detail: string;
}

export type OcflReport = (code: string, detail: string, path?: string) => void;
