/** bag-info.txt (package-info.txt before 0.96): labels and values, long values folded. */
import { linesOf } from './tag-text.ts';

export interface BagInfoField {
  readonly label: string;
  readonly value: string;
}

/** Labels may repeat and keep their order. `malformed`: numbers of lines without a colon. */
export function parseBagInfo(text: string): { fields: BagInfoField[]; malformed: number[] } {
  const fields: BagInfoField[] = [];
  const malformed: number[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    if (line.trim() === '') continue;
    const last = fields.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) {
      fields[fields.length - 1] = { label: last.label, value: `${last.value} ${line.trim()}`.trim() };
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) malformed.push(index + 1);
    else fields.push({ label: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() });
  }
  return { fields, malformed };
}

/** Throws RangeError for a label with a colon, white space around it, or a line end. */
export function writeBagInfo(fields: readonly BagInfoField[]): string {
  let text = '';
  for (const { label, value } of fields) {
    if (!/^[^\s:](?:[^\r\n:]*[^\s:])?$/.test(label)) throw new RangeError(`not a label: ${JSON.stringify(label)}`);
    text += `${label}: ${value.trim().replace(/\s*[\r\n]+\s*/g, '\n  ')}\n`;
  }
  return text;
}

/** The value of a label whatever its case, or undefined; of several the first. */
export function bagInfoValue(fields: readonly BagInfoField[], label: string): string | undefined {
  const wanted = label.toLowerCase();
  return fields.find((field) => field.label.toLowerCase() === wanted)?.value;
}

export interface Oxum {
  readonly octets: number;
  readonly streams: number;
}

/** `octets.streams`, or null. */
export function parseOxum(value: string): Oxum | null {
  const parts = /^(\d{1,16})\.(\d{1,16})$/.exec(value.trim());
  return parts === null ? null : { octets: Number(parts[1]), streams: Number(parts[2]) };
}
