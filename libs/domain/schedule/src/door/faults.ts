/** Faults gathered while reading, each at its place in the document. */
import type { Fault, FaultCode } from '../problem.js';
import { type Json, JsonObject, isList } from './json.js';

/** A place in the document; chained, so that nothing is built where nothing is wrong. */
export interface Place {
  readonly above: Place | null;
  readonly key: string | number;
}

export function inside(above: Place | null, key: string | number): Place {
  return { above, key };
}

function keysOf(place: Place | null): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = place; at !== null; at = at.above) keys.unshift(at.key);
  return keys;
}

/** RFC 6901. */
function pointerOf(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

interface Found {
  readonly keys: readonly (string | number)[];
  readonly code: FaultCode;
  readonly detail: string;
  /** Position among the members, for a key that is repeated. */
  readonly member: number | null;
}

export class Faults {
  private readonly found: Found[] = [];

  add(place: Place | null, code: FaultCode, detail: string, member: number | null = null): void {
    this.found.push({ keys: keysOf(place), code, detail, member });
  }

  get any(): boolean {
    return this.found.length > 0;
  }

  /** All of them, in order of the document; what is missing comes after what stands beside it. */
  inOrder(document: Json): Fault[] {
    return this.found
      .map((fault) => ({ fault, spots: spotsOf(document, fault) }))
      .sort((a, b) => compareSpots(a.spots, b.spots))
      .map(({ fault: { keys, code, detail } }) => ({ pointer: pointerOf(keys), code, detail }));
  }
}

/** Positions on the way down to the fault. */
function spotsOf(document: Json, fault: Found): number[] {
  const spots: number[] = [];
  let at: Json | undefined = document;
  for (const key of fault.keys) {
    if (at instanceof JsonObject) {
      const spot: number = at.members.findIndex((member) => member.key === key);
      spots.push(spot < 0 ? Infinity : spot);
      at = at.members[spot]?.value;
    } else {
      spots.push(Number(key));
      at = isList(at) ? at[Number(key)] : undefined;
    }
  }
  if (fault.member !== null) spots[spots.length - 1] = fault.member;
  return spots;
}

function compareSpots(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const left = a[index] ?? 0;
    const right = b[index] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}
