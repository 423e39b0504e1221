/** Every output format by name. To add one: write its file, add it here and to the contract's `exportFormat`. */
import type { ExportFormat } from '../contract/models.ts';
import { bsd, gnu } from './checksum-lines.ts';
import { csv } from './csv.ts';
import type { Format } from './format.ts';
import { inToto } from './in-toto.ts';
import { json, jsonLines } from './json.ts';
import { ed2k, magnet } from './links.ts';
import { corz, hashdeep, sfv, sri } from './lists.ts';

export const formats: Readonly<Record<ExportFormat, Format>> = {
  gnu,
  bsd,
  sfv,
  hashdeep,
  corz,
  sri,
  jsonl: jsonLines,
  json,
  csv,
  ed2k,
  magnet,
  'in-toto': inToto,
};

export const formatNames = Object.keys(formats) as readonly ExportFormat[];

/** The format called `name`, or undefined. */
export function findFormat(name: string): Format | undefined {
  return Object.hasOwn(formats, name) ? formats[name as ExportFormat] : undefined;
}
