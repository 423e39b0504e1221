/** The panel's sections, in the order of its index. */
export const sectionNames = [
  'throughput',
  'threads',
  'lanes',
  'memory',
  'pools',
  'events',
  'process',
  'batches',
  'devices',
  'reasons',
  'kernels',
] as const;
export type SectionName = (typeof sectionNames)[number];

export const sectionId = (name: SectionName): string => `diagnostics-${name}`;
