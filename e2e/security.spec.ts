import { expect, test } from './world/test.ts';

test('the page has no Node and no Electron', async ({ hashlane }) => {
  const found = await hashlane.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(found).toEqual([]);
});

test('script that is not the app’s own does not run', async ({ hashlane }) => {
  const ran = await hashlane.page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'document.documentElement.dataset.ran = "inline"';
    document.body.append(script);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return document.documentElement.dataset.ran ?? 'nothing';
  });
  expect(ran).toBe('nothing');
});

test('the page reaches no other server', async ({ hashlane }) => {
  const outcome = await hashlane.page.evaluate(() =>
    fetch('http://127.0.0.1:9/').then(
      () => 'answered',
      (error: unknown) => String(error),
    ),
  );
  expect(outcome).toContain('TypeError');
});
