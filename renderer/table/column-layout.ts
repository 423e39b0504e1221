/** Which columns a table has, in which order and how wide: what a person chose, over what fits. */

export interface ColumnSpec<Key extends string = string> {
  readonly key: Key;
  /** Narrowest and widest, pixels; the one without a widest takes what the others leave. */
  readonly narrowest: number;
  readonly widest: number | null;
}

/** What a person chose; columns that are not there now keep their place for when they come back. */
export interface ColumnLayout {
  /** Pixels, by column. */
  readonly widths: Readonly<Record<string, number>>;
  readonly hidden: readonly string[];
  /** Keys in the order in which they stand; those that it does not name come in their own order behind. */
  readonly order: readonly string[];
}

export const plainLayout: ColumnLayout = { widths: {}, hidden: [], order: [] };

const minColumnWidth = 56;
const maxColumnWidth = 2_000;

export interface ShownColumn<Key extends string = string> extends ColumnSpec<Key> {
  /** Pixels; null: between narrowest and widest, as there is room. */
  readonly width: number | null;
}

/** The columns that are shown, in their order. The first one of `specs` names the row: it is always there, and first. */
export function shownColumns<Key extends string>(
  specs: readonly ColumnSpec<Key>[],
  { widths, hidden, order }: ColumnLayout,
): ShownColumn<Key>[] {
  const [first, ...rest] = specs;
  if (first === undefined) return [];
  const placeOf = (key: string): number => {
    const place = order.indexOf(key);
    return place < 0 ? order.length : place;
  };
  const sorted = rest.filter(({ key }) => !hidden.includes(key)).sort((a, b) => placeOf(a.key) - placeOf(b.key));
  return [first, ...sorted].map((spec) => ({ ...spec, width: widths[spec.key] ?? null }));
}

export function withWidth(layout: ColumnLayout, key: string, width: number): ColumnLayout {
  const clamped = Math.round(Math.min(Math.max(width, minColumnWidth), maxColumnWidth));
  return { ...layout, widths: { ...layout.widths, [key]: clamped } };
}

export function withHidden(layout: ColumnLayout, key: string, isHidden: boolean): ColumnLayout {
  const others = layout.hidden.filter((one) => one !== key);
  return { ...layout, hidden: isHidden ? [...others, key] : others };
}

/** Moves a column by so many places among the shown ones; the first one stays where it is. */
export function withMoved(layout: ColumnLayout, shown: readonly string[], key: string, by: number): ColumnLayout {
  const from = shown.indexOf(key);
  const to = Math.min(Math.max(from + by, 1), shown.length - 1);
  if (from < 1 || to === from) return layout;
  const order = shown.filter((one) => one !== key);
  order.splice(to, 0, key);
  return { ...layout, order: [...order, ...layout.order.filter((one) => !order.includes(one))] };
}

/** The columns as CSS grid tracks: the name has a third; digests grow to their whole length before it takes more. */
export function gridTemplate(columns: readonly ShownColumn[]): string {
  return columns
    .map(({ width, narrowest, widest }) => {
      if (width !== null) return `${width}px`;
      return widest === null ? `minmax(max(${narrowest}px, 32%), 1fr)` : `minmax(${narrowest}px, ${widest}px)`;
    })
    .join(' ');
}

/** Pixels. */
export function narrowestWidth(columns: readonly ShownColumn[]): number {
  return columns.reduce((sum, { width, narrowest }) => sum + (width ?? narrowest), 0);
}
