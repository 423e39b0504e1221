/** What binutils report about an ELF library. */
import { run } from '../../setup/run.mjs';

/** A function of the library. `file`: the source it is local to, or '' for one that other files may call. */
export type NativeFunction = { name: string; address: number; size: number; file: string };

/** @returns names that others may link to */
export async function exportedNames(library: string): Promise<string[]> {
  const lines = (await run('nm', ['--dynamic', '--defined-only', '--format=just-symbols', library])).split('\n');
  return lines.filter((line) => line !== '').sort();
}

/** @returns headers, dynamic section and notes, as readelf writes them */
export const headersOf = (library: string): Promise<string> =>
  run('readelf', ['--wide', '--program-headers', '--dynamic', '--notes', library]);

/** @returns bytes by section */
export async function sectionSizes(library: string): Promise<Record<string, number>> {
  const lines = (await run('size', ['--format=sysv', '--radix=10', library])).split('\n');
  const rows = lines.map((line) => /^(\.\S+)\s+(\d+)\s/.exec(line)).filter((row) => row !== null);
  return Object.fromEntries(rows.map(([, name = '', bytes]) => [name, Number(bytes)]));
}

/**
 * Functions by the symbol table of a library, or of the file that its debug symbols were put into.
 * @returns by address
 */
export async function functionsOf(symbols: string): Promise<NativeFunction[]> {
  const table = await run('readelf', ['--wide', '--symbols', symbols]);
  const functions: NativeFunction[] = [];
  let file = '';
  for (const line of table.split('\n')) {
    const row = /^\s*\d+:\s+([0-9a-f]+)\s+(\w+)\s+(\w+)\s+(\w+)\s+\w+\s+(\w+)\s*(.*)$/.exec(line);
    if (!row) continue;
    const [, address = '', size, type, binding, section, name = ''] = row;
    // Local symbols follow the name of their file; an empty one precedes what was made local by linking.
    if (type === 'FILE') file = name;
    else if (section !== 'UND' && (type === 'FUNC' || type === 'NOTYPE') && name !== '') {
      functions.push({
        name,
        address: Number.parseInt(address, 16),
        size: Number(size),
        file: binding === 'LOCAL' ? file : '',
      });
    }
  }
  return functions.sort((a, b) => a.address - b.address);
}
