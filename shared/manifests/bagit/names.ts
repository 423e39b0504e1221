/** Names in manifests and fetch.txt. RFC 8493 encodes CR, LF and the percent sign, nothing else. */

/** A name as a manifest of BagIt 1.0 writes it. */
export function encodeName(name: string): string {
  return name.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/**
 * What a written name may mean, the likeliest first. Before 1.0 the percent sign itself was not
 * encoded, and many writers of 1.0 leave it as it is, so the literal name is the last resort.
 */
export function nameCandidates(written: string, version: string): readonly string[] {
  if (!written.includes('%')) return [written];
  const codes = version === '1.0' ? /%(0A|0D|25)/gi : /%(0A|0D)/gi;
  const decoded = written.replace(codes, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return decoded === written ? [written] : [decoded, written];
}

/** Whether `written` is a name that 1.0 would have encoded: a percent sign that begins none of its codes. */
export function hasBarePercent(written: string): boolean {
  return /%(?!0A|0D|25)/i.test(written);
}

/** Why a name may not be opened, or null. Held against Windows' rules everywhere: bags travel. */
export function whyUnsafe(name: string): string | null {
  if (name === '') return 'empty';
  if (name.includes('\0')) return 'holds NUL';
  if (name.startsWith('/') || name.startsWith('\\')) return 'absolute path';
  if (/^[A-Za-z]:/.test(name)) return 'drive letter';
  if (name.startsWith('~')) return 'home folder';
  if (name.split(/[\\/]/).includes('..')) return 'leads out of the bag';
  if (name.split('/').some((part) => part === '' || part === '.')) return 'empty segment';
  return null;
}
