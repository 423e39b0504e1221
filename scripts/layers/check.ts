/** Checks every source of the checkout against the layers; exits with 1 when one violates them. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { violationsOfNative, violationsOfTypeScript } from './violations.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function sources(pattern: string): { file: string; text: string }[] {
  return globSync(pattern, { cwd: root, exclude: (name) => name === 'node_modules' })
    .map((file) => file.split(path.sep).join('/'))
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
}

const typeScript = sources('{shared,main,renderer,e2e,scripts,packaging,bench}/**/*.{ts,tsx}');
const native = sources('native/**/*.{h,cc}');
const headers = new Set(native.map(({ file }) => file));
const violations = [
  ...typeScript.flatMap(({ file, text }) => violationsOfTypeScript(file, text)),
  ...native.flatMap(({ file, text }) => violationsOfNative(file, text, (other) => headers.has(other))),
];
for (const violation of violations) console.error(violation);
console.log(`${typeScript.length + native.length} files, ${violations.length} violations`);
process.exitCode = violations.length > 0 ? 1 : 0;
