/**
 * The two containers that hold an icon at several sizes. Both take PNGs as they are: Windows since Vista, macOS since
 * 10.7; nothing older runs Electron.
 */

/** Image `size` in pixels, at most 1024; the image is square */
export type Image = { size: number; png: Buffer };

/**
 * Windows' .ico: a header of 6 bytes, an entry of 16 bytes for each image, the images.
 * Layout: https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)
 * @param images at most 256 pixels each
 */
export function ico(images: readonly Image[]) {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach(({ size, png }, index) => {
    if (size > 256) throw new RangeError(`An .ico holds at most 256 pixels, not ${size}`);
    const entry = 6 + 16 * index;
    // A side of 256 is written as 0.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/**
 * The types of PNGs in an .icns by their pixels: once for a plain screen, once for one of double density. Those for 16
 * and 32 plain pixels are left out: macOS draws PNGs under them wrongly, and scales the next larger one well.
 */
const typesOfSize: Readonly<Record<number, readonly string[]>> = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/**
 * macOS' .icns: `icns` and the length of the file, then type, length and PNG of each image.
 * @param images those of a size without a type are passed over
 */
export function icns(images: readonly Image[]) {
  const entries = images.flatMap(({ size, png }) =>
    (typesOfSize[size] ?? []).map((type) => Buffer.concat([typeAndLength(type, png.length), png])),
  );
  const length = entries.reduce((sum, entry) => sum + entry.length, 0);
  return Buffer.concat([typeAndLength('icns', length), ...entries]);
}

/**
 * @param type four letters
 * @param length of what follows
 */
function typeAndLength(type: string, length: number) {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(8 + length, 4);
  return header;
}
