/** How tables look, as a person chose it; kept by the browser, for it says nothing about files. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { formatSize } from '#shared/text/quantities.ts';
import { type ColumnLayout, plainLayout } from './column-layout.ts';

export interface ViewOptions {
  /** Hexadecimal digits in capitals. */
  readonly isUpper: boolean;
  /** KiB and MiB instead of kB and MB. */
  readonly isBinary: boolean;
  /** By kind of table. */
  readonly columns: Readonly<Record<string, ColumnLayout>>;
}

const plainOptions: ViewOptions = { isUpper: false, isBinary: false, columns: {} };

const storedUnder = 'hashlane.view';

/** Where the browser keeps it; a page may be denied one. */
export interface Keeper {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export function createViewOptions(keeper: Keeper | undefined): StoreApi<ViewOptions> {
  const store = createStore<ViewOptions>(() => read(keeper));
  store.subscribe((options) => {
    try {
      keeper?.setItem(storedUnder, JSON.stringify(options));
    } catch {
      // It holds for as long as the window is open, then.
    }
  });
  return store;
}

/** Whatever is stored, only what has the right form is taken. */
function read(keeper: Keeper | undefined): ViewOptions {
  try {
    const stored: unknown = JSON.parse(keeper?.getItem(storedUnder) ?? '{}');
    if (!isObject(stored)) return plainOptions;
    const columns = isObject(stored.columns) ? stored.columns : {};
    return {
      isUpper: stored.isUpper === true,
      isBinary: stored.isBinary === true,
      columns: Object.fromEntries(Object.entries(columns).map(([kind, layout]) => [kind, layoutOf(layout)])),
    };
  } catch {
    return plainOptions;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function layoutOf(value: unknown): ColumnLayout {
  if (!isObject(value)) return plainLayout;
  const texts = (list: unknown): string[] =>
    Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
  const widths = Object.entries(isObject(value.widths) ? value.widths : {}).filter((entry): entry is [string, number] =>
    Number.isFinite(entry[1]),
  );
  return { widths: Object.fromEntries(widths), hidden: texts(value.hidden), order: texts(value.order) };
}

export const viewOptions = createViewOptions(typeof localStorage === 'undefined' ? undefined : localStorage);

export function layoutFor(options: ViewOptions, kind: string): ColumnLayout {
  return options.columns[kind] ?? plainLayout;
}

export function changeLayout(kind: string, change: (layout: ColumnLayout) => ColumnLayout): void {
  viewOptions.setState((options) => ({
    columns: { ...options.columns, [kind]: change(layoutFor(options, kind)) },
  }));
}

const binaryUnits = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** Bytes in three figures, in decimal or binary units. */
export function sizeText(bytes: number, isBinary: boolean): string {
  if (!isBinary) return formatSize(bytes);
  if (bytes < 1024) return `${Math.round(bytes)} B`;
  let value = bytes / 1024;
  let unit = 0;
  // 1023.5 would be rounded to 1024: it belongs to the next unit.
  while (value >= 1023.5 && unit < binaryUnits.length - 1) {
    value /= 1024;
    unit++;
  }
  const decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(decimals)} ${binaryUnits[unit]}`;
}
