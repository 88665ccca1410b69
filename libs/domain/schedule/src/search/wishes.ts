/** What a rank could have at best. */
import type { Aims } from '../served.js';
import type { Ask } from '../terms.js';
import type { Aim } from './model.js';

/** The best that each aim of a rank could be if cash were no matter. */
export function wishes(asks: readonly Ask[]): Aims {
  let kept = 0;
  let onTime = 0;
  let total = 0;
  for (const ask of asks) {
    if (ask.shut !== null) continue;
    const early = ask.promised.reduce(
      (sum, { day, amount }) => sum + (day < ask.due ? amount : 0),
      0,
    );
    const onDue = ask.due >= Math.max(0, ask.earliest);
    kept += ask.promised.reduce((sum, { amount }) => sum + amount, 0);
    onTime += onDue ? ask.amount : early;
    total += ask.amount;
  }
  return { kept, onTime, total, lateness: 0 };
}

/** Is the aim as good as it could ever be? */
export function isWish(aim: Aim, aims: Aims, wish: Aims): boolean {
  if (aim === 'lateness') return aims.lateness === 0;
  return aims[aim] === wish[aim];
}
