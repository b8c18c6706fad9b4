// QR code, byte mode, error correction level M, versions 1 to 10 (ISO/IEC 18004).

/** Per version: error correction codewords per block, then [blocks, data codewords] groups. */
const VERSIONS = [
  null,
  [10, [1, 16]],
  [16, [1, 28]],
  [26, [1, 44]],
  [18, [2, 32]],
  [24, [2, 43]],
  [16, [4, 27]],
  [18, [4, 31]],
  [22, [2, 38], [2, 39]],
  [22, [3, 36], [2, 37]],
  [26, [4, 43], [1, 44]],
];
const ALIGNMENT = [null, [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Rows of booleans, true for a dark module. */
export function encodeQr(text) {
  const bytes = Buffer.from(text, 'utf8');
  const version = VERSIONS.findIndex((v, i) => v && bytes.length <= capacity(i));
  if (version < 1) throw new RangeError('text too long for a QR code of version 10');
  const codewords = interleave(dataCodewords(bytes, version), version);
  const { grid, reserved } = functionPatterns(version);
  placeData(grid, reserved, codewords);

  let best = null;
  MASKS.forEach((mask, index) => {
    const masked = grid.map((row, y) => row.map((v, x) => (reserved[y][x] ? v : v !== mask(x, y))));
    placeFormat(masked, index);
    const score = penalty(masked);
    if (!best || score < best.score) best = { score, masked };
  });
  return best.masked;
}

function dataCount(version) {
  return VERSIONS[version].slice(1).reduce((sum, [blocks, size]) => sum + blocks * size, 0);
}

function capacity(version) {
  return dataCount(version) - (version < 10 ? 2 : 3);
}

function dataCodewords(bytes, version) {
  let bits = '0100' + bytes.length.toString(2).padStart(version < 10 ? 8 : 16, '0');
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const total = dataCount(version) * 8;
  bits += '0'.repeat(Math.min(4, total - bits.length));
  bits += '0'.repeat((8 - (bits.length % 8)) % 8);
  const words = bits.match(/.{8}/g).map((b) => parseInt(b, 2));
  for (let pad = 0xec; words.length < total / 8; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

function interleave(words, version) {
  const [eccSize, ...groups] = VERSIONS[version];
  const blocks = [];
  let at = 0;
  for (const [count, size] of groups) {
    for (let i = 0; i < count; i += 1) blocks.push(words.slice(at, (at += size)));
  }
  const eccs = blocks.map((block) => reedSolomon(block, eccSize));
  const column = (lists, length) => Array.from({ length }, (_, i) => lists.map((l) => l[i])).flat();
  const longest = Math.max(...blocks.map((b) => b.length));
  return [...column(blocks, longest), ...column(eccs, eccSize)].filter((w) => w !== undefined);
}

const EXP = [];
const LOG = [];
for (let i = 0, x = 1; i < 255; i += 1) {
  EXP[i] = x;
  LOG[x] = i;
  x = x & 0x80 ? (x << 1) ^ 0x11d : x << 1;
}
const multiply = (a, b) => (a && b ? EXP[(LOG[a] + LOG[b]) % 255] : 0);

function reedSolomon(data, size) {
  let generator = [1];
  for (let i = 0; i < size; i += 1) {
    const next = [...generator, 0];
    generator.forEach((g, j) => { next[j + 1] ^= multiply(g, EXP[i]); });
    generator = next;
  }
  const remainder = [...data, ...new Array(size).fill(0)];
  for (let i = 0; i < data.length; i += 1) {
    const factor = remainder[i];
    generator.forEach((g, j) => { remainder[i + j] ^= multiply(g, factor); });
  }
  return remainder.slice(data.length);
}

function functionPatterns(version) {
  const size = version * 4 + 17;
  const grid = Array.from({ length: size }, () => new Array(size).fill(false));
  const reserved = Array.from({ length: size }, () => new Array(size).fill(false));
  const set = (x, y, dark) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    grid[y][x] = dark;
    reserved[y][x] = true;
  };
  for (let i = 0; i < size; i += 1) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    for (let dy = -4; dy <= 4; dy += 1) {
      for (let dx = -4; dx <= 4; dx += 1) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        set(cx + dx, cy + dy, ring !== 2 && ring !== 4);
      }
    }
  }
  const centres = ALIGNMENT[version];
  const last = centres.at(-1);
  for (const cy of centres) {
    for (const cx of centres) {
      const corner = (cx === 6 && (cy === 6 || cy === last)) || (cx === last && cy === 6);
      if (corner) continue;
      for (let dy = -2; dy <= 2; dy += 1) {
        for (let dx = -2; dx <= 2; dx += 1) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
      }
    }
  }
  for (let i = 0; i < 9; i += 1) {
    if (i !== 6) { set(8, i, false); set(i, 8, false); }
    if (i < 8) { set(size - 1 - i, 8, false); set(8, size - 1 - i, false); }
  }
  if (version >= 7) placeVersion(set, size, version);
  return { grid, reserved };
}

function placeVersion(set, size, version) {
  let rest = version;
  for (let i = 0; i < 12; i += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i += 1) {
    const dark = ((bits >>> i) & 1) === 1;
    const a = size - 11 + (i % 3);
    const b = Math.floor(i / 3);
    set(a, b, dark);
    set(b, a, dark);
  }
}

function placeFormat(grid, mask) {
  const size = grid.length;
  const data = mask; // level M is 00
  let rest = data;
  for (let i = 0; i < 10; i += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
  const bits = ((data << 10) | rest) ^ 0x5412;
  const bit = (i) => ((bits >>> i) & 1) === 1;
  for (let i = 0; i <= 5; i += 1) grid[i][8] = bit(i);
  grid[7][8] = bit(6);
  grid[8][8] = bit(7);
  grid[8][7] = bit(8);
  for (let i = 9; i < 15; i += 1) grid[8][14 - i] = bit(i);
  for (let i = 0; i < 8; i += 1) grid[8][size - 1 - i] = bit(i);
  for (let i = 8; i < 15; i += 1) grid[size - 15 + i][8] = bit(i);
  grid[size - 8][8] = true;
}

function placeData(grid, reserved, codewords) {
  const size = grid.length;
  let index = 0;
  let upward = true;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const y = upward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (reserved[y][x]) continue;
        grid[y][x] = (((codewords[index >>> 3] ?? 0) >>> (7 - (index & 7))) & 1) === 1;
        index += 1;
      }
    }
    upward = !upward;
  }
}

function penalty(grid) {
  const size = grid.length;
  const lines = [
    ...grid.map((row) => row.map(Number).join('')),
    ...grid.map((_, x) => grid.map((row) => Number(row[x])).join('')),
  ];
  let score = 0;
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) score += run.length - 2;
    score += 40 * ((line.match(/(?=10111010000)/g) ?? []).length + (line.match(/(?=00001011101)/g) ?? []).length);
  }
  let dark = 0;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      dark += Number(grid[y][x]);
      if (x && y && grid[y][x] === grid[y - 1][x] && grid[y][x] === grid[y][x - 1] && grid[y][x] === grid[y - 1][x - 1]) score += 3;
    }
  }
  return score + 10 * Math.floor(Math.abs((dark * 100) / (size * size) - 50) / 5);
}
