/** The modules, members and strings that a source file refers to. Parsed, so that comments do not count. */
import { parseSync } from 'vite';

export interface References {
  /** Every module named by an import, an export, `import()`, `import('…').Type` or `require()`. */
  readonly modules: readonly string[];
  /** Member accesses `object.member` on plain names. */
  readonly members: readonly { readonly object: string; readonly member: string }[];
  readonly strings: readonly string[];
}

interface Node {
  readonly type: string;
  readonly [property: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

function textOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Identifier' ? (node.name as string) : textOf(node);

/** Throws when the file cannot be parsed. */
export function referencesOf(file: string, text: string): References {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  const modules: string[] = [];
  const members: { object: string; member: string }[] = [];
  const strings: string[] = [];

  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isNode(value)) return;
    const module = moduleOf(value);
    if (module !== undefined) modules.push(module);
    if (value.type === 'MemberExpression') {
      const [object, member] = [nameOf(value.object), nameOf(value.property)];
      if (object !== undefined && member !== undefined) members.push({ object, member });
    }
    const string = textOf(value);
    if (string !== undefined) strings.push(string);
    for (const child of Object.values(value)) visit(child);
  };
  visit(program);
  return { modules, members, strings };
}

function moduleOf(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return textOf(node.source);
    case 'TSExternalModuleReference':
      return textOf(node.expression);
    case 'CallExpression':
      return nameOf(node.callee) === 'require' ? textOf((node.arguments as unknown[])[0]) : undefined;
    default:
      return undefined;
  }
}

/**
 * Uses of a parameter's own members in a file: `parameter.member`, `[...parameter]` and
 * `for (… of parameter)`. Callbacks that other objects call are left out.
 */
export function parameterUses(file: string, text: string): string[] {
  const { program } = parseSync(file, text);
  const uses: string[] = [];
  const visit = (value: unknown, parameters: ReadonlySet<string>): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, parameters);
    if (!isNode(value)) return;
    const used =
      value.type === 'MemberExpression'
        ? value.object
        : value.type === 'SpreadElement'
          ? value.argument
          : value.type === 'ForOfStatement'
            ? value.right
            : undefined;
    const name = isNode(used) && used.type === 'Identifier' ? (used.name as string) : undefined;
    if (name !== undefined && parameters.has(name)) uses.push(name);
    const inner = new Set(parameters);
    if (Array.isArray(value.params)) for (const parameter of value.params) inner.add(nameOf(parameter) ?? '');
    for (const child of Object.values(value)) visit(child, inner);
  };
  // The functions of the bridge are members of an object; all others are called by the preload itself.
  const bridge = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) bridge(item);
    if (!isNode(value)) return;
    if (value.type === 'Property') visit(value.value, new Set());
    for (const child of Object.values(value)) bridge(child);
  };
  bridge(program);
  return uses;
}

/** Headers a C++ file includes, comments stripped. */
export function includesOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
  return [...code.matchAll(/^\s*#\s*include\s*[<"]([^>"]+)[>"]/gm)].map((match) => match[1]!);
}
