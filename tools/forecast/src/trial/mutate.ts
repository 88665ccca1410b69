/** A seeded stream of chances, for trials: the same seed gives the same mutations. */
export class Chance {
  constructor(private state: number) {}

  below(limit: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) | 0;
    return Math.floor(((this.state >>> 0) / 4_294_967_296) * limit);
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }
}

type Mutation = (bytes: Buffer, chance: Chance) => Buffer;

const ODD = [
  ...['1e309', '-0', 'NaN', '９９', '1,234.50', '12.345', '0x10', '99999999999999999999', ''],
  ...['2018-02-30', '0000-00-00', '2018-13-01', '9999-12-31', '1899-01-01', '20180102', '\u0000'],
  ...['=SUM(A1)', '"', '\r', '\t', ' ', '-', ';', 'net', 'balance', 'outlay'],
] as const;

/** Changes of one cell or line of a text. */
const ofLine = (change: (line: string, chance: Chance) => string): Mutation => {
  return (bytes, chance) => {
    const lines = bytes.toString('utf8').split('\n');
    const at = chance.below(lines.length);
    lines[at] = change(lines[at] ?? '', chance);
    return Buffer.from(lines.join('\n'));
  };
};

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  // Cut somewhere.
  (bytes, chance) => bytes.subarray(0, chance.below(bytes.length)),
  // A part of it twice.
  (bytes, chance) => {
    const from = chance.below(bytes.length);
    return Buffer.concat([bytes, bytes.subarray(from, from + chance.below(200))]);
  },
  // Any byte, which may be no UTF-8.
  (bytes, chance) => {
    const changed = Buffer.from(bytes);
    changed[chance.below(changed.length)] = chance.below(256);
    return changed;
  },
  // Another encoding.
  (bytes, chance) =>
    Buffer.from(bytes.toString('utf8'), chance.pick(['utf16le', 'latin1', 'base64'])),
  (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  (bytes) => Buffer.from(bytes.toString('utf8').replaceAll('\n', '\r')),
  (bytes, chance) =>
    Buffer.from(bytes.toString('utf8').replaceAll(',', chance.pick([';', '\t', ',,']))),
  // A cell of another kind.
  ofLine((line, chance) => {
    const cells = line.split(',');
    cells[chance.below(cells.length + 1)] = chance.pick(ODD);
    return cells.join(',');
  }),
  ofLine((line) => `${line}\n${line}`),
  ofLine((line, chance) => line.slice(chance.below(line.length + 1))),
  ofLine((line) => line.split(',').reverse().join(',')),
  ofLine((line, chance) => `${line}${String(chance.below(10)).repeat(chance.below(5000))}`),
  ofLine(() => ''),
];

/** A file with one to three faults, or by luck with none. */
export function mutated(text: string, chance: Chance): Buffer {
  let bytes: Buffer = Buffer.from(text);
  for (let left = 1 + chance.below(3); left > 0; left -= 1) {
    if (bytes.length > 0) bytes = chance.pick(MUTATIONS)(bytes, chance);
  }
  return bytes;
}
