/** Hashlane as its user handles it: verbs for what a person does, questions for what a person sees. */
import { expect, type Locator } from '@playwright/test';
import { algorithms } from '#shared/tables/algorithms.ts';
import type { Host } from './host.ts';

export class Hashlane {
  readonly host: Host;
  constructor(host: Host) {
    this.host = host;
  }

  get page() {
    return this.host.page;
  }
  get grid(): Locator {
    return this.page.getByRole('grid', { name: 'Results' });
  }
  get progress(): Locator {
    return this.page.getByRole('progressbar', { name: 'Overall progress' });
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true }).first();
  }

  /** Drops real files and folders on the middle of the window, as the system does it. */
  async drop(paths: readonly string[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const size = await this.page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    const data = { items: [], files: [...paths], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: size.width / 2, y: size.height / 2, data });
    }
    await session.detach();
  }

  /** Presses Start and waits until what was waiting has become a job. */
  async start(): Promise<void> {
    await this.button('Start').click();
    await expect(this.page.getByRole('region', { name: 'Ready to hash' })).toBeHidden();
  }

  /** Waits for the line that sums up what came of all jobs, every result received. */
  async finished(timeout = 30_000): Promise<void> {
    const summary = this.page.getByRole('status').filter({ hasText: / files?, .* in | files?\b.*cancelled/i });
    await expect(summary).toBeVisible({ timeout });
  }

  async hash(): Promise<void> {
    await this.start();
    await this.finished();
  }

  /** Chooses exactly these algorithms, by their labels. */
  async chooseAlgorithms(labels: readonly string[]): Promise<void> {
    await this.button('Algorithms').click();
    // What is wanted first, for the last one cannot be taken away.
    const wantedFirst = algorithms.toSorted((a, b) => +labels.includes(b.label) - +labels.includes(a.label));
    for (const { label } of wantedFirst) {
      const box = this.page.getByRole('checkbox', { name: label, exact: true });
      const wanted = labels.includes(label);
      if ((await box.isChecked()) === wanted) continue;
      await box.click();
      // The box shows what the host has stored.
      await expect(box).toBeChecked({ checked: wanted });
    }
    await this.page.keyboard.press('Escape');
  }

  /** The row of the file called `name`, whatever folder is shown before it. */
  row(name: string): Locator {
    const ending = new RegExp(`(^|/)${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    const cell = this.page.getByRole('gridcell').filter({ hasText: ending });
    return this.grid.getByRole('row').filter({ has: cell });
  }

  async columns(): Promise<string[]> {
    return (await this.grid.getByRole('columnheader').allTextContents()).map((text) => text.trim());
  }

  /** The cell of a row under a column header. */
  async cell(name: string, column: string): Promise<Locator> {
    await expect.poll(() => this.columns()).toContain(column);
    const index = (await this.columns()).indexOf(column);
    return this.row(name).getByRole('gridcell').nth(index);
  }

  async digestOf(name: string, column = 'SHA-256'): Promise<string> {
    return textOf(await this.cell(name, column));
  }

  async statusOf(name: string): Promise<string> {
    return textOf(await this.cell(name, 'Status'));
  }

  /** How many results there are, on the screen or not: the grid counts them and its header row. */
  async rowCount(): Promise<number> {
    return Number(await this.grid.getAttribute('aria-rowcount')) - 1;
  }

  async hasRows(count: number): Promise<void> {
    await expect.poll(() => this.rowCount()).toBe(count);
  }

  /** File names on the screen, without their folders, from the top. */
  async visibleNames(): Promise<string[]> {
    const index = (await this.columns()).indexOf('Name');
    const rows = this.grid.getByRole('row').filter({ has: this.page.getByRole('gridcell') });
    const paths = await Promise.all((await rows.all()).map((row) => textOf(row.getByRole('gridcell').nth(index))));
    return paths.map((path) => path.slice(path.lastIndexOf('/') + 1));
  }

  async sortBy(column: string): Promise<void> {
    await this.grid.getByRole('columnheader', { name: column, exact: true }).click();
  }

  async filter(text: string): Promise<void> {
    await this.page.getByRole('searchbox', { name: 'Filter results' }).fill(text);
  }

  /** Exports in a format by its name in the menu and gives back the saved bytes. */
  async export(format: RegExp): Promise<Buffer> {
    return this.host.saved(async () => {
      await this.button('Export').click();
      await this.page.getByRole('menuitem', { name: format }).click();
    });
  }
}

async function textOf(locator: Locator): Promise<string> {
  return ((await locator.textContent()) ?? '').trim();
}
