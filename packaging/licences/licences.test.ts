import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fromRoot } from '../../scripts/setup/paths.mjs';
import type { Component } from './component.ts';
import { refuseOthers } from './components.ts';
import { nativeComponents, nativeLibraries, upstreamVersion } from './native-libraries.ts';
import { notices } from './notices.ts';
import { lockedHash } from './npm-packages.ts';
import { checkSbom, sbom } from './sbom.ts';

const one: Component = {
  kind: 'npm',
  name: '@scope/one',
  version: '1.0.0',
  licence: 'MIT',
  text: 'Copyright One\nMIT text',
  packageUrl: 'pkg:npm/%40scope/one@1.0.0',
  sha512: 'ab'.repeat(64),
};
const two: Component = {
  kind: 'native',
  name: 'Two',
  version: '2.1',
  licence: 'CC0-1.0 OR Apache-2.0',
  text: 'Copyright Two',
  packageUrl: 'pkg:vcpkg/two@2.1',
};

describe('licences', () => {
  it('that nobody has decided on stop the packaging', () => {
    expect(() => refuseOthers([one, { ...two, licence: 'GPL-3.0-only' }])).toThrow('Two (GPL-3.0-only)');
    expect(() => refuseOthers([one, two])).not.toThrow();
  });

  it('are printed once where several share a text', () => {
    const text = notices([one, { ...one, name: 'three' }, two]);
    expect(text.split('MIT text')).toHaveLength(2);
    expect(text).toContain('\n@scope/one 1.0.0\nthree 1.0.0\n');
    expect(text).toContain('  Two 2.1 (CC0-1.0 OR Apache-2.0)\n');
  });
});

describe('a bill of materials', () => {
  const product = { name: 'hashlane', version: '9.9.9', license: 'MIT' };
  const time = new Date('2026-01-02T03:04:05Z');

  it('is valid, names every component, and is the same each time', async () => {
    const json = await sbom(product, [one, two], time);
    expect(await sbom(product, [two, one], time)).toBe(json);
    const { metadata, components, dependencies } = JSON.parse(json);
    expect(metadata).toMatchObject({
      timestamp: time.toISOString(),
      component: { name: 'hashlane', version: '9.9.9' },
    });
    expect(components).toMatchObject([
      {
        name: '@scope/one',
        purl: one.packageUrl,
        licenses: [{ license: { id: 'MIT' } }],
        hashes: [{ alg: 'SHA-512', content: one.sha512 }],
      },
      { name: 'Two', purl: two.packageUrl, licenses: [{ expression: two.licence }] },
    ]);
    expect(dependencies).toContainEqual({ ref: 'hashlane', dependsOn: [one.packageUrl, two.packageUrl] });
  });

  it('takes the hashes of npm packages from the lock, and refuses what is not locked', () => {
    const { version } = JSON.parse(readFileSync(fromRoot('node_modules', 'zod', 'package.json'), 'utf8'));
    expect(lockedHash('zod', version)).toMatch(/^[0-9a-f]{128}$/);
    expect(() => lockedHash('zod', '0.0.1')).toThrow('zod 0.0.1');
  });

  it.runIf(process.platform === 'linux' && existsSync('/usr/bin/dpkg'))('names what is linked of the compiler', () => {
    expect(nativeComponents().map(({ name }) => name)).toEqual(expect.arrayContaining(['libstdc++', 'libgcc']));
  });

  it('that is none is found out', async () => {
    const bill = JSON.parse(await sbom(product, [one], time));
    bill.components[0].type = 'thing';
    await expect(checkSbom(JSON.stringify(bill))).rejects.toThrow('not valid');
  });
});

describe('native libraries', () => {
  const installed = mkdtempSync(path.join(os.tmpdir(), 'hashlane-vcpkg-'));
  afterAll(() => rmSync(installed, { recursive: true }));

  it("have the version of their authors, without the packager's additions", () => {
    expect(
      ['3.0.17-1~deb12u2', '1:1.4.3-3', '1.3.1+ds-2', '0.8.1-1', '12.2.0-14+deb12u1'].map(upstreamVersion),
    ).toEqual(['3.0.17', '1.4.3', '1.3.1', '0.8.1', '12.2.0']);
  });

  it("are described by vcpkg's own files where it brought them", () => {
    for (const { vcpkg: port } of nativeLibraries) {
      const share = path.join(installed, 'share', port);
      mkdirSync(share, { recursive: true });
      const packages = [
        { name: `${port}-source`, versionInfo: '0' },
        { name: port, versionInfo: '3.5.0#2' },
      ];
      writeFileSync(path.join(share, 'vcpkg.spdx.json'), JSON.stringify({ packages }));
      writeFileSync(path.join(share, 'copyright'), `Copyright of ${port}`);
    }
    const components = nativeComponents({ platform: 'win32', vcpkg: installed });
    expect(components).toHaveLength(nativeLibraries.length);
    expect(components[0]).toEqual({
      kind: 'native',
      name: 'OpenSSL',
      version: '3.5.0',
      licence: 'Apache-2.0',
      text: 'Copyright of openssl',
      packageUrl: 'pkg:vcpkg/openssl@3.5.0',
    });
  });

  it('that vcpkg does not describe stop the packaging', () => {
    expect(() => nativeComponents({ platform: 'darwin', vcpkg: path.join(installed, 'nothing') })).toThrow('ENOENT');
  });
});
