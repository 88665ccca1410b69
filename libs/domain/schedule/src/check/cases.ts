/** Does a bound hold? Cases that cover all plans are told apart until the prices of each of them say so. */
import { type Bundles, type Detail, bundlesOf } from './bundles.js';
import type { Facts } from './facts.js';
import type { Limits } from './limits.js';
import { type Basis, type Outcome, PriceSearch } from './price-search.js';
import { SharedRows } from './shared-rows.js';

/** Payments are whole fen; a part of one that rounding cannot reach. */
const NEARLY_ONE = 0.99;
/** Parts of a claim smaller than this are rounding. */
const PART = 0.5;

interface Case {
  readonly closed: Uint8Array;
  readonly basis: Basis;
}

export class Cases {
  private readonly bundles: Bundles;
  private readonly search: PriceSearch;
  private readonly rows: SharedRows;

  constructor(facts: Facts, limits: Limits, detail: Detail) {
    const last = limits.ranks.length - 1;
    this.bundles = bundlesOf(facts, limits, detail);
    this.rows = new SharedRows(limits, this.bundles, facts.plan.ranks);
    this.search = new PriceSearch(this.rows, worthOf(this.bundles, last));
  }

  /** What no plan exceeds, parts of a claim allowed; `null` where it was not found. */
  relaxation(touchedMax: number): number | null {
    return this.runRoot(-Infinity, touchedMax) === 'optimal' ? this.search.bound() : null;
  }

  private runRoot(low: number, touchedMax: number): Outcome {
    const { search, rows, bundles } = this;
    search.restore(search.save(), rows.rights([]), new Uint8Array(bundles.days.length));
    return search.run(low, touchedMax);
  }

  /**
   * Is no plan worth more than `bound`, the largest claims being paid wholly or not at all? `open`: not by dividing the
   * others.
   *
   * @param rootMax what may be touched before cases are told apart
   * @param casesMax and afterwards
   */
  holds(bound: number, rootMax: number, casesMax: number): 'holds' | 'open' | 'stopped' {
    const { search, rows } = this;
    const low = bound + NEARLY_ONE;
    const stack: Case[] = [];
    let outcome = this.runRoot(low, rootMax);
    const touchedMax = search.touched + casesMax;
    const rights = rows.rights([]);
    for (;;) {
      if (outcome === 'optimal') {
        const divided = this.divided(search.flows());
        if (divided === null) return 'open';
        stack.push(...this.halves(divided, search.closed));
      } else if (outcome !== 'low') return 'stopped';
      const next = stack.pop();
      if (next === undefined) return 'holds';
      search.restore(next.basis, rights, next.closed);
      outcome = search.run(low, touchedMax);
    }
  }

  /** The option with the largest part of a claim that must be paid wholly and is not. */
  private divided(flows: Float64Array): { bundle: number; option: number } | null {
    const { whole, amounts, starts } = this.bundles;
    let found: { bundle: number; option: number } | null = null;
    let most = 0;
    for (const [bundle, amount] of amounts.entries()) {
      if (whole[bundle] !== 1 || amount <= most) continue;
      let option = starts[bundle] ?? 0;
      for (let other = option; other < (starts[bundle + 1] ?? 0); other++)
        if ((flows[other] ?? 0) > (flows[option] ?? 0)) option = other;
      if ((flows[option] ?? 0) > amount - Math.max(PART, amount * 1e-11)) continue;
      most = amount;
      found = { bundle, option };
    }
    return found;
  }

  /** The case without the option, and, to be looked at first, that with no other. */
  private halves(
    { bundle, option }: { readonly bundle: number; readonly option: number },
    closed: Uint8Array,
  ): Case[] {
    const { starts } = this.bundles;
    const basis = this.search.save();
    const only = closed.slice().fill(1, starts[bundle], starts[bundle + 1]);
    only[option] = 0;
    return [
      { closed: closed.with(option, 1), basis },
      { closed: only, basis },
    ];
  }
}

/** What is on time in the rank counts. */
function worthOf({ ranks, starts, late }: Bundles, rank: number): Float64Array {
  const worth = new Float64Array(late.length);
  for (const [bundle, own] of ranks.entries()) {
    if (own !== rank) continue;
    for (let option = (starts[bundle] ?? 0) + 1; option < (starts[bundle + 1] ?? 0); option++)
      worth[option] = late[option] === 0 ? 1 : 0;
  }
  return worth;
}
