import { describe, expect, it } from 'vitest';
import { guardsIn, withoutGuard } from './markers.ts';

const gone = (text: string, file = 'main/x.ts'): string => withoutGuard(file, text, 'G');

describe('a guard is taken away', () => {
  it.each([
    ['a statement', '// guard: G\nif (bad) throw new Error();\ndone();\n', '// guard: G\n\ndone();\n'],
    ['an operand of &&', 'f(a && /* guard: G */ b(1));', 'f(a && /* guard: G */ true);'],
    ['an operand of ||', 'f(/* guard: G */ a || b);', 'f(/* guard: G */ false || b);'],
    ['a condition', 'if (/* guard: G */ a.b) c();', 'if (/* guard: G */ false) c();'],
    ['a property that is true', 'f({ /* guard: G */ sandbox: true });', 'f({ /* guard: G */ sandbox: false });'],
    ['another property', 'f({\n  // guard: G\n  max: 3,\n  b,\n});', 'f({\n  // guard: G\n  \n  b,\n});'],
    ['an element', "f([/* guard: G */ 'x', 'y']);", "f([/* guard: G */  'y']);"],
    ['what the comment replaces', '// guard: G => open();\nclose(1);\n', '// guard: G => open();\nopen();\n'],
    [
      'a condition that the comment replaces',
      'if (/* guard: G => 1 */ a && b) c();',
      'if (/* guard: G => 1 */ 1) c();',
    ],
    ['one of several names', '// guard: F, G\nrefuse();', '// guard: F, G\n'],
    ['below the comment of another', '// guard: G\n// guard: F\nrefuse();', '// guard: G\n// guard: F\n'],
  ])('with %s', (_, text, expected) => {
    expect(gone(text)).toBe(expected);
  });

  it('wherever it stands', () => {
    expect(gone('// guard: G\na();\n// guard: G\nb();\n')).toBe('// guard: G\n\n// guard: G\n\n');
  });

  it('in C++ with what is indented below', () => {
    const text = '  // guard: G\n  if (bad) {\n    return;\n  }\n  done();\n';
    expect(gone(text, 'native/x.cc')).toBe('  // guard: G\n\n  done();\n');
    expect(gone('  if (bad)\n    // guard: G\n    refuse();\n', 'native/x.cc')).toContain('// guard: G\n;\n');
    expect(gone('  // guard: G => if (false) {\n  if (bad) {\n  }\n', 'native/x.cc')).toContain(
      '\nif (false) {\n  }\n',
    );
  });
});

describe('what is no guard', () => {
  it('is refused', () => {
    expect(() => withoutGuard('main/x.ts', 'a();', 'G')).toThrow('names no guard');
    expect(() => gone('const a = /* guard: G */ b;')).toThrow('=> CODE');
  });

  it('is not named in a string', () => {
    expect(guardsIn('main/x.ts', "const a = '// guard: G';")).toEqual([]);
  });
});
