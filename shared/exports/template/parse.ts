/** Templates for lines of one's own, such as `{sha256}  {path}`: text into parts. */
import { type AlgorithmName, algorithmNames, findAlgorithm } from '../../tables/algorithms.ts';

export const fieldNames = ['path', 'name', 'folder', 'size', 'modified'] as const;
export type FieldName = (typeof fieldNames)[number];

export const digestForms = ['hex', 'upper', 'base64', 'base32'] as const;
export type DigestForm = (typeof digestForms)[number];

export type TemplatePart =
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  | { readonly kind: 'field'; readonly name: FieldName }
  /** `form`: undefined for the custom of the algorithm. */
  | { readonly kind: 'digest'; readonly algorithm: AlgorithmName; readonly form: DigestForm | undefined };

/** A template that cannot be read; the message completes a sentence and names the position, counted from 1. */
export class TemplateError extends Error {
  constructor(problem: string, position: number) {
    super(`${problem} at character ${position} of the template`);
    this.name = 'TemplateError';
  }
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  '\\': '\\',
  '{': '{',
  '}': '}',
};

const encoder = new TextEncoder();

/** The parts of `template`, at least one. Throws TemplateError. */
export function parseTemplate(template: string): readonly TemplatePart[] {
  const notUtf8 = template.search(/\p{Cs}/u);
  if (notUtf8 >= 0) throw new TemplateError('there is a byte that is not UTF-8', notUtf8 + 1);
  const parts: TemplatePart[] = [];
  let text = '';
  const endText = (): void => {
    if (text !== '') parts.push({ kind: 'text', bytes: encoder.encode(text) });
    text = '';
  };
  for (let at = 0; at < template.length; at++) {
    const character = template[at]!;
    if (character === '\\') {
      const meant = escapes[template[++at] ?? ''];
      if (meant === undefined) throw new TemplateError(`there is an unknown escape '\\${template[at] ?? ''}'`, at);
      text += meant;
    } else if (character === '{') {
      const end = template.indexOf('}', at);
      if (end < 0) throw new TemplateError("a '{' has no '}'", at + 1);
      endText();
      parts.push(parsePlaceholder(template.slice(at + 1, end), at + 1));
      at = end;
    } else if (character === '}') {
      throw new TemplateError("a '}' has no '{'; as text it is written '\\}'", at + 1);
    } else text += character;
  }
  endText();
  if (parts.length === 0) throw new TemplateError('there is nothing', 1);
  return parts;
}

function parsePlaceholder(placeholder: string, position: number): TemplatePart {
  const colon = placeholder.indexOf(':');
  const name = colon < 0 ? placeholder : placeholder.slice(0, colon);
  const form = colon < 0 ? undefined : placeholder.slice(colon + 1);
  const field = fieldNames.find((each) => each === name);
  if (field !== undefined && form === undefined) return { kind: 'field', name: field };
  const algorithm = findAlgorithm(name)?.name;
  if (algorithm === undefined) {
    const known = `${fieldNames.join(', ')} or an algorithm such as ${algorithmNames[0]}`;
    throw new TemplateError(`'{${placeholder}}' is none of ${known},`, position);
  }
  const digestForm = digestForms.find((each) => each === form);
  if (form !== undefined && digestForm === undefined) {
    throw new TemplateError(`':${form}' is none of ${digestForms.map((each) => `:${each}`).join(', ')}`, position);
  }
  return { kind: 'digest', algorithm, form: digestForm };
}

/** The algorithms that `parts` name, each once, in their order. */
export function algorithmsOf(parts: readonly TemplatePart[]): readonly AlgorithmName[] {
  return [...new Set(parts.flatMap((part) => (part.kind === 'digest' ? [part.algorithm] : [])))];
}
