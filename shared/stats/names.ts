/** What the stats block's numbers stand for: a slot holds the index in one of these lists. */

export const threadKinds = [
  /** Nobody's region. */
  'none',
  'worker',
  /** Goes through a job's folders. */
  'walk',
  /** Goes through them once more, ahead, for progress. */
  'count',
  'lister',
  'prefetcher',
  'housekeeper',
] as const;
export type ThreadKind = (typeof threadKinds)[number];

export const threadStates = [
  'idle',
  'opening',
  'reading',
  'hashing',
  'delivering',
  'listing',
  /** For room in a queue, for its turn, for a paused job, for a slab, or for somebody who has what comes next. */
  'waiting',
  'waiting for memory',
  /** A device does not answer; its work has gone to another thread. */
  'stalled',
] as const;
export type ThreadState = (typeof threadStates)[number];

export const jobStates = ['free', 'running', 'paused', 'cancelling', 'finished', 'cancelled'] as const;
export type JobState = (typeof jobStates)[number];

export const jobPriorities = ['background', 'interactive'] as const;
export type JobPriority = (typeof jobPriorities)[number];

export const deviceClasses = [
  /** Could not be found out; read like a solid-state one. */
  'unknown',
  'solid-state',
  /** One reader, in order: every jump moves the heads. */
  'rotational',
  /** Few readers: the other side has others to serve. */
  'network',
  /** tmpfs, /proc and the like. */
  'memory',
  /** A virtual machine's disk: what it says of itself means nothing. */
  'virtual',
] as const;
export type DeviceClass = (typeof deviceClasses)[number];

/** How short of memory the system, or the group of processes that this one is in, says it is. */
export const pressureLevels = ['none', 'some', 'critical'] as const;
export type PressureLevel = (typeof pressureLevels)[number];

/** What the ring of events tells; `value` and `detail` are an event's two numbers. */
export const eventKinds = [
  /** Value: bytes given back. */
  'trimmed when idle',
  'trimmed for room',
  'trimmed under pressure',
  /** Value: index in `pressureLevels`; detail: bytes the pools may take from now on. */
  'pressure',
  /** Value: milliseconds without an answer; detail: the thread's region. For the next two also. */
  'stalled',
  'answered',
  'given up',
] as const;
export type EventKind = (typeof eventKinds)[number];
