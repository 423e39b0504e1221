/**
 * The libraries that are linked into the addon. Their versions and licences are asked of whoever brought them to this
 * machine: Debian's packages, or vcpkg.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { vcpkgInstalled } from '../../scripts/setup/vcpkg.mjs';

/** @typedef {import('./components.mjs').Component} Component */

/**
 * @typedef {object} NativeLibrary
 * @property {string} name as its authors write it
 * @property {string} licence SPDX expression
 * @property {string} debian package that it is built from
 * @property {string} vcpkg port
 */

/** @type {readonly NativeLibrary[]} */
export const nativeLibraries = [
  { name: 'OpenSSL', licence: 'Apache-2.0', debian: 'libssl-dev', vcpkg: 'openssl' },
  { name: 'xxHash', licence: 'BSD-2-Clause', debian: 'libxxhash-dev', vcpkg: 'xxhash' },
  { name: 'RHash', licence: '0BSD', debian: 'librhash-dev', vcpkg: 'rhash' },
  { name: 'libdeflate', licence: 'MIT', debian: 'libdeflate-dev', vcpkg: 'libdeflate' },
  // 0BSD since 5.6; before, in the public domain, which asks for even less.
  { name: 'liblzma', licence: '0BSD', debian: 'liblzma-dev', vcpkg: 'liblzma' },
  { name: 'BLAKE3', licence: 'CC0-1.0 OR Apache-2.0', debian: 'librust-blake3-dev', vcpkg: 'blake3' },
];

/** The part of the compiler that is linked statically on Linux, so that old systems can load the addon. */
const compilerRuntime = { name: 'libstdc++', licence: 'GPL-3.0-or-later WITH GCC-exception-3.1' };

/**
 * @param {{ platform?: NodeJS.Platform, vcpkg?: string | undefined }} [machine]
 * @returns {Component[]}
 */
export function nativeComponents({ platform = process.platform, vcpkg = vcpkgInstalled } = {}) {
  const libraries = nativeLibraries.map((library) => (vcpkg ? fromVcpkg(library, vcpkg) : fromDebian(library)));
  if (platform !== 'linux') return libraries;
  return [...libraries, fromDebian({ ...compilerRuntime, debian: compilerPackage() })];
}

/** @param {Pick<NativeLibrary, 'name' | 'licence' | 'vcpkg'>} library @param {string} installed @returns {Component} */
function fromVcpkg({ name, licence, vcpkg: port }, installed) {
  const share = path.join(installed, 'share', port);
  const { packages } = JSON.parse(readFileSync(path.join(share, 'vcpkg.spdx.json'), 'utf8'));
  /** @type {{ name: string, versionInfo: string } | undefined} the port, among what it was built from */
  const entry = packages.find((/** @type {{ name: string }} */ candidate) => candidate.name === port);
  if (!entry) throw new Error(`vcpkg tells no version of ${port} in ${share}`);
  // Behind # is the revision of the port.
  const version = entry.versionInfo.replace(/#.*$/, '');
  const text = readFileSync(path.join(share, 'copyright'), 'utf8');
  return { kind: 'native', name, version, licence, text, packageUrl: `pkg:vcpkg/${port}@${version}` };
}

/** @param {Pick<NativeLibrary, 'name' | 'licence' | 'debian'>} library @returns {Component} */
function fromDebian({ name, licence, debian }) {
  const asked = execFileSync('dpkg-query', ['-W', '-f', `\${Version} \${Architecture}`, debian], { encoding: 'utf8' });
  const [packaged = '', architecture = ''] = asked.split(' ');
  const text = withCommonLicences(readFileSync(`/usr/share/doc/${debian}/copyright`, 'utf8'));
  const distribution = /^ID=(.*)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'debian';
  const packageUrl = `pkg:deb/${distribution}/${encodeURIComponent(debian)}@${encodeURIComponent(packaged)}?arch=${architecture}`;
  return { kind: 'native', name, version: upstreamVersion(packaged), licence, text, packageUrl };
}

/** `1:3.0.17+dfsg-1~deb12u2` is 3.0.17. @param {string} packaged */
export const upstreamVersion = (packaged) =>
  packaged
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')
    .replace(/[+~].*$/, '');

/** Debian's copyright files refer to texts that lie on every Debian system; elsewhere they must be with them. @param {string} text */
function withCommonLicences(text) {
  const named = [...text.matchAll(/\/usr\/share\/common-licenses\/([\w.-]*\w)/g)].map(([, name]) => name ?? '');
  const files = [...new Set(named)]
    .map((name) => `/usr/share/common-licenses/${name}`)
    .filter((file) => existsSync(file));
  return [text.trim(), ...files.map((file) => `${path.basename(file)}\n\n${readFileSync(file, 'utf8').trim()}`)].join(
    '\n\n',
  );
}

function compilerPackage() {
  const library = execFileSync(process.env.CXX ?? 'g++', ['-print-file-name=libstdc++.a'], { encoding: 'utf8' }).trim();
  const owner = packagesOf([realpathSync(library)])[0];
  if (!owner) throw new Error(`No package owns ${library}`);
  return owner;
}

/** The Debian packages that own these files, sorted. @param {readonly string[]} files */
export function packagesOf(files) {
  const lines = execFileSync('dpkg', ['-S', ...files], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    .trim()
    .split('\n');
  return [...new Set(lines.map((line) => line.replace(/:.*$/, '')))].sort();
}
