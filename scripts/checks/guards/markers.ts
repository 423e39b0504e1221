/**
 * Comments that name a guard beside its code, and the code without it.
 *
 *     // guard: NAME                    what follows goes: a statement, a property, an element, an argument
 *     // guard: NAME => CODE            CODE takes the place of what follows
 *     a && /* guard: NAME *\/ b         an operand of && becomes true, of || false; a condition becomes false
 *
 * A property that is true or false becomes the other one. Several names are separated by commas. One guard may stand in
 * several places, and all of them go together. In C++ what follows is the next line, with what is indented below it.
 */
import { parseSync } from 'vite';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

/** What a marker is about: a node and where it hangs. */
interface Target {
  readonly node: Node;
  readonly parent: Node;
}

interface Marker {
  readonly names: readonly string[];
  /** What takes the guard's place, where the comment says so. */
  readonly code: string | undefined;
  /** Behind the comment. */
  readonly end: number;
}

const pattern = /^\s*guard: (.+?)(?: => (.+?))?\s*$/;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

function markerOf(value: string, end: number): Marker[] {
  const found = pattern.exec(value);
  return found ? [{ names: found[1]!.split(', '), code: found[2], end }] : [];
}

const isNative = (file: string): boolean => /\.(cc|h)$/.test(file);

function markersOf(file: string, text: string): Marker[] {
  if (!isNative(file)) {
    return parseSync(file, text).comments.flatMap(({ value, end }) => markerOf(value, end));
  }
  return [...text.matchAll(/\/\/(.*)$/gm)].flatMap((line) => markerOf(line[1]!, line.index + line[0].length));
}

/** The names of all guards that a source names. */
export const guardsIn = (file: string, text: string): string[] =>
  text.includes('guard: ') ? markersOf(file, text).flatMap(({ names }) => names) : [];

/** The source without a guard. Throws where it does not name it, or where nothing can take its place. */
export function withoutGuard(file: string, text: string, name: string): string {
  const markers = markersOf(file, text).filter(({ names }) => names.includes(name));
  if (markers.length === 0) throw new Error(`${file} names no guard “${name}”`);
  // From the end, so that places before stay where they are.
  return markers.reduceRight((source, marker) => {
    const [start, end, by] = isNative(file) ? nativeChange(source, marker) : change(file, source, marker);
    return source.slice(0, start) + by + source.slice(end);
  }, text);
}

function nativeChange(text: string, { end, code }: Marker): [start: number, end: number, by: string] {
  const lines = text.slice(end + 1).split('\n');
  const first = lines.findIndex((line) => !/^\s*\/\//.test(line));
  const indent = /^\s*/.exec(lines[first]!)![0].length;
  let last = first;
  if (code === undefined) {
    while (lines[last + 1] !== undefined && /^\s*/.exec(lines[last + 1]!)![0].length > indent) last++;
    if (last > first && /^\s*[})\]]/.test(lines[last + 1] ?? '')) last++;
  }
  const before = lines.slice(0, first).reduce((sum, line) => sum + line.length + 1, end + 1);
  const length = lines.slice(first, last + 1).join('\n').length;
  // An empty statement, for a line may be all that an `if` without braces does.
  return [before, before + length, code ?? (lines[last]!.endsWith(';') ? ';' : '')];
}

function change(file: string, text: string, { end, code }: Marker): [start: number, end: number, by: string] {
  const { program, comments } = parseSync(file, text);
  let at = end;
  for (;;) {
    at += /^\s*/.exec(text.slice(at))![0].length;
    const comment = comments.find(({ start }) => start === at);
    if (!comment) break;
    at = comment.end;
  }
  const { node, parent } = targetAt(program as unknown as Node, at, code !== undefined, file);
  const isStatement = /(Statement|Declaration|Definition)$/.test(node.type);
  if (code !== undefined) return [node.start, node.end, isStatement && !/[;}]$/.test(code) ? `${code};` : code];
  if (isStatement) return [node.start, node.end, ''];
  if (parent.type === 'LogicalExpression') {
    const neutral = { '&&': 'true', '||': 'false', '??': 'undefined' };
    return [node.start, node.end, neutral[parent.operator as '&&']];
  }
  if (parent.test === node) return [node.start, node.end, 'false'];
  if (node.type === 'Property' && isNode(node.value) && typeof node.value.value === 'boolean') {
    return [node.value.start, node.value.end, String(!node.value.value)];
  }
  if (/^(ObjectExpression|ArrayExpression|CallExpression|NewExpression)$/.test(parent.type)) {
    return [node.start, node.end + (/^\s*,/.exec(text.slice(node.end))?.[0].length ?? 0), ''];
  }
  throw new Error(`${file}: say by “=> CODE” what takes the place of ${text.slice(node.start, node.end)}`);
}

/** What begins at an offset: as much as belongs together, but of `a && b` and `a ? b : c` only a, save a condition as a whole. */
function targetAt(program: Node, offset: number, conditionToo: boolean, file: string): Target {
  const found: Target[] = [];
  const visit = (node: Node, parent: Node): void => {
    if (node.start > offset || node.end <= offset) return;
    if (node.start === offset && node !== program) found.push({ node, parent });
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, node);
    }
  };
  visit(program, program);
  const target = found.find(
    ({ node, parent }) =>
      !/^(LogicalExpression|ConditionalExpression)$/.test(node.type) || (conditionToo && parent.test === node),
  );
  if (!target) throw new Error(`${file}: nothing stands behind the guard at ${offset}`);
  return target;
}
