/** The programs that take part, and where they come from. */
import { spawnSync } from 'node:child_process';
import { findProgram } from '../../scripts/setup/paths.mjs';

/** Debian's packages, by the name of the program. */
const packages = {
  rhash: 'rhash',
  md5sum: 'coreutils',
  sha1sum: 'coreutils',
  sha224sum: 'coreutils',
  sha256sum: 'coreutils',
  sha384sum: 'coreutils',
  sha512sum: 'coreutils',
  b2sum: 'coreutils',
  cksum: 'coreutils',
  xargs: 'findutils',
  openssl: 'openssl',
  b3sum: 'b3sum',
  xxhsum: 'xxhash',
  hashdeep: 'hashdeep',
  tigerdeep: 'hashdeep',
  whirlpooldeep: 'hashdeep',
  tthsum: 'tthsum',
  '7z': 'p7zip-full',
} as const;

export type ProgramName = keyof typeof packages;

/** The Debian package that brings a program. */
export const packageOf = (program: ProgramName): string => packages[program];

export const isInstalled = (program: ProgramName): boolean => findProgram(program) !== undefined;

/** Every package with its version, null where dpkg does not know it. */
export function packageVersions(): { package: string; version: string | null }[] {
  return [...new Set(Object.values(packages))].map((name) => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is dpkg's own
    const { status, stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Version}', name], { encoding: 'utf8' });
    return { package: name, version: status === 0 && stdout !== '' ? stdout : null };
  });
}
