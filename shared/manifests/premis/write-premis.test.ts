import { expect, test } from 'vitest';
import { readXml } from '../xml/read-xml.ts';
import { type PremisFile, writePremis } from './write-premis.ts';

const run = {
  type: 'fixity check',
  id: 'job-1',
  date: '2026-01-02T03:04:05Z',
  tool: 'Hashlane',
  toolVersion: '1',
} as const;
const files: PremisFile[] = [
  { path: 'a & b', outcome: 'pass', status: 'ok', size: 3, digests: { 'SHA-256': 'aa', MD5: 'bb' } },
  { path: 'c', outcome: 'fail', status: 'missing', size: null, digests: {} },
];

test('a run is one event with an outcome for every file', () => {
  const seen: string[] = [];
  const text = [...writePremis(run, files)].join('');
  readXml(new TextEncoder().encode(text), {
    close: ({ path, uri }, inside) =>
      seen.push(uri === 'http://www.loc.gov/premis/v3' ? `${path}=${inside.trim()}` : path),
  });
  const of = (path: string) =>
    seen.filter((line) => line.startsWith(`premis/${path}=`)).map((line) => line.slice(path.length + 8));
  expect(of('event/eventType')).toEqual(['fixity check']);
  expect(of('event/eventOutcomeInformation/eventOutcome')).toEqual(['pass', 'fail']);
  expect(of('event/eventOutcomeInformation/eventOutcomeDetail/eventOutcomeDetailNote')).toEqual([
    'ok: a & b',
    'missing: c',
  ]);
  expect(of('object/objectCharacteristics/fixity/messageDigest')).toEqual(['aa', 'bb']);
  expect(of('object/objectIdentifier/objectIdentifierValue')).toEqual(['a & b', 'c']);
  expect(of('agent/agentName')).toEqual(['Hashlane']);
});

test('a name that XML cannot hold is refused', () => {
  expect(() => [...writePremis(run, [{ ...files[0]!, path: 'a\u0001' }])]).toThrow(/cannot/);
});
