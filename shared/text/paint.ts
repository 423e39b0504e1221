/** Colours of text that a terminal shows. */

export type Tone = 'good' | 'bad' | 'warning';

/** `text` in the colour of `tone`, or as it is. Control characters in it must be visible already. */
export type Paint = (tone: Tone, text: string) => string;

export const plain: Paint = (_tone, text) => text;

/** Select Graphic Rendition of ECMA-48: green, red, yellow, and the default of the terminal again. */
const codes: Readonly<Record<Tone, number>> = { good: 32, bad: 31, warning: 33 };

export const coloured: Paint = (tone, text) => `\x1b[${codes[tone]}m${text}\x1b[39m`;
