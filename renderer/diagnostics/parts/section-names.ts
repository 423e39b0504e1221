/** The panel's sections, in the order of its index. */
export const sectionNames = [
  'throughput',
  'threads',
  'lanes',
  'memory',
  'pools',
  'events',
  'batches',
  'devices',
  'reasons',
  'process',
  'kernels',
] as const;
export type SectionName = (typeof sectionNames)[number];

export const sectionId = (name: SectionName): string => `diagnostics-${name}`;
