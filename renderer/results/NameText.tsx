import { makeVisible } from '#shared/text/visible.ts';

/** As much of a name's end is never given up: an extension and a checksum in brackets. */
const keptEnd = 16;

/**
 * A path with its name in front, so that names stand below one another, and its folders behind it. Folders give way
 * first, and are left out where they have no room for a few characters; a name gives up its middle before its end. Control characters are shown as escapes; a name of blanks alone shows them.
 */
export function NameText({ path }: { readonly path: string }) {
  const visible = makeVisible(path);
  const at = visible.lastIndexOf('/') + 1;
  const leaf = visible.slice(at);
  const shown = leaf.trim() === '' ? leaf.replaceAll(' ', '␣') : leaf;
  const split = shown.length > keptEnd + 4 ? boundary(shown, shown.length - keptEnd) : shown.length;
  return (
    <bdi className="flex min-w-0">
      {at > 0 && (
        <span className="order-3 flex h-5 min-w-0 shrink-[100000] flex-wrap overflow-hidden pl-3 text-ink-3">
          <span className="w-0" />
          <span className="max-w-max min-w-[6ch] flex-1 basis-0 overflow-hidden text-ellipsis whitespace-pre">
            {visible.slice(0, at)}
          </span>
        </span>
      )}
      <span className="order-1 min-w-0 overflow-hidden text-ellipsis whitespace-pre">{shown.slice(0, split)}</span>
      {split < shown.length && <span className="order-2 shrink-0 whitespace-pre">{shown.slice(split)}</span>}
    </bdi>
  );
}

/** A place that splits no character of two units. */
function boundary(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit < 0xe000 ? at - 1 : at;
}
