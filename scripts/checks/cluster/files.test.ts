/** The files of packaging/cluster: that they are what their readers expect. `npm run check:cluster` runs them. */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { fromRoot } from '../../setup/paths.mjs';

const read = (file: string): string => readFileSync(fromRoot('packaging/cluster', file), 'utf8');

test.each(globSync('**/*.{sh,sbatch}', { cwd: fromRoot('packaging/cluster') }))('%s is a script of sh', (file) => {
  const { status, stderr } = spawnSync('sh', ['-n', fromRoot('packaging/cluster', file)], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

interface JobOfYaml {
  readonly kind: string;
  readonly spec: {
    readonly completionMode?: string;
    readonly completions?: number;
    readonly template: {
      readonly spec: {
        readonly containers: { readonly args: string[]; readonly volumeMounts: { readonly name: string }[] }[];
        readonly volumes: { readonly name: string }[];
      };
    };
  };
}

test('the jobs of Kubernetes have a shard for each pod, and every volume that they mount', () => {
  const documents = parseAllDocuments(read('kubernetes/hashlane.yaml'));
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  const jobs = documents.map((document) => document.toJS() as JobOfYaml).filter(({ kind }) => kind === 'Job');
  expect(jobs).toHaveLength(2);
  const [hash] = jobs;
  expect(hash!.spec.completionMode).toBe('Indexed');
  expect(hash!.spec.template.spec.containers[0]!.args[0]).toContain(`--shard /${hash!.spec.completions} `);
  for (const { spec } of jobs) {
    const { containers, volumes } = spec.template.spec;
    const names = volumes.map(({ name }) => name).sort();
    expect(containers[0]!.volumeMounts.map(({ name }) => name).sort()).toEqual(names);
  }
});

test('options in them are those of the command', () => {
  const manual = readFileSync(fromRoot('packaging/man/hashlane.1'), 'utf8').replaceAll('\\', '');
  const files = globSync('**/*.{sh,sbatch,yaml}', { cwd: fromRoot('packaging/cluster') });
  const own = /--(plan|shard|journal|progress|threads|summary-json|parts|algorithm)\b/g;
  const found = new Set(files.flatMap((file) => [...read(file).matchAll(own)].map(([option]) => option)));
  expect(found.size).toBeGreaterThan(5);
  for (const option of found) expect(manual).toContain(option);
});
