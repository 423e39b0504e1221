/** Writes XML 1.0, indented by two. */

class XmlNameError extends Error {
  readonly code = 'not-in-xml';
  constructor(text: string) {
    super(`holds a character that XML cannot: ${JSON.stringify(text)}`);
    this.name = 'XmlNameError';
  }
}

const forbidden =
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // As references, or a reader would take them for spaces and line ends.
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Throws XmlNameError for characters that XML 1.0 has no way to write. */
export function escapeXml(text: string): string {
  if (forbidden.test(text)) throw new XmlNameError(text);
  return text.replace(/[&<>"\r\n\t]/g, (character) => escapes[character]!);
}

/** Undefined values are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

export class XmlWriter {
  #parts: string[] = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  #open: string[] = [];

  open(name: string, attributes: Attributes = {}): void {
    this.#parts.push(`${'  '.repeat(this.#open.length)}<${name}${attributeText(attributes)}>\n`);
    this.#open.push(name);
  }

  close(): void {
    const name = this.#open.pop()!;
    this.#parts.push(`${'  '.repeat(this.#open.length)}</${name}>\n`);
  }

  element(name: string, text: string, attributes: Attributes = {}): void {
    const indent = '  '.repeat(this.#open.length);
    this.#parts.push(`${indent}<${name}${attributeText(attributes)}>${escapeXml(text)}</${name}>\n`);
  }

  /** What was written since the last call. */
  take(): string {
    const text = this.text();
    this.#parts = [];
    return text;
  }

  /** All that was written and not taken. */
  text(): string {
    return this.#parts.join('');
  }
}

function attributeText(attributes: Attributes): string {
  let text = '';
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) text += ` ${name}="${escapeXml(String(value))}"`;
  return text;
}
