/** Why a request is not paid wholly on time, and what would cure that. */
import type { Cash, Tightest } from './cash.js';
import type { Cure, Reason } from './plan.js';
import { NO_PARTS, type Part, type Served } from './served.js';
import type { Ask, Terms } from './terms.js';

/** Most requests that a reason names. */
export const AHEAD_MAX = 10;

/** Explains requests against the finished plan; `cash` holds all its payments. */
export class Explainer {
  /** Per pool, who is paid out of it or below it, in tie order; worked out once. */
  private readonly payers = new Map<number, Ask[]>();

  constructor(
    private readonly terms: Terms,
    private readonly cash: Cash,
    private readonly served: Served,
  ) {}

  /** The reason of a request that is not on time; `null` for one that is. */
  reasonOf(ask: Ask, withCures: boolean): Reason {
    const parts = this.served[ask.order] ?? NO_PARTS;
    for (const { day, amount } of parts) this.cash.takeBack(ask, day, amount);
    const reason = this.explain(ask, parts, withCures);
    for (const { day, amount } of parts) this.cash.pay(ask, day, amount);
    return reason;
  }

  private explain(ask: Ask, parts: readonly Part[], withCures: boolean): Reason {
    const cures = withCures ? this.cures(ask) : [];
    if (ask.shut !== null) return { code: ask.shut, cures };
    const from = Math.max(ask.due, ask.earliest, 0);
    const least = this.cash.tightest(ask, from);
    if (ask.earliest > ask.due && least.headroom >= ask.amount) return { code: 'late-only', cures };
    return {
      code: this.cashCode(ask, parts, least, from),
      pool: this.terms.pools[least.pool]?.id ?? '',
      day: this.terms.problem.days[least.day] ?? '',
      short: ask.amount - least.headroom,
      ahead: this.ahead(ask, least),
      cures,
    };
  }

  private cashCode(
    ask: Ask,
    parts: readonly Part[],
    least: Tightest,
    from: number,
  ): 'as-approved' | 'min-part' | 'pool-under-floor' | 'reserve-kept' | 'pool-short' {
    if (least.headroom >= ask.amount) return 'as-approved';
    const rest = parts.reduce((left, part) => left - part.amount, ask.amount);
    if (rest > 0 && rest < ask.minPart && ask.divisible) return 'min-part';
    if ((this.terms.open[least.pool]?.[least.day] ?? 0) < 0) return 'pool-under-floor';
    if (this.cash.tightest(ask, from, false).headroom >= ask.amount) return 'reserve-kept';
    return 'pool-short';
  }

  private ahead(ask: Ask, least: Tightest): string[] {
    const ids: string[] = [];
    for (const other of this.payersOf(least.pool)) {
      if (other === ask || (this.served[other.order]?.[0]?.day ?? Infinity) > least.day) continue;
      ids.push(this.terms.problem.requests[other.index]?.id ?? '');
      if (ids.length === AHEAD_MAX) break;
    }
    return ids;
  }

  private payersOf(pool: number): Ask[] {
    let payers = this.payers.get(pool);
    if (payers === undefined) {
      payers = this.terms.asks.filter(
        (ask) =>
          (this.served[ask.order] ?? NO_PARTS).length > 0 &&
          (this.terms.lines[ask.pool] ?? []).includes(pool),
      );
      this.payers.set(pool, payers);
    }
    return payers;
  }

  /** Cures of a request whose own payments have been taken back. */
  private cures(ask: Ask): Cure[] {
    const cures: Cure[] = [];
    const { days, pools, requests } = this.terms.problem;
    const request = requests[ask.index];
    const due = days[ask.due];
    const onDue =
      ask.shut === null && due !== undefined && ask.earliest <= ask.due
        ? this.cash.headroom(ask, ask.due)
        : Infinity;
    if (onDue < ask.amount && request !== undefined && due !== undefined && pools.length > 0) {
      cures.push({ lever: 'cash', amount: ask.amount - onDue, by: due, pool: request.pool });
    }
    const later = this.laterDay(ask);
    if (later !== undefined) cures.push({ lever: 'later', date: later });
    if (onDue < ask.amount && onDue > 0 && (!ask.divisible || onDue >= ask.minPart)) {
      cures.push({ lever: 'lower', amount: onDue });
    }
    return cures;
  }

  /** First day after `latest` from which the headroom holds the whole amount. */
  private laterDay(ask: Ask): string | undefined {
    const { dayCount } = this.terms;
    const { days } = this.terms.problem;
    const first = Math.max(ask.latest + 1, ask.earliest, 0);
    if (ask.shut === null && this.cash.headroom(ask, ask.latest) >= ask.amount) return undefined;
    for (let day = first; day < dayCount; day++) {
      if (this.cash.headroom(ask, day) >= ask.amount) return days[day];
    }
    return undefined;
  }
}
