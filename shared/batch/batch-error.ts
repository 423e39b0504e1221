export class BatchError extends Error {
  readonly code: 'BATCH_TOO_LARGE' | 'BATCH_TRUNCATED' | 'BATCH_VERSION' | 'BATCH_CORRUPT';
  constructor(code: BatchError['code'], message: string) {
    super(message);
    this.name = 'BatchError';
    this.code = code;
  }
}

export function corrupt(what: string): never {
  throw new BatchError('BATCH_CORRUPT', `The result batch is damaged: ${what}.`);
}
