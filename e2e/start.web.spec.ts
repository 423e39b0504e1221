import { fileURLToPath } from 'node:url';
import { expect, test } from './world/test.ts';
import { browse, serve, stop } from './world/web-host.ts';

const start = fileURLToPath(new URL('../scripts/setup/start.mjs', import.meta.url));

test('npm start without a display says why in one line and serves the app with its paths', async ({ files }) => {
  files.write('given.txt');
  const environment = {
    DISPLAY: '',
    WAYLAND_DISPLAY: '',
    INIT_CWD: files.root,
    XDG_DATA_HOME: files.path('data'),
    XDG_CONFIG_HOME: files.path('config'),
  };
  const { child, url, errors } = await serve([process.execPath, start, 'given.txt'], environment);
  try {
    expect(errors().trimEnd().split('\n')).toEqual([
      'Opening the web host instead of a window: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).',
    ]);
    const { browser, page } = await browse(url);
    await expect(page.getByRole('region', { name: 'Ready to hash' }).getByText('given.txt').first()).toBeVisible();
    await browser.close();
  } finally {
    expect(await stop(child)).toBe(0);
  }
});

test('npm start refuses an option that it does not know', async () => {
  await expect(serve([process.execPath, start, '--nope'])).rejects.toThrow('Unknown option: --nope');
});
