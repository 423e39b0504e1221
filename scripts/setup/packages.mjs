/**
 * The system's packages. On Debian and its kin they are checked by dpkg and, where this process
 * may, installed by apt; elsewhere a message names what is needed, and the build finds out.
 */
import { execFileSync } from 'node:child_process';
import { findProgram } from './paths.mjs';
import { run, SetupProblem, step } from './run.mjs';

/** Package names by purpose. `|` separates the names a package goes by in different releases. */
const packages = {
  build: {
    'g++': 'compiles the engine',
    cmake: 'configures the build',
    'ninja-build': 'runs it',
    'libssl-dev': 'MD5, SHA-1, SHA-2, SHA-3, BLAKE2, SM3',
    'libxxhash-dev': 'XXH32, XXH64, XXH3',
    'librhash-dev': 'MD4, ED2K, Tiger, TTH, AICH, Whirlpool, RIPEMD-160, GOST, HAS-160, EDON-R, Snefru',
    'libdeflate-dev': 'CRC-32, Adler-32',
    'liblzma-dev': 'CRC-64/XZ',
    'librust-blake3-dev': 'the C sources of BLAKE3',
  },
  window: {
    'libgtk-3-0t64|libgtk-3-0': "Electron's windows and dialogs",
    libnss3: "Electron's certificates",
    libgbm1: "Electron's graphics buffers",
    'libasound2t64|libasound2': 'Electron does not start without it',
  },
  test: {
    'libgtest-dev': 'native tests',
    'libgcrypt20-dev': 'oracle for SHA-512/t, Tiger, Whirlpool, RIPEMD-160, SM3 and GOST',
    'clang-format': 'C++ formatting',
    zsh: 'reads the completions and the exit statuses',
    fish: 'reads the completions',
    rhash: 'oracle for digests',
    b3sum: 'oracle for BLAKE3',
    xxhash: 'oracle for XXH3',
    hashdeep: 'oracle for several digests at once',
    openssl: 'oracle for SHA-3, BLAKE2 and SM3',
    minisign: 'oracle for its signatures',
    'signify-openbsd': 'oracle for its signatures',
    'xz-utils': 'oracle for CRC-64/XZ',
    chromium: 'the browser of the web specs',
    xvfb: 'a display for the Electron specs',
    xauth: 'xvfb-run needs it',
    iproute2: 'brings loopback up where the specs run without a network',
  },
  packaging: {
    debootstrap: 'a fresh system to install the deb into',
    'desktop-file-utils': 'validates desktop entries',
    appstream: 'validates the metainfo of software centres',
    rpm: 'packs and reads rpm',
    'p7zip-full': 'electron-builder packs tar.gz with it',
    nsis: 'compiles our part of the Windows installer',
    python3: 'runs the extension for Nautilus',
  },
};

/** @typedef {keyof typeof packages} PackageGroup */

/** @param {readonly string[]} args */
function installedAmong(args) {
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg's own
    return execFileSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    // It exits with 1 when one name is unknown and still lists the others.
    return String(/** @type {{ stdout?: unknown }} */ (error).stdout ?? '');
  }
}

/** @param {readonly PackageGroup[]} groups @returns {string[]} wanted names (with `|`) that are not installed */
function missingPackages(groups) {
  const wanted = groups.flatMap((group) => Object.keys(packages[group]));
  const installed = new Set(
    installedAmong(wanted.flatMap((names) => names.split('|')))
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return wanted.filter((names) => !names.split('|').some((name) => installed.has(name)));
}

/** The one of a package's names that this release's apt has. @param {string} names */
function nameHere(names) {
  const candidates = names.split('|');
  const known = candidates.find((name) => {
    try {
      return /Candidate: (?!\(none\))/.test(execFileSync('apt-cache', ['policy', name], { encoding: 'utf8' }));
    } catch {
      return false;
    }
  });
  return known ?? candidates.at(-1) ?? names;
}

/**
 * Sees to it that the packages are there. Throws SetupProblem with the exact command where they
 * are missing and this process may not install them.
 * @param {readonly PackageGroup[]} groups
 */
export async function ensurePackages(groups) {
  if (process.platform !== 'linux' || !findProgram('dpkg-query')) return describeOtherSystem(groups);
  const missing = missingPackages(groups);
  if (missing.length === 0) return;
  const mayInstall = process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
  if (!mayInstall) {
    const names = missing.map(nameHere);
    throw new SetupProblem(
      `Hashlane needs Debian packages that are not installed. Please run:\n  sudo apt-get install ${names.join(' ')}`,
    );
  }
  await step(`Installing Debian packages: ${missing.map((names) => names.split('|').at(-1)).join(' ')}`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...missing.map(nameHere)], { env });
  });
}

/** @param {readonly PackageGroup[]} groups */
function describeOtherSystem(groups) {
  if (!groups.includes('build')) return;
  const absent = ['cmake', 'ninja'].filter((program) => !findProgram(program));
  if (absent.length === 0) return;
  throw new SetupProblem(
    `Hashlane's engine is built by a C++20 compiler with ${absent.join(' and ')}, not found on the PATH. It also needs the ` +
      'development files of OpenSSL 3, xxHash, RHash, libdeflate, liblzma and BLAKE3. Please install them and run the command again.',
  );
}
