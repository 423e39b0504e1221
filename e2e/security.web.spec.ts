/** The guards of the web host, tried from without. */
import { expect, test } from './world/test.ts';

test('a browser without the token sees nothing', async ({ hashlane }) => {
  const origin = new URL(hashlane.page.url()).origin;
  for (const path of ['/', '/index.html', '/rpc', '/export/1', '/?token=wrong']) {
    const response = await fetch(origin + path);
    expect([400, 401, 403, 404, 426]).toContain(response.status);
    expect(await response.text()).not.toContain('<script');
  }
});

test('the token does not stay in the address', async ({ hashlane }) => {
  expect(hashlane.page.url()).not.toContain('token');
});
