import { electron, listen, openNetwork } from './world/attack.ts';
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
  if (hashlane.host.kind === 'electron') await openNetwork(electron(hashlane));
  const elsewhere = await listen(() => ({ headers: { 'access-control-allow-origin': '*' } }));
  try {
    const outcomes = await hashlane.page.evaluate(async (url) => {
      const loaded = (element: HTMLImageElement): Promise<string> =>
        new Promise((resolve) => {
          element.onload = () => resolve('load');
          element.onerror = () => resolve('error');
          element.src = `${url}/picture`;
        });
      return [
        await fetch(url).then(
          () => 'answered',
          (error: Error) => error.name,
        ),
        await loaded(new Image()),
        navigator.sendBeacon(`${url}/beacon`, 'x'),
      ];
    }, elsewhere.url);
    expect(outcomes.slice(0, 2)).toEqual(['TypeError', 'error']);
    expect(elsewhere.asked).toEqual([]);
  } finally {
    elsewhere.close();
  }
});
