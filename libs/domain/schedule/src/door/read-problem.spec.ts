import { readProblem, readProblemFrom } from './read-problem.js';

const request = { id: 'FR-1', pool: 'tsa', amount: '5.00', tier: 1, due: '2026-12-01' };
const sound = {
  days: ['2026-12-01', '2026-12-02'],
  pools: [{ id: 'tsa', opening: '9.00' }],
  requests: [request],
};

function faultsOf(text: string): string[] {
  const reading = readProblem(text);
  return reading.ok ? [] : reading.faults.map(({ pointer, code }) => `${pointer} ${code}`);
}

const withRequest = (more: object) =>
  JSON.stringify({ ...sound, requests: [{ ...request, ...more }] });
const withPool = (more: object) =>
  JSON.stringify({ ...sound, pools: [{ id: 'tsa', opening: '9.00', ...more }] });

test.each([
  ['sound', JSON.stringify(sound), []],
  ['no JSON', '{"days":', [' not-json']],
  ['nested without end', '['.repeat(9999), [' too-deep']],
  [
    'a repeated key',
    '{"days":[],"days":[],"pools":[],"requests":[]}',
    ['/days no-days', '/days repeated-key', '/pools no-pools'],
  ],
  [
    'missing keys',
    '{"pools":[{"id":"a"}]}',
    ['/pools/0/opening missing-key', '/days missing-key', '/requests missing-key'],
  ],
  [
    'an unknown key with / and ~',
    JSON.stringify({ ...sound, 'a/b~c': 1 }),
    ['/a~1b~0c unknown-key'],
  ],
  ['three decimals', withRequest({ amount: '5.000' }), ['/requests/0/amount bad-amount']],
  ['minus zero', withPool({ opening: '-0.00' }), ['/pools/0/opening bad-amount']],
  ['leading zeros', withPool({ opening: '09.00' }), ['/pools/0/opening bad-amount']],
  ['nothing asked', withRequest({ amount: '0.00' }), ['/requests/0/amount amount-too-small']],
  ['a number for money', withRequest({ amount: 5 }), ['/requests/0/amount wrong-type']],
  ['negative inflow', withPool({ inflow: ['-1.00', '0.00'] }), ['/pools/0/inflow/0 negative']],
  ['too few days', withPool({ inflow: ['1.00'] }), ['/pools/0/inflow wrong-day-count']],
  ['a date that is none', withRequest({ due: '2026-02-29' }), ['/requests/0/due bad-date']],
  [
    'a time without offset',
    withRequest({ submittedAt: '2026-11-30T08:12:00' }),
    ['/requests/0/submittedAt bad-instant'],
  ],
  ['tier 100', withRequest({ tier: 100 }), ['/requests/0/tier out-of-range']],
  [
    'latest before due',
    withRequest({ latest: '2026-11-30' }),
    ['/requests/0/latest latest-before-due'],
  ],
  [
    'earliest after latest',
    withRequest({ earliest: '2026-12-02' }),
    ['/requests/0/earliest earliest-after-latest'],
  ],
  [
    'a least part of something indivisible',
    withRequest({ minPart: '1.00' }),
    ['/requests/0/minPart min-part-indivisible'],
  ],
  ['an unknown pool', withRequest({ pool: 'x' }), ['/requests/0/pool unknown-pool']],
  ['a pool inside itself', withPool({ parent: 'tsa' }), ['/pools/0/parent pool-cycle']],
  [
    'half a promise',
    withRequest({ approved: [{ date: '2026-12-01', amount: '1.00' }] }),
    ['/requests/0/approved approved-not-whole'],
  ],
  ['2^53 fen', withPool({ opening: '90071992547409.92' }), ['/pools/0 sum-too-large']],
  ['one fen less', withPool({ opening: '90071992547409.91' }), []],
])('%s: every fault at its pointer, in order of the document', (_, text, faults) => {
  expect(faultsOf(text)).toEqual(faults);
});

test('the canonical text does not depend on the order of keys or on spaces', () => {
  const a = readProblem(
    '{"days":["2026-12-01"],"pools":[{"id":"p","opening":"1.00"}],"requests":[]}',
  );
  const b = readProblem(
    ' {"requests":[ ],"pools":[{"opening":"1.00","id":"p"}],"days":["2026-12-01"]}',
  );
  expect(a.ok && b.ok && a.canonical === b.canonical).toBe(true);
});

/** The text's bytes, so many at a time. */
function inPieces(text: string, size: number) {
  const bytes = new TextEncoder().encode(text);
  let given = 0;
  return (into: Uint8Array): number => {
    const piece = bytes.subarray(given, given + Math.min(size, into.length));
    into.set(piece);
    given += piece.length;
    return piece.length;
  };
}

const spoilt = { ...request, id: '款\u0001\\"', amount: '1', approved: [{ date: 'x' }] };

test.each([
  ['sound', JSON.stringify({ ...sound, requests: [{ ...request, id: '款\u0001\\"' }] })],
  ['requests first', JSON.stringify({ requests: [request], pools: sound.pools, days: sound.days })],
  ['at fault', JSON.stringify({ ...sound, requests: [request, spoilt, { id: 'FR-3' }] })],
  ['cut off', JSON.stringify(sound).slice(0, -20)],
])('bytes that come one by one are read as all at once: %s', (_, text) => {
  for (const size of [1, 2, 7]) {
    const blocks: Uint8Array[] = [];
    const reading = readProblemFrom(inPieces(text, size), (bytes) => blocks.push(bytes.slice()));
    const canonical = blocks.map((block) => new TextDecoder().decode(block)).join('');
    expect(reading.ok ? { ...reading, canonical } : reading).toEqual(readProblem(text));
  }
});
