import {
  cutAt,
  periodNumber,
  type Flow,
  type History,
  type KnownFlow,
} from '@guoku/domain-forecast';
import type { Arguments } from './arguments.js';
import { directionOf, knownFlow, readRowsOf, type FlowRow } from './flows.js';
import { Unusable } from './unusable.js';

/** What the files of a command hold. */
export interface Input {
  /** Everything up to the file's last row. */
  readonly whole: History;
  /** Cut at the origin. */
  readonly history: History;
  readonly known: readonly KnownFlow[];
  /** Whether money goes both ways, so that there is a net. */
  readonly hasNet: boolean;
  readonly notes: readonly string[];
}

/**
 * Reads what the command line names.
 * @throws Unusable with every fault of the first file that has one
 */
export function readInput(args: Arguments): Input {
  const { frequency, series: chosen } = args;
  const all = readRowsOf(args.file, frequency, true);
  const wanted = ({ series }: FlowRow): boolean => chosen?.includes(series) ?? true;
  const names = new Set(all.map(({ series }) => series));
  const strangers = chosen?.filter((name) => !names.has(name)) ?? [];
  if (strangers.length > 0) {
    throw new Unusable(strangers.map((name) => `--series: ${args.file} has no series ${name}`));
  }
  const rows = all.filter(wanted);
  const last = rows.reduce((latest, { label }) => (isLater(label, latest) ? label : latest), '');
  const whole = historyOf(rows, last);
  const history = cutAt(whole, args.origin ?? last, frequency);
  if (history.series.length === 0) {
    throw new Unusable([`--origin: no row of ${args.file} is on ${history.origin} or before`]);
  }
  const known =
    args.known === undefined
      ? []
      : readRowsOf(args.known, frequency, false).filter(wanted).map(knownFlow);
  const kinds = new Set([...history.series, ...known].map(({ direction }) => direction));
  const hasNet = kinds.size === 2;
  const reserved = [...(hasNet ? ['net'] : []), ...(args.opening === undefined ? [] : ['balance'])];
  const taken = reserved.filter((name) => names.has(name));
  if (taken.length > 0) {
    throw new Unusable(taken.map((name) => `${args.file}: ${name} is worked out, not given`));
  }
  const begun = new Set(history.series.map(({ name }) => name));
  const notes = whole.series.flatMap(({ name }) =>
    begun.has(name) ? [] : [`${name}: begins after ${history.origin} and is left out`],
  );
  return { whole, history, known, hasNet, notes };

  function isLater(label: string, than: string): boolean {
    return (periodNumber(frequency, label) ?? 0) > (periodNumber(frequency, than) ?? -Infinity);
  }
}

function historyOf(rows: readonly FlowRow[], origin: string): History {
  const flows = new Map<string, Flow[]>();
  for (const { label, series, amount } of rows) {
    const found = flows.get(series);
    if (found === undefined) flows.set(series, [{ day: label, amount }]);
    else found.push({ day: label, amount });
  }
  const series = [...flows].map(([name, each]) => ({
    name,
    direction: directionOf(name),
    flows: each,
  }));
  return { origin, series };
}
