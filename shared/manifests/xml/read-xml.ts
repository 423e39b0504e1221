/** Reads XML from anybody: no document type, no entities but XML's own five, bounded depth and sizes. */
import sax from 'sax';

class XmlError extends Error {
  readonly code = 'xml-malformed';
  /** From 1 on. */
  readonly line: number;
  constructor(message: string, line: number) {
    super(`${message} (line ${line})`);
    this.name = 'XmlError';
    this.line = line;
  }
}

export interface XmlElement {
  /** Local names from the root, such as `hashlist/hashes/hash/path`. */
  readonly path: string;
  /** Namespace of the element. */
  readonly uri: string;
  /** Without namespaces. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface XmlHandler {
  open?(element: XmlElement): void;
  /** `text`: what stood directly in the element. */
  close(element: XmlElement, text: string): void;
}

export const maxXmlBytes = 1 << 30;
const maxDepth = 32;
const maxAttributes = 64;
/** Longest text of an element, in UTF-16 units. */
const maxText = 1 << 20;
const chunkBytes = 1 << 16;

/** Throws XmlError for what is not well-formed, not UTF-8, or beyond the bounds; nothing of it is to be trusted then. */
export function readXml(bytes: Uint8Array, handler: XmlHandler): void {
  const parser = sax.parser(true, { xmlns: true, position: true, strictEntities: true } as sax.SAXOptions);
  const fail = (message: string): never => {
    throw new XmlError(message, parser.line + 1);
  };
  const open: { element: XmlElement; text: string }[] = [];
  let attributes = 0;
  let roots = 0;
  parser.onerror = (error) => fail(error.message.split('\n')[0]!);
  parser.ondoctype = () => fail('a document type is refused');
  parser.onprocessinginstruction = ({ name, body }) => {
    if (name === 'xml' && /encoding\s*=/.test(body) && !/encoding\s*=\s*["']utf-8["']/i.test(body)) fail('not UTF-8');
  };
  parser.onattribute = () => {
    if (++attributes > maxAttributes) fail('too many attributes');
  };
  parser.onopentag = (tag) => {
    const { local, uri, attributes: given } = tag as sax.QualifiedTag;
    attributes = 0;
    if (open.length === 0 && roots++ > 0) fail('more than one root');
    if (open.length >= maxDepth) fail('nested too deep');
    const values: Record<string, string> = Object.create(null);
    for (const attribute of Object.values(given))
      if (attribute.prefix !== 'xmlns' && attribute.name !== 'xmlns') values[attribute.local] = attribute.value;
    const above = open.at(-1)?.element.path;
    const element = { path: above === undefined ? local : `${above}/${local}`, uri, attributes: values };
    open.push({ element, text: '' });
    handler.open?.(element);
  };
  const addText = (text: string): void => {
    const top = open.at(-1);
    if (top === undefined) return;
    top.text += text;
    if (top.text.length > maxText) fail('a text is too long');
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.onclosetag = () => {
    const top = open.pop()!;
    handler.close(top.element, top.text);
  };

  if (bytes.length > maxXmlBytes) fail(`larger than ${maxXmlBytes} bytes`);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    const chunk = bytes.subarray(from, from + chunkBytes);
    let text = '';
    try {
      text = decoder.decode(chunk, { stream: from + chunkBytes < bytes.length });
    } catch {
      fail('not UTF-8');
    }
    parser.write(text);
  }
  parser.close();
  if (roots === 0) fail('no root element');
}
