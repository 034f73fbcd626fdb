/** SHA-256, MD5 and HMAC of bytes. The host's own are asynchronous or not everywhere. */

/** The first 32 bits of the fractional part of a number. */
function fraction(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32);
}

/** The first prime numbers. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number++) {
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  }
  return found;
}

/** The constants of both functions; made when they are first needed, since few programs need them. */
interface Constants {
  readonly shaStart: Uint32Array;
  readonly shaRounds: Uint32Array;
  readonly md5Start: Uint32Array;
  readonly md5Rounds: Uint32Array;
}

let made: Constants | null = null;

function constants(): Constants {
  return made ??= {
    shaStart: Uint32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime))),
    shaRounds: Uint32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime))),
    md5Start: Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476),
    md5Rounds: Uint32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32)),
  };
}

const MD5_SHIFTS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]] as const;

/** Bytes in a block of either function. */
const BLOCK = 64;

/** The message with a one bit, zeros and its length in bits, in whole blocks. */
function padded(message: Uint8Array, littleEndian: boolean): DataView {
  const blocks = Math.ceil((message.length + 9) / BLOCK);
  const bytes = new Uint8Array(blocks * BLOCK);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n, littleEndian);
  return view;
}

function bytesOf(words: Uint32Array, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => view.setUint32(4 * i, word, littleEndian));
  return bytes;
}

function right(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** SHA-256. */
export function sha256(message: Uint8Array): Uint8Array {
  const view = padded(message, false);
  const { shaStart, shaRounds } = constants();
  const state = shaStart.slice();
  const w = new Int32Array(64);
  for (let block = 0; block < view.byteLength; block += BLOCK) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(block + 4 * i);
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15] as number, w[i - 2] as number];
      const s0 = right(x, 7) ^ right(x, 18) ^ (x >>> 3);
      const s1 = right(y, 17) ^ right(y, 19) ^ (y >>> 10);
      w[i] = (w[i - 16] as number) + s0 + (w[i - 7] as number) + s1;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i++) {
      const s1 = right(e, 6) ^ right(e, 11) ^ right(e, 25);
      const choice = (e & f) ^ (~e & g);
      const t1 = (h + s1 + choice + (shaRounds[i] as number) + (w[i] as number)) | 0;
      const s0 = right(a, 2) ^ right(a, 13) ^ right(a, 22);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + s0 + majority) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => state[i] = (state[i] as number) + word);
  }
  return bytesOf(state, false);
}

/** How each of the four rounds of MD5 mixes three words, and which word of the block it takes at step `i`. */
const MD5_MIXES: readonly (readonly [mix: (b: number, c: number, d: number) => number, word: (i: number) => number])[] =
  [
    [(b, c, d) => (b & c) | (~b & d), (i) => i],
    [(b, c, d) => (d & b) | (~d & c), (i) => 5 * i + 1],
    [(b, c, d) => b ^ c ^ d, (i) => 3 * i + 5],
    [(b, c, d) => c ^ (b | ~d), (i) => 7 * i],
  ];

/** MD5. */
export function md5(message: Uint8Array): Uint8Array {
  const view = padded(message, true);
  const { md5Start, md5Rounds } = constants();
  const state = md5Start.slice();
  for (let block = 0; block < view.byteLength; block += BLOCK) {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const [mix, word] = MD5_MIXES[round] as typeof MD5_MIXES[number];
      const shift = (MD5_SHIFTS[round] as typeof MD5_SHIFTS[0])[i & 3] as number;
      const sum = a + mix(b, c, d) + (md5Rounds[i] as number) + view.getUint32(block + 4 * (word(i) % 16), true);
      [a, d, c, b] = [d, c, b, (b + right(sum | 0, 32 - shift)) | 0];
    }
    [a, b, c, d].forEach((word, i) => state[i] = (state[i] as number) + word);
  }
  return bytesOf(state, true);
}

/** HMAC with SHA-256. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(BLOCK);
  block.set(key.length > BLOCK ? sha256(key) : key);
  const around = (mask: number, content: Uint8Array): Uint8Array => {
    const bytes = new Uint8Array(BLOCK + content.length);
    block.forEach((byte, i) => bytes[i] = byte ^ mask);
    bytes.set(content, BLOCK);
    return sha256(bytes);
  };
  return around(0x5c, around(0x36, message));
}
