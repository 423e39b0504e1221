import { describe, expect, it } from 'vitest';
import { releaseText } from './release-text.ts';

const facts = { version: '1.2.3', repository: 'someone/hashlane', windows: false, macos: false, notarized: false };

describe('the text of a release', () => {
  it('says what is not signed', () => {
    const text = releaseText(facts);
    expect(text).toContain('Windows: the programs are **not signed**');
    expect(text).toContain('macOS: the app is **not signed**');
    expect(text).toContain('gh attestation verify FILE --repo someone/hashlane');
  });

  it('claims signatures only where there are keys', () => {
    expect(releaseText({ ...facts, macos: true })).toContain('signed and **not notarized**');
    expect(releaseText({ ...facts, notarized: true })).toContain('macOS: the app is **not signed**');
    const all = releaseText({ ...facts, windows: true, macos: true, notarized: true });
    expect(all).toContain('signed and notarized');
    expect(all).not.toContain('**not');
  });
});
