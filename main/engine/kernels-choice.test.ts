import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadAddon } from './addon.ts';

const engine = path.join(import.meta.dirname, 'native-engine.ts');
const script = `
  const { loadEngine } = await import(${JSON.stringify(engine)});
  try {
    const engine = loadEngine({ threads: 1 });
    console.log(JSON.stringify(engine.info.kernels));
    await engine.close();
  } catch (error) {
    console.log(JSON.stringify({ code: error.code, message: error.message }));
  }`;

/** What an engine in a process of its own says with that value. */
function kernelsOf(kernels: string) {
  const env = { ...process.env, HASHLANE_KERNELS: kernels };
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

test('an unknown value of HASHLANE_KERNELS is refused, and the values that are allowed are named', () => {
  const { allowed } = loadAddon().kernelsChoice;
  expect(allowed[0]).toBe('portable');
  const { code, message } = kernelsOf('AVX-1024');
  expect(code).toBe('UNKNOWN_KERNELS');
  expect(message).toContain('"AVX-1024"');
  for (const name of allowed) expect(message).toContain(name);
});

test('an unknown value of HASHLANE_KERNELS cannot drive the terminal', () => {
  expect(kernelsOf('\x1b[2Jnothing').message).toContain('"\\x1b[2Jnothing"');
});

test.each(loadAddon().kernelsChoice.allowed)('%s forces kernels that pass their self-tests', (name) => {
  const kernels: { implementation: string; selfTest: string }[] = kernelsOf(name);
  expect(kernels.length).toBeGreaterThan(0);
  for (const { implementation, selfTest } of kernels) {
    expect(selfTest).toBe('passed');
    const lanes = /\d+ lanes (.*)$/.exec(implementation);
    if (lanes) expect(lanes[1]).toBe(name);
  }
});
