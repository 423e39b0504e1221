import type { RowOrder } from '../results/row-order.ts';

export type RowTest = (row: number) => boolean;

/** What a grid shows, place by place: rows of a table, or folders of them, which have negative numbers. */
export interface RowSource {
  readonly length: number;
  rowAt(place: number): number;
  /** The place of a row, or −1 when it is not shown. */
  placeOf(row: number): number;
  /** Resolves to true when the list has changed, to false when another call overtook this one. */
  arrange(order: RowOrder, test: RowTest | null): Promise<boolean>;
  /** Takes in the rows that arrived since; true when there were any. */
  refresh(): boolean;
}
