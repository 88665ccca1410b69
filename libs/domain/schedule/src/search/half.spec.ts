import { expect, test } from '@jest/globals';
import { type Choice, Half, endsOf } from './half.js';

/** Numbers without chance, the same on every machine. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function choicesOf(seed: number): Choice[][] {
  const below = numbers(seed);
  return Array.from({ length: 6 }, () =>
    Array.from({ length: 1 + below(3) }, (_, which): Choice => {
      const amount = which === 0 ? 0 : 1 + below(9);
      return {
        option: null,
        amount,
        worth: amount,
        penalty: below(4),
        key: amount,
        sums: Float64Array.of(which === 0 ? 0 : amount, which === 2 ? amount : 0),
        rows: Int32Array.from(which === 0 ? [] : [0, 1].filter(() => below(2) === 0)),
      };
    }),
  );
}

/** Every way to choose one of each list. */
function everyWay(choices: readonly Choice[][]): Choice[][] {
  return choices.reduce<Choice[][]>(
    (ways, list) => ways.flatMap((way) => list.map((choice) => [...way, choice])),
    [[]],
  );
}

function added(way: readonly Choice[], numberOf: (choice: Choice) => number): number {
  return way.reduce((sum, choice) => sum + numberOf(choice), 0);
}

test('a half has each choice that limits, sums and prices leave, once, and no other', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const below = numbers(seed + 1000);
    const choices = choicesOf(seed);
    const room = Float64Array.of(below(30), below(30));
    const ends = {
      low: Float64Array.of(below(15), 0),
      high: Float64Array.of(15 + below(15), below(12)),
    };
    const others = endsOf([], 2);
    const margin = below(14);
    const half = new Half(choices, { room, ends, others }, margin, 10_000);
    const allowed = everyWay(choices).filter(
      (way) =>
        added(way, ({ penalty }) => penalty) <= margin &&
        [0, 1].every((row) => {
          const taken = added(way, (one) => (one.rows.includes(row) ? one.amount : 0));
          return taken <= room[row]!;
        }) &&
        [0, 1].every((at) => {
          const sum = added(way, ({ sums }) => sums[at]!);
          return sum >= ends.low[at]! && sum <= ends.high[at]!;
        }),
    );
    expect({ seed, isWhole: half.enumerate() }).toEqual({ seed, isWhole: true });
    const worths = (of: readonly Choice[][]) => of.map((way) => added(way, ({ worth }) => worth));
    const found = Array.from({ length: half.count }, (_, place) => half.chosen(place));
    expect({ seed, worths: worths(found).sort() }).toEqual({
      seed,
      worths: worths(allowed).sort(),
    });
    expect({ seed, kept: [...half.worths.slice(0, half.count)] }).toEqual({
      seed,
      kept: worths(found),
    });
  }
});

test('choices of one key are found one after the other', () => {
  const choices = choicesOf(7);
  const open = Float64Array.of(1000, 1000);
  const ends = { low: Float64Array.of(0, 0), high: open };
  const half = new Half(choices, { room: open, ends, others: endsOf([], 2) }, 1000, 10_000);
  half.enumerate();
  const table = half.byKey();
  for (const key of new Set(half.keys.slice(0, half.count))) {
    const places: number[] = [];
    for (let place = table.first(key); place >= 0; place = table.after(place))
      if (half.keys[place] === key) places.push(place);
    expect(places.length).toBe(half.keys.slice(0, half.count).filter((one) => one === key).length);
  }
});
