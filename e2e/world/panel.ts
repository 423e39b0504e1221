/** Diagnostics as a person sees them. */
import { expect, type Locator } from '@playwright/test';
import { type DiagnosticsReport, diagnosticsReport } from '#shared/diagnostics/report.ts';
import type { Hashlane } from './hashlane.ts';

export class Panel {
  readonly #hashlane: Hashlane;
  constructor(hashlane: Hashlane) {
    this.#hashlane = hashlane;
  }

  get region(): Locator {
    return this.#hashlane.page.getByRole('region', { name: 'Diagnostics' });
  }

  table(name: string): Locator {
    return this.region.getByRole('table', { name });
  }

  async open(): Promise<void> {
    await this.#hashlane.button('Diagnostics').click();
    await expect(this.figure('Whole process')).toHaveText(/B/);
  }

  async close(): Promise<void> {
    await this.region.getByRole('button', { name: 'Close diagnostics' }).click();
    await expect(this.region).toBeHidden();
  }

  /** The value beside a name. */
  figure(name: string): Locator {
    const label = this.region.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) });
    return label.locator('xpath=following-sibling::dd');
  }

  /** The texts of a table's rows, without its head. */
  async rows(name: string): Promise<string[][]> {
    const rows = await this.table(name).getByRole('row').all();
    return Promise.all(rows.slice(1).map((row) => row.getByRole('cell').allTextContents()));
  }

  /** Copies the report by the menu and returns what the clipboard holds then. */
  async copy(form: 'As text' | 'As JSON', { withNames = false } = {}): Promise<string> {
    const { page } = this.#hashlane;
    await this.region.getByRole('button', { name: 'Copy report' }).click();
    const box = page.getByRole('menuitemcheckbox', { name: 'With file names' });
    if ((await box.getAttribute('aria-checked')) !== String(withNames)) await box.click();
    await expect(box).toHaveAttribute('aria-checked', String(withNames));
    await page.getByRole('menuitem', { name: form }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Report copied' }).first()).toBeVisible();
    return this.#hashlane.host.clipboardText();
  }

  async report(options?: { withNames: boolean }): Promise<DiagnosticsReport> {
    return diagnosticsReport.strict().parse(JSON.parse(await this.copy('As JSON', options)));
  }
}
