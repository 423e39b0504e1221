interface Position {
  /** The focused row's place, or −1. */
  readonly place: number;
  readonly last: number;
  /** Rows a page. */
  readonly page: number;
}

/** The place that a key moves to, or null when it is no key for moving. May lie beyond the ends. */
export function moveOf(key: string, { place, last, page }: Position): number | null {
  switch (key) {
    case 'ArrowDown':
      return place + 1;
    case 'ArrowUp':
      return place - 1;
    case 'PageDown':
      return place + page;
    case 'PageUp':
      return place - page;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
