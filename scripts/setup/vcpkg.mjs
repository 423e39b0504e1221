/**
 * The native libraries from vcpkg: on Windows and macOS, and for releases on Linux, so that all systems get the same
 * ones. VCPKG_ROOT is vcpkg's own variable; HASHLANE_VCPKG_TRIPLET names a file of native/cmake/vcpkg. Without the latter
 * the system's libraries are taken.
 */
import { fromRoot } from './paths.mjs';
import { SetupProblem } from './run.mjs';

const triplet = process.env.HASHLANE_VCPKG_TRIPLET;

export const librariesFromVcpkg = Boolean(triplet);

/** Where vcpkg puts headers, archives and licences of this triplet; undefined without one. */
export const vcpkgInstalled = triplet ? fromRoot('build', 'vcpkg', triplet) : undefined;

/** @returns {Record<string, string>} CMake variables by name */
export function vcpkgVariables() {
  if (!triplet) return {};
  const root = process.env.VCPKG_ROOT;
  if (!root) throw new SetupProblem('HASHLANE_VCPKG_TRIPLET is set, and VCPKG_ROOT does not say where vcpkg is.');
  /** @type {Record<string, string>} */
  const variables = {
    CMAKE_TOOLCHAIN_FILE: `${root}/scripts/buildsystems/vcpkg.cmake`,
    VCPKG_TARGET_TRIPLET: triplet,
    VCPKG_HOST_TRIPLET: triplet,
    VCPKG_OVERLAY_TRIPLETS: fromRoot('native', 'cmake', 'vcpkg'),
    VCPKG_MANIFEST_DIR: fromRoot(),
    VCPKG_INSTALLED_DIR: fromRoot('build', 'vcpkg'),
  };
  // CMake reads a backslash as the beginning of an escape.
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value.replaceAll('\\', '/')]));
}
