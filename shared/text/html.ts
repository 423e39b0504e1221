/** Text between tags and in quoted attributes of HTML. */
import { makeVisible } from './visible.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Names of files come from others: control characters are made visible too. */
export function escapeHtml(text: string): string {
  // guard: markup in reports => return text;
  return makeVisible(text).replace(/[&<>"']/g, (character) => entities[character]!);
}
