/** What the system is to guard about the addon, read back from it. */

export const entries = ['napi_register_module_v1', 'node_api_module_get_api_version_v1'];

/** Names of libraries that every Linux with the C library has. Anything else would have to be installed. */
const systemLibraries = /^(libc|libm|libdl|libpthread|librt|ld-linux-[\w-]+)\.so\.\d+$/;

/**
 * @param headers readelf's output
 * @returns what is wrong, in words
 */
export function missingGuards(headers: string): string[] {
  const wrong = [];
  if (!/^\s*GNU_RELRO\s/m.test(headers)) wrong.push('tables of addresses stay writable (no RELRO)');
  if (!/\(FLAGS_1\).*\bNOW\b/.test(headers)) wrong.push('calls are bound when they are made (no BIND_NOW)');
  if (!/\(FLAGS_1\).*\bNODELETE\b/.test(headers)) wrong.push('it may be unmapped while threads end (no NODELETE)');
  if (!/\(FLAGS\).*\bSYMBOLIC\b/.test(headers))
    wrong.push("Node's libcrypto could take the place of ours (no SYMBOLIC)");
  if (!/^\s*GNU_STACK\s.*\sRW\s/m.test(headers)) wrong.push('the stack is executable');
  if (/^\s*LOAD\s.*\sRWE\s/m.test(headers)) wrong.push('a segment is writable and executable');
  if (/\((RPATH|RUNPATH|TEXTREL)\)/.test(headers)) wrong.push('it has a search path or relocations in its code');
  if (!/Build ID: [0-9a-f]{40}/.test(headers)) wrong.push('it has no build id to find its debug symbols by');
  for (const [, name = ''] of headers.matchAll(/\(NEEDED\).*\[(.*)\]/g)) {
    if (!systemLibraries.test(name)) wrong.push(`it needs ${name}`);
  }
  return wrong;
}

/**
 * Whether a symbol is one that std::call_once brings. While libgcc is linked statically, an exception that passes it
 * meets the frames of the shared one, and ends the process.
 */
export const usesCallOnce = (symbol: string) => /__once_proxy|__once_call|once_flag/.test(symbol);
