/** Are the bounds right: not above the relaxation, and, where under it, confirmed by prices or an exact search? */
import type { Detail } from './bundles.js';
import { Cases } from './cases.js';
import { claimsByRank } from './check-figures.js';
import { beats } from './exact.js';
import { type Claim, type Facts, type Findings, yuan } from './facts.js';
import { type Limits, type RankClaims, limitsOf } from './limits.js';
import { type Relaxation, relaxationOf } from './relaxation.js';
import { solveProgramme } from './tableau.js';

/** A tableau with more cells than this is not tried: it would take minutes. */
const CELLS_MAX = 20_000_000;
/** A pivot touches every cell; so many may be touched for one bound, which is well under a second. */
const TOUCHED_MAX = 400_000_000;
/** Fewer pivots than this would seldom end. */
const PIVOTS_LEAST = 400;
/** What telling cases apart may touch: less where an exact search can follow. */
const TOUCHED_FOR_CASES = { small: 4_000_000, large: 20_000_000 } as const;
/** How much is told apart, and where that does not do, how much then. */
const DETAILS: readonly Detail[] = [
  { wholePerRank: 40, onlyFitting: true, wholeSums: false },
  { wholePerRank: 160, onlyFitting: true, wholeSums: true },
];

/** What could be paid on time at most, were there cash for all. */
function wishOf(claims: readonly Claim[], facts: Facts): number {
  return claims.reduce((sum, { request, shut, earliest, due }) => {
    if (shut !== null) return sum;
    if (due >= 0 && earliest <= due) return sum + request.amount;
    const early = request.approved.filter(({ date }) => facts.problem.days.indexOf(date) <= due);
    return sum + early.reduce((part, { amount }) => part + amount, 0);
  }, 0);
}

/** A rough count of the cells of the tableau in which every claim has columns of its own, before it is built. */
function cellsOf(groups: readonly RankClaims[], index: number, facts: Facts): number {
  let claims = 0;
  let columns = 0;
  for (const group of groups.slice(0, index + 1)) {
    claims += group.claims.length;
    for (const { due, latest } of group.claims) columns += 1 + Math.max(0, latest - due);
  }
  const rows = claims + facts.problem.pools.length * facts.problem.days.length;
  return (columns + rows) * rows;
}

/** What the relaxation reaches, and how far rounding may have led that astray. */
interface Most {
  readonly value: number;
  readonly rounding: number;
}

/** The bound of one rank, judged. */
class Judge {
  private readonly bound: number;
  private readonly onTime: number;
  private readonly at: string;
  /** Cells of the tableau in which every claim has columns of its own. */
  private readonly cells: number;
  private readonly limits: Limits;

  constructor(
    private readonly facts: Facts,
    private readonly groups: readonly RankClaims[],
    private readonly index: number,
    private readonly findings: Findings,
  ) {
    const { bound = 0, onTime = 0 } = facts.plan.ranks[index] ?? {};
    this.bound = bound;
    this.onTime = onTime;
    this.at = `/ranks/${index}/bound`;
    this.cells = Math.max(1, cellsOf(groups, index, facts));
    this.limits = limitsOf(facts, groups, index);
  }

  judge(pivotsMax: number): void {
    const { cells, bound, onTime, findings, at } = this;
    const touchedMax = Math.min(pivotsMax * cells, TOUCHED_MAX);
    const isSmall = cells <= CELLS_MAX && TOUCHED_MAX / cells >= PIVOTS_LEAST;
    const relaxation = isSmall ? relaxationOf(this.facts, this.groups, this.index) : null;
    const single = relaxation && this.mostOf(relaxation, touchedMax);
    // The plan is among all that the relaxation allows, so that what it pays on time is never above it.
    const most = single ?? (bound > onTime ? this.mostOfBundles() : null);
    if (most !== null && bound > Math.floor(most.value + most.rounding)) {
      const value = Math.max(0, Math.floor(most.value + most.rounding));
      findings.reject('bound', at, `above the relaxation, ${yuan(value)}`);
      findings.loose.push({ rank: this.index, relaxation: value });
      return;
    }
    if (most !== null && bound >= Math.floor(most.value - most.rounding)) return;
    if (this.isProven(isSmall ? TOUCHED_FOR_CASES.small : TOUCHED_FOR_CASES.large)) return;
    const verdict = relaxation && single ? beats(relaxation, bound, touchedMax) : 'stopped';
    if (verdict === 'found')
      findings.reject('bound', at, 'a plan pays more on time than the bound');
    if (verdict === 'stopped')
      findings.doubt('bound', at, 'the search for a better plan did not end');
  }

  /** `null` where it did not come to its end: steps or rounding got in the way, as the plan itself keeps every row. */
  private mostOf({ programme }: Relaxation, touchedMax: number): Most | null {
    const solution = solveProgramme(programme, Math.ceil(touchedMax / this.cells));
    if (solution.outcome !== 'optimal') return null;
    // The ranks above are held at sums of up to 2^53 fen.
    const held = programme.rows.reduce((most, { right }) => Math.max(most, Math.abs(right)), 0);
    return { value: solution.value, rounding: 1e-4 + held * 1e-13 };
  }

  /** The same relaxation for claims that are alike taken together, but that reserves may be drawn on by all. */
  private mostOfBundles(): Most | null {
    const cases = new Cases(this.facts, this.limits, {
      wholePerRank: 0,
      onlyFitting: false,
      wholeSums: false,
    });
    const value = cases.relaxation(TOUCHED_MAX);
    return value === null ? null : { value, rounding: 0 };
  }

  /** Do prices confirm the bound? */
  private isProven(casesMax: number): boolean {
    return DETAILS.some((detail) =>
      new Cases(this.facts, this.limits, detail).holds(this.bound, TOUCHED_MAX, casesMax),
    );
  }
}

/** Judges every bound; `pivotsMax` limits the exact search per rank. */
export function checkBounds(facts: Facts, findings: Findings, pivotsMax: number): void {
  const groups = claimsByRank(facts.claims);
  for (const [index, { claims }] of groups.entries()) {
    const rank = facts.plan.ranks[index];
    if (rank === undefined || rank.bound < rank.onTime) continue;
    const wish = wishOf(claims, facts);
    if (rank.bound > wish) {
      const detail = `above ${yuan(wish)}, which is all that could be on time`;
      findings.reject('bound', `/ranks/${index}/bound`, detail);
    } else if (rank.onTime < wish) {
      new Judge(facts, groups, index, findings).judge(pivotsMax);
    }
  }
}
