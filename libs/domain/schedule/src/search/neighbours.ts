/** Better payments near those at hand: some requests are set free at a time, and all choices of theirs looked at. */
import { NO_PARTS, type Served } from '../served.js';
import { type Ask, promisedOn } from '../terms.js';
import type { Programme } from './branch.js';
import { Halves, type Question, WORK_PER_STEP, itemsOf } from './halves.js';
import type { Ranges } from './propagate.js';

/** Choices of the requests that are set free together, as a power of two. */
const BITS = 30;
/** More of them after so many times in vain, fewer where they were too many. */
const BITS_EVERY = 4;
const BITS_MORE = 2;
const STATES_MAX = 1 << 17;
const PAIRS_MAX = 1 << 17;
/** So many times in a row without anything better are enough. */
const VAIN_MAX = 40;

/** What was found, and the steps that it took. */
export interface Neighbour {
  readonly served: Served;
  readonly steps: number;
}

/** What is at hand, and how far to go on from it. */
interface Task {
  readonly value: number;
  /** Nothing is worth more. */
  readonly reach: number;
  readonly stepsMax: number;
}

/** Improves payments that keep all that is held, as long as that goes on. */
export function bestNear(programme: Programme, served: Served, task: Task): Neighbour {
  const { model } = programme;
  const asks = [...model.byAsk.keys()].filter((ask) => !ask.divisible);
  let best = served;
  let { value } = task;
  let work = 0;
  let vain = 0;
  let bits = BITS;
  for (
    let round = 0;
    vain < VAIN_MAX && work < task.stepsMax * WORK_PER_STEP && value < task.reach;
    round++
  ) {
    const ranges = rangesOf(programme, best);
    setFree(programme, ranges, pickedOf(programme, asks, round, bits));
    const items = itemsOf(model, ranges);
    if (items === null) break;
    const halves = new Halves(questionOf(programme, ranges, value, task.reach), items);
    const answer = halves.best();
    work += halves.work;
    if (answer?.isWhole !== true) bits -= BITS_MORE;
    if (answer === null || answer.paid === null) {
      vain++;
      if (vain % BITS_EVERY === 0) bits += BITS_MORE;
      continue;
    }
    vain = 0;
    value = answer.value;
    best = [...best];
    for (const { ask } of items) best[ask.order] = NO_PARTS;
    for (const { ask, day } of answer.paid) best[ask.order] = [{ day, amount: ask.amount }];
  }
  return { served: best, steps: Math.ceil(work / WORK_PER_STEP) };
}

function questionOf(
  { model, costs, right, least, windows }: Programme,
  ranges: Ranges,
  value: number,
  reach: number,
): Question {
  return {
    model,
    ranges,
    sides: { right, least },
    costs,
    windows: windows(value + 1, reach),
    value,
    reducedCost: () => 0,
    margin: Infinity,
    statesMax: STATES_MAX,
    pairsMax: PAIRS_MAX,
  };
}

/** Leaves all days of those requests open. */
function setFree({ model, idle }: Programme, { lower, upper }: Ranges, asks: readonly Ask[]): void {
  for (const ask of asks) {
    for (const { column, most } of model.byAsk.get(ask) ?? []) {
      lower[column] = 0;
      upper[column] = idle.has(column) ? 0 : most;
    }
  }
}

/** Everybody paid as they are. */
function rangesOf({ model }: Programme, served: Served): Ranges {
  const lower = new Float64Array(model.columns.length);
  for (const { ask, day, column, keptColumn } of model.options) {
    const amount = (served[ask.order] ?? NO_PARTS).find((part) => part.day === day)?.amount ?? 0;
    lower[column] = amount;
    if (keptColumn !== null && keptColumn !== column)
      lower[keptColumn] = Math.min(amount, promisedOn(ask, day));
  }
  return { lower, upper: Float64Array.from(lower) };
}

/** Some requests, others every round, the same on every machine. */
function pickedOf(
  { model, idle }: Programme,
  asks: readonly Ask[],
  round: number,
  bitsMax: number,
): Ask[] {
  let state = (round * 2654435761 + 12345) >>> 0;
  const keyed = asks.map((ask) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return { ask, key: state };
  });
  keyed.sort((a, b) => a.key - b.key);
  const picked: Ask[] = [];
  let bits = 0;
  for (const { ask } of keyed) {
    const open = (model.byAsk.get(ask) ?? []).filter(({ column }) => !idle.has(column));
    bits += Math.log2(open.length + 1);
    if (bits > bitsMax) break;
    picked.push(ask);
  }
  return picked;
}
