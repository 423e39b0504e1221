/**
 * The libraries that are linked into the addon. Their versions and licences are asked of whoever brought them to this
 * machine: Debian's packages, or vcpkg.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { vcpkgInstalled } from '../../scripts/setup/vcpkg.mjs';
import type { Component } from './component.ts';

export interface NativeLibrary {
  /** as its authors write it */
  readonly name: string;
  /** SPDX expression */
  readonly licence: string;
  /** package that it is built from */
  readonly debian: string;
  /** port */
  readonly vcpkg: string;
}

export const nativeLibraries: readonly NativeLibrary[] = [
  { name: 'OpenSSL', licence: 'Apache-2.0', debian: 'libssl-dev', vcpkg: 'openssl' },
  { name: 'xxHash', licence: 'BSD-2-Clause', debian: 'libxxhash-dev', vcpkg: 'xxhash' },
  { name: 'RHash', licence: '0BSD', debian: 'librhash-dev', vcpkg: 'rhash' },
  { name: 'libdeflate', licence: 'MIT', debian: 'libdeflate-dev', vcpkg: 'libdeflate' },
  // 0BSD since 5.6; before, in the public domain, which asks for even less.
  { name: 'liblzma', licence: '0BSD', debian: 'liblzma-dev', vcpkg: 'liblzma' },
  { name: 'BLAKE3', licence: 'CC0-1.0 OR Apache-2.0', debian: 'librust-blake3-dev', vcpkg: 'blake3' },
];

/** The parts of the compiler that are linked statically on Linux, so that old systems can load the addon. */
const compilerRuntime = [
  { name: 'libstdc++', archive: 'libstdc++.a' },
  { name: 'libgcc', archive: 'libgcc.a' },
];
const runtimeLicence = 'GPL-3.0-or-later WITH GCC-exception-3.1';

export function nativeComponents({
  platform = process.platform,
  vcpkg = vcpkgInstalled,
}: {
  platform?: NodeJS.Platform;
  vcpkg?: string | undefined;
} = {}): Component[] {
  const libraries = nativeLibraries.map((library) => (vcpkg ? fromVcpkg(library, vcpkg) : fromDebian(library)));
  if (platform !== 'linux') return libraries;
  const runtime = compilerRuntime.map(({ name, archive }) =>
    fromDebian({ name, licence: runtimeLicence, debian: compilerPackage(archive) }),
  );
  return [...libraries, ...runtime];
}

function fromVcpkg(
  { name, licence, vcpkg: port }: Pick<NativeLibrary, 'name' | 'licence' | 'vcpkg'>,
  installed: string,
): Component {
  const share = path.join(installed, 'share', port);
  const { packages } = JSON.parse(readFileSync(path.join(share, 'vcpkg.spdx.json'), 'utf8'));
  // The port, among what it was built from.
  const entry: { name: string; versionInfo: string } | undefined = packages.find(
    (candidate: { name: string }) => candidate.name === port,
  );
  if (!entry) throw new Error(`vcpkg gives no version of ${port} in ${share}`);
  // Behind # is the revision of the port.
  const version = entry.versionInfo.replace(/#.*$/, '');
  const text = readFileSync(path.join(share, 'copyright'), 'utf8');
  return { kind: 'native', name, version, licence, text, packageUrl: `pkg:vcpkg/${port}@${version}` };
}

function fromDebian({ name, licence, debian }: Pick<NativeLibrary, 'name' | 'licence' | 'debian'>): Component {
  const asked = execFileSync('dpkg-query', ['-W', '-f', `\${Version} \${Architecture}`, debian], { encoding: 'utf8' });
  const [packaged = '', architecture = ''] = asked.split(' ');
  const text = withCommonLicences(readFileSync(`/usr/share/doc/${debian}/copyright`, 'utf8'));
  const distribution = /^ID=(.*)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'debian';
  const packageUrl = `pkg:deb/${distribution}/${encodeURIComponent(debian)}@${encodeURIComponent(packaged)}?arch=${architecture}`;
  return { kind: 'native', name, version: upstreamVersion(packaged), licence, text, packageUrl };
}

/** `1:3.0.17+dfsg-1~deb12u2` is 3.0.17. */
export const upstreamVersion = (packaged: string) =>
  packaged
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')
    .replace(/[+~].*$/, '');

/** Debian's copyright files refer to texts that lie on every Debian system; elsewhere they must be with them. */
function withCommonLicences(text: string) {
  const named = [...text.matchAll(/\/usr\/share\/common-licenses\/([\w.-]*\w)/g)].map(([, name]) => name ?? '');
  const files = [...new Set(named)]
    .map((name) => `/usr/share/common-licenses/${name}`)
    .filter((file) => existsSync(file));
  return [text.trim(), ...files.map((file) => `${path.basename(file)}\n\n${readFileSync(file, 'utf8').trim()}`)].join(
    '\n\n',
  );
}

function compilerPackage(archive: string): string {
  const library = execFileSync(process.env.CXX ?? 'g++', [`-print-file-name=${archive}`], { encoding: 'utf8' }).trim();
  const owner = packagesOf([realpathSync(library)])[0];
  if (!owner) throw new Error(`No package owns ${library}`);
  return owner;
}

/** The Debian packages that own these files, sorted. */
export function packagesOf(files: readonly string[]) {
  const lines = execFileSync('dpkg', ['-S', ...files], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    .trim()
    .split('\n');
  return [...new Set(lines.map((line) => line.replace(/:.*$/, '')))].sort();
}
