import { describe, expect, it } from 'vitest';
import { shippedHoles } from './audit-report.ts';

const hole = { title: 'It falls over', url: 'https://advisories.example/1' };
const lock = {
  packages: {
    'node_modules/shipped': { version: '1.0.0' },
    'node_modules/tool': { version: '2.0.0' },
    'node_modules/tool/node_modules/shipped': { version: '0.9.0' },
  },
};
const shipped = [{ name: 'shipped', version: '1.0.0' }];

describe('the holes in what ships', () => {
  it('are those of versions that are bundled', () => {
    const found = { severity: 'high', via: [hole], nodes: ['node_modules/shipped'] };
    expect(shippedHoles({ vulnerabilities: { shipped: found } }, lock, shipped)).toEqual([
      'shipped 1.0.0: It falls over (high, https://advisories.example/1)',
    ]);
  });

  it('are not those of tools, nor of another version that a tool brings', () => {
    const tool = { severity: 'high', via: [hole, 'shipped'], nodes: ['node_modules/tool'] };
    const older = { severity: 'high', via: [hole], nodes: ['node_modules/tool/node_modules/shipped'] };
    expect(shippedHoles({ vulnerabilities: { tool, shipped: older } }, lock, shipped)).toEqual([]);
  });
});
