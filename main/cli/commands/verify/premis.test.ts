import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readXml } from '#shared/manifests/xml/read-xml.ts';
import { loadEngine } from '../../../engine/native-engine.ts';
import { Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch = new Scratch();
beforeEach(() => {
  scratch = new Scratch();
  scratch.file('a & b', 'a');
  scratch.file('odd\u001bname', 'b');
  scratch.file('unlisted', 'c');
  scratch.shell('sha256sum "a & b" odd* > SUMS');
});
afterEach(() => scratch.remove());

async function premis() {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  const status = await world.run('verify', '--format', 'premis', scratch.at('SUMS'));
  const found: string[] = [];
  readXml(Buffer.from(world.printed, 'latin1'), {
    close: ({ path }, inside) => found.push(`${path.slice('premis/'.length)}=${inside.trim()}`),
  });
  const of = (path: string) =>
    found.filter((line) => line.startsWith(`${path}=`)).map((line) => line.slice(path.length + 1));
  return { status, of };
}

test('a verification is a fixity event with an outcome for every file', async () => {
  const { status, of } = await premis();
  expect(status).toBe(0);
  expect(of('event/eventType')).toEqual(['fixity check']);
  expect(of('event/eventOutcomeInformation/eventOutcome')).toEqual(['pass', 'pass', 'not checked']);
  expect(of('object/objectIdentifier/objectIdentifierValue')).toEqual(['a & b', 'odd\\x1bname', 'unlisted']);
  expect(of('object/objectCharacteristics/fixity/messageDigestAlgorithm')).toEqual(['SHA-256', 'SHA-256']);
  expect(of('event/eventDetailInformation/eventDetail')[0]).toContain('OK: all 2 files listed');
});

test('what is changed fails, with the digest that it has now', async () => {
  writeFileSync(scratch.at('a & b'), 'x');
  const { status, of } = await premis();
  expect(status).toBe(1);
  expect(of('event/eventOutcomeInformation/eventOutcomeDetail/eventOutcomeDetailNote')[0]).toBe('changed: a & b');
  expect(of('object/objectCharacteristics/fixity/messageDigest')[0]).toBe(
    '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
  );
});
