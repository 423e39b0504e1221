/** Why a host cannot start, naming what could not be had: a folder, a file, an address, or a part of the program. */
import { makeVisible } from '#shared/text/visible.ts';
import { describeSystemError, systemCode } from './system-error.ts';

/** The file that a system error is about; undefined for errors without one. */
export function fileOfError(error: unknown): string | undefined {
  const isAboutFile = error instanceof Error && 'path' in error && typeof error.path === 'string';
  return isAboutFile ? makeVisible(String(error.path)) : undefined;
}

/** A sentence without its full stop. */
export function describeStartFailure(error: unknown): string {
  const file = fileOfError(error);
  if (file !== undefined) return `${file} cannot be used: ${describeSystemError(error)}`;
  const isSystemError = error instanceof Error && 'errno' in error;
  if (isSystemError || !(error instanceof Error)) return describeSystemError(error);
  const code = systemCode(error);
  return code === undefined ? error.message : `${error.message} (${code})`;
}
