/** Every function of the bridge, called by a page with values that would run code of its own. */
import { callRaw, electron, takeOver } from './world/attack.ts';
import { expect, test } from './world/test.ts';

/** Hands each hostile value to each function of the bridge; returns what was answered, and what was granted. */
const attackBridge = async (path: string): Promise<{ granted: number; calls: number; ran: string[] }> => {
  const bridge = (globalThis as unknown as { hashlane: Record<string, unknown> }).hashlane;
  const ran: string[] = [];
  const list = [path];
  const note = (name: string): string[] => {
    ran.push(name);
    return list;
  };
  class Files extends Array<unknown> {
    override map(): never {
      return note('subclass') as never;
    }
    override get length(): number {
      return 1;
    }
    override set length(_value: number) {
      note('length');
    }
  }
  const own = (properties: object): unknown[] => Object.assign([new File(['x'], path)], properties);
  const getter = { length: 1 };
  Object.defineProperty(getter, '0', { get: () => path, enumerable: true });
  Object.defineProperty(getter, 'map', { get: () => () => ({ filter: () => list }), enumerable: true });
  const hostile: unknown[] = [
    { map: () => ({ filter: () => list }) },
    { map: () => list, filter: () => list, length: 1, 0: path },
    own({ map: () => ({ filter: () => list }) }),
    own({ filter: () => list, [Symbol.iterator]: () => list[Symbol.iterator]() }),
    { [Symbol.iterator]: () => list[Symbol.iterator]() },
    (function* () {
      yield path;
    })(),
    // biome-ignore lint/suspicious/noThenProperty: a thenable is the attack
    { then: (resolve: (value: string[]) => void) => resolve(list) },
    Promise.resolve(list),
    getter,
    new Proxy([], { get: (_target, name) => (name === 'length' ? 1 : name === 'map' ? () => list : path) }),
    new Proxy({}, { get: () => () => list }),
    Files.from([path]),
    new Set(list),
    new Map([[0, path]]),
    list,
    [list],
    [{ path, name: path, toString: () => path, valueOf: () => path }],
    [new Proxy(new File(['x'], path), { get: () => path })],
    [Object.setPrototypeOf({ path }, File.prototype)],
    path,
    new String(path),
    null,
    undefined,
    1,
    () => list,
  ];
  let granted = 0;
  let calls = 0;
  for (const name of Object.keys(bridge)) {
    const member = bridge[name];
    if (typeof member !== 'function') continue;
    for (const value of hostile) {
      calls++;
      try {
        const answer = await (member as (value: unknown) => unknown)(value);
        if (name === 'grantDropped' && Array.isArray(answer)) granted += answer.length;
      } catch {
        // Refused, as it should be.
      }
    }
  }
  return { granted, calls, ran };
};

test.describe('the bridge', () => {
  test('grants nothing to a value with methods of its own, whichever function gets it', async ({ hashlane, files }) => {
    const secret = files.write('secret.txt');
    const page = await takeOver(electron(hashlane));
    const { granted, calls } = await page.evaluate(attackBridge, secret);
    expect(calls).toBeGreaterThan(90);
    expect(granted).toBe(0);
    const sources = await callRaw(await takeOver(electron(hashlane)), [{ path: '/sources/list' }]);
    expect(sources[0]?.body).toBe('{"json":[]}');
  });

  test('still answers an honest call after the hostile ones', async ({ hashlane, files }) => {
    const page = await takeOver(electron(hashlane));
    await page.evaluate(attackBridge, files.write('secret.txt'));
    const granted = await page.evaluate(() =>
      (globalThis as unknown as { hashlane: { grantDropped(files: File[]): Promise<unknown[]> } }).hashlane
        .grantDropped([])
        .then((sources) => sources.length),
    );
    expect(granted).toBe(0);
  });
});
