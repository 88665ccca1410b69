/** The door: from text to a problem that the planner may trust, or every fault in it. */
import type { Fault, IsoDay, Problem, Timing } from '../problem.js';
import { checkSums } from './check-sums.js';
import { Faults, type Place, inside } from './faults.js';
import { dateOf, flagOf, listOf, membersOf, textOf } from './fields.js';
import { type Json, canonicalText, readJson } from './json.js';
import { readPools } from './read-pools.js';
import { type Horizon, readRequests } from './read-requests.js';

/** A problem with its RFC 8785 text (hash that with SHA-256 for the digest), or every fault. */
export type ProblemReading =
  | { readonly ok: true; readonly problem: Problem; readonly canonical: string }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const KEYS = {
  required: ['days', 'pools', 'requests'],
  optional: ['sameDayInflow', 'timing'],
};

/**
 * Reads the text of a problem strictly; never throws.
 * Refused as a whole with every fault, in order of the document, each at its JSON pointer.
 */
export function readProblem(text: string): ProblemReading {
  const reading = readJson(text);
  if (!reading.ok) {
    return { ok: false, faults: [{ pointer: '', code: reading.code, detail: reading.detail }] };
  }
  const faults = new Faults();
  const problem = problemOf(reading.value, faults);
  if (problem === null || faults.any) return { ok: false, faults: faults.inOrder(reading.value) };
  return { ok: true, problem, canonical: canonicalText(reading.value) };
}

function problemOf(document: Json, faults: Faults): Problem | null {
  const members = membersOf(document, null, KEYS, faults);
  if (members === null) return null;
  const days = daysOf(members.get('days'), faults);
  const sameDayInflow = members.get('sameDayInflow');
  const pools = readPools(members.get('pools'), days?.length ?? null, faults);
  const horizon: Horizon = { days, pools: pools?.ids ?? null };
  const problem = {
    days: days ?? [],
    sameDayInflow:
      sameDayInflow !== undefined &&
      flagOf(sameDayInflow, inside(null, 'sameDayInflow'), faults) === true,
    timing: timingOf(members.get('timing'), faults),
    pools: pools?.pools ?? [],
    requests: readRequests(members.get('requests'), horizon, faults),
  };
  checkSums(problem, faults);
  return faults.any
    ? null
    : {
        ...problem,
        requests: problem.requests.filter((one) => one !== null),
        pools: problem.pools.filter((one) => one !== null),
      };
}

function timingOf(value: Json | undefined, faults: Faults): Timing {
  if (value === undefined) return 'due';
  const place = inside(null, 'timing');
  const text = textOf(value, place, faults);
  if (text === 'due' || text === 'earliest') return text;
  if (text !== null) faults.add(place, 'out-of-range', '"due" or "earliest" is expected');
  return 'due';
}

/** The horizon; `null` where it cannot be used to judge the rest. */
function daysOf(value: Json | undefined, faults: Faults): IsoDay[] | null {
  if (value === undefined) return null;
  const place = inside(null, 'days');
  const list = listOf(value, place, faults);
  if (list === null) return null;
  if (list.length === 0) faults.add(place, 'no-days', 'at least one day is needed');
  const days = list.map((item, index) => dateOf(item, inside(place, index), faults));
  return ascending(days, place, faults) ? days.filter((day) => day !== null) : null;
}

function ascending(days: readonly (string | null)[], place: Place, faults: Faults): boolean {
  let last = '';
  let whole = days.length > 0;
  for (const [index, day] of days.entries()) {
    if (day === null) {
      whole = false;
      continue;
    }
    if (day <= last) {
      faults.add(inside(place, index), 'days-not-ascending', `it comes after ${last}`);
      whole = false;
    }
    last = day;
  }
  return whole;
}
