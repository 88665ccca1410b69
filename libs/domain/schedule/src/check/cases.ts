/** Does a bound hold? Cases that cover all plans are told apart until the prices of each of them say so. */
import { type Bundles, type Detail, bundlesOf } from './bundles.js';
import type { Facts } from './facts.js';
import type { Limits } from './limits.js';
import { type Basis, type Outcome, PriceSearch } from './price-search.js';
import { drawnOn, withoutOutsiders } from './reserves.js';
import { CouplingRows } from './coupling-rows.js';

/** Payments are whole fen; a part of one that rounding cannot reach. */
const NEARLY_ONE = 0.99;
/** Parts of a claim smaller than this are rounding. */
const PART = 0.5;

interface Case {
  readonly closed: Uint8Array;
  /** By pool, the day from which its reserve counts. */
  readonly keptFrom: readonly number[];
  readonly basis: Basis;
}

export class Cases {
  private readonly bundles: Bundles;
  private readonly search: PriceSearch;
  private readonly rows: CouplingRows;

  constructor(
    facts: Facts,
    private readonly limits: Limits,
    detail: Detail,
  ) {
    const last = limits.ranks.length - 1;
    this.bundles = bundlesOf(facts, limits, detail);
    this.rows = new CouplingRows(limits, this.bundles, facts.plan.ranks);
    this.search = new PriceSearch(this.rows, worthOf(this.bundles, last));
  }

  /** What no plan exceeds, parts of a claim allowed and reserves open to all; `null` where it was not found. */
  relaxation(touchedMax: number): number | null {
    const keptFrom = this.limits.open.map(({ length }) => length);
    const outcome = this.run({ ...this.root(), keptFrom }, -Infinity, touchedMax);
    return outcome === 'optimal' ? this.search.bound() : null;
  }

  private root(): Case {
    const closed = new Uint8Array(this.bundles.days.length);
    return { closed, keptFrom: this.limits.keptFrom, basis: this.search.save() };
  }

  private run({ closed, keptFrom, basis }: Case, low: number, touchedMax: number): Outcome {
    this.search.restore(basis, this.rows.rights(keptFrom), closed);
    return this.search.run(low, touchedMax);
  }

  /**
   * Is no plan worth more than `bound`, the largest claims being paid wholly or not at all, and reserves kept?
   * False also where that was not found out.
   *
   * @param rootMax what may be touched before cases are told apart
   * @param casesMax and afterwards
   */
  holds(bound: number, rootMax: number, casesMax: number): boolean {
    const { search } = this;
    const low = bound + NEARLY_ONE;
    const cases = [this.root()];
    let touchedMax = rootMax;
    let isRoot = true;
    for (let one = cases.pop(); one !== undefined; one = cases.pop()) {
      const outcome = this.run(one, low, touchedMax);
      if (isRoot) touchedMax = search.touched + casesMax;
      isRoot = false;
      if (outcome === 'low') continue;
      if (outcome !== 'optimal' || search.touched >= touchedMax) return false;
      const parts = this.parts(one);
      if (parts.length === 0) return false;
      cases.push(...parts);
    }
    return true;
  }

  /** Cases that cover one, the last to be looked at first; none where its flows divide nothing. */
  private parts({ closed, keptFrom }: Case): Case[] {
    const { search, limits, bundles } = this;
    const flows = search.flows();
    const basis = search.save();
    const drawn = drawnOn(limits, bundles, flows, keptFrom);
    if (drawn !== null) {
      return [
        { closed, keptFrom: keptFrom.with(drawn.pool, drawn.day), basis },
        { closed: withoutOutsiders(limits, bundles, closed, drawn), keptFrom, basis },
      ];
    }
    const divided = this.divided(flows);
    if (divided === null) return [];
    const { starts } = bundles;
    const { bundle, option } = divided;
    const only = closed.slice().fill(1, starts[bundle], starts[bundle + 1]);
    only[option] = 0;
    return [
      { closed: closed.with(option, 1), keptFrom, basis },
      { closed: only, keptFrom, basis },
    ];
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
