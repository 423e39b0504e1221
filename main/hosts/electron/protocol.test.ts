import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';

// The module registers with Electron only when asked to; the addresses are plain strings.
vi.mock('electron', () => ({ protocol: {} }));
const { fileOfAddress, isOwnPage, pageUrl } = await import('./protocol.ts');

const root = path.resolve('/opt/hashlane/renderer');

describe('the page', () => {
  it('is served from the bundle', () => {
    expect(fileOfAddress(root, pageUrl)).toBe(path.join(root, 'index.html'));
    expect(fileOfAddress(root, 'app://hashlane/assets/a%20b.js?v=1#top')).toBe(path.join(root, 'assets', 'a b.js'));
  });

  it.each([
    'app://hashlane/..%2f..%2fetc/passwd',
    'app://hashlane/assets/..%2f..%2f..%2fsecret',
    'app://hashlane/%2e%2e%2fsecret',
    'app://hashlane/%00',
    'app://hashlane/%ff',
    'app://hashlane/',
    'app://elsewhere/index.html',
    'file:///etc/passwd',
  ])('does not reach %s', (address) => {
    expect(fileOfAddress(root, address)).toBeNull();
  });

  it.each(['app://hashlane.example/', 'app://hashlane@example/', 'https://hashlane/', 'apps://hashlane/', '', 'x'])(
    'is not mistaken for %s',
    (address) => {
      expect(isOwnPage(address)).toBe(false);
    },
  );
});
