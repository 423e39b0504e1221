import { expect, test } from 'vitest';
import { remedy } from './addon.ts';

test.each([
  'file:///opt/Hashlane/resources/app.asar/dist/main.js',
  'file:///opt/Hashlane/resources/app.asar.unpacked/x.js',
])('whoever runs the package from %s is not told to build anything', (here) => {
  expect(remedy(here)).not.toContain('npm');
});

test('whoever runs a checkout is told how to build the engine', () => {
  expect(remedy('file:///home/me/hashlane/main/engine/addon.ts')).toContain('npm start');
});
