/** The last minute of some figures, as columns that a chart draws. */

export const shownSeconds = 60;

export class History {
  /** Ascending; then a column for each figure. */
  readonly #columns: number[][];
  /** How many of the newest samples are alike. */
  #alike = 0;

  constructor(figures: number) {
    this.#columns = Array.from({ length: figures + 1 }, () => []);
  }

  /** A time that is not later than the last one brings nothing. */
  add(seconds: number, figures: readonly number[]): void {
    const [times, ...columns] = this.#columns as [number[], ...number[][]];
    const newest = times.at(-1);
    if (newest !== undefined && seconds <= newest) return;
    this.#alike = columns.every((column, index) => column.at(-1) === figures[index]) ? this.#alike + 1 : 1;
    times.push(seconds);
    columns.forEach((column, index) => {
      column.push(figures[index]!);
    });
    // One that lies outside stays, so that the line reaches the edge.
    let outside = 0;
    while (outside + 1 < times.length && times[outside + 1]! < seconds - shownSeconds) outside++;
    // Seldom, for it moves all that stays.
    if (outside >= 50) for (const column of this.#columns) column.splice(0, outside);
  }

  get columns(): readonly (readonly number[])[] {
    return this.#columns;
  }

  /** All that is shown is one level from edge to edge: drawn again it would look the same. */
  get isLevel(): boolean {
    const times = this.#columns[0]!;
    const firstAlike = times[times.length - this.#alike];
    return firstAlike !== undefined && firstAlike <= times.at(-1)! - shownSeconds;
  }
}
