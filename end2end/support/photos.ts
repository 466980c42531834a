import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file as `setInputFiles` takes it. */
export interface Photo {
  name: string
  mimeType: string
  buffer: Buffer
}

const demo = fileURLToPath(new URL('../../server/demo/', import.meta.url))

/**
 * A photograph as a phone sends it: JPEG, lying on its side with EXIF saying so, taken at a place that must not get out.
 * `mark` makes pictures differ that would otherwise be the same file.
 */
export function photo(what: 'receipt' | 'damage' | 'item', mark = ''): Photo {
  const file = { receipt: 'receipt-nb-1.jpg', damage: 'damage-shoe.jpg', item: 'item-shoe.jpg' }[what]
  const jpeg = readFileSync(demo + file)
  const buffer = Buffer.concat([jpeg.subarray(0, 2), exif(), comment(mark || what), jpeg.subarray(2)])
  return { name: `${what}${mark && `-${mark}`}.jpg`, mimeType: 'image/jpeg', buffer }
}

/** A PDF of one empty page. */
export function pdf(mark: string): Photo {
  const text = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj
% ${mark}
trailer<</Root 1 0 R/Size 4>>
%%EOF
`
  return { name: `${mark}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(text) }
}

/** Width and height of a JPEG or WebP as its header says. */
export function size(file: Buffer): { width: number; height: number } {
  if (file.toString('latin1', 8, 12) === 'WEBP') {
    const kind = file.toString('latin1', 12, 16)
    if (kind === 'VP8 ') return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff }
    if (kind === 'VP8X') return { width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 }
    const bits = file.readUInt32LE(21)
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
  }
  for (let at = 2; at + 9 < file.length; ) {
    const marker = file.readUInt8(at + 1)
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) }
    }
    at += 2 + file.readUInt16BE(at + 2)
  }
  throw new Error('neither JPEG nor WebP')
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

const comment = (text: string) => segment(0xfe, Buffer.from(text))

/** Orientation 6 (to be turned a quarter to the right), and a place in Oslo. */
function exif(): Buffer {
  const tiff = Buffer.alloc(8 + 2 + 2 * 12 + 4 + 2 + 4 * 12 + 4 + 48)
  tiff.write('II*\0', 'latin1')
  tiff.writeUInt32LE(8, 4)
  const gps = 8 + 2 + 2 * 12 + 4
  const numbers = gps + 2 + 4 * 12 + 4
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.writeUInt16LE(tag, at)
    tiff.writeUInt16LE(type, at + 2)
    tiff.writeUInt32LE(count, at + 4)
    tiff.writeUInt32LE(value, at + 8)
  }
  tiff.writeUInt16LE(2, 8)
  entry(10, 0x0112, 3, 1, 6)
  entry(22, 0x8825, 4, 1, gps)
  tiff.writeUInt16LE(4, gps)
  entry(gps + 2, 1, 2, 2, 'N'.charCodeAt(0))
  entry(gps + 14, 2, 5, 3, numbers)
  entry(gps + 26, 3, 2, 2, 'E'.charCodeAt(0))
  entry(gps + 38, 4, 5, 3, numbers + 24)
  ;[59, 54, 48, 10, 44, 24].forEach((value, index) => {
    tiff.writeUInt32LE(value, numbers + index * 8)
    tiff.writeUInt32LE(1, numbers + index * 8 + 4)
  })
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]))
}
