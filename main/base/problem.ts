/**
 * What goes wrong in a way that a person can do something about. The core throws a `Problem`; the
 * router turns it into the contract's error of the same code, the web host into an HTTP status.
 */
export type ProblemCode =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'INPUT_TOO_LARGE'
  | 'CONFLICT'
  | 'UNREADABLE'
  | 'UNWRITABLE'
  | 'UPLOAD_ABORTED';

export class Problem extends Error {
  readonly code: ProblemCode;
  /** The underlying code, such as `EACCES`, for a report. */
  readonly detail: string | undefined;

  /** `message` is a whole sentence, fit to be shown. */
  constructor(code: ProblemCode, message: string, detail?: string) {
    super(message);
    this.name = 'Problem';
    this.code = code;
    this.detail = detail;
  }
}
