import type { Delivery } from './broker.js';

/** The deliveries of each key, in their order. */
export function byKey(deliveries: readonly Delivery[]): Delivery[][] {
  const lanes = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const lane = lanes.get(delivery.key);
    if (lane) lane.push(delivery);
    else lanes.set(delivery.key, [delivery]);
  }
  return [...lanes.values()];
}

export interface Progress {
  done(offset: bigint): void;
  /** The last offset before which nothing is open, if it has grown since the last call. */
  next(): bigint | undefined;
}

/** Lanes end out of order, but only an unbroken row of finished deliveries may be committed. */
export function progressOf(deliveries: readonly Delivery[]): Progress {
  const finished = new Set<bigint>();
  let at = 0;
  return {
    done(offset) {
      finished.add(offset);
    },
    next() {
      let last: bigint | undefined;
      for (let delivery = deliveries[at]; delivery && finished.delete(delivery.offset);) {
        last = delivery.offset;
        at += 1;
        delivery = deliveries[at];
      }
      return last;
    },
  };
}
