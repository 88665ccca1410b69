/** Are the bounds right: not above the relaxation, and, where under it, confirmed by an exact search? */
import { claimsByRank } from './check-figures.js';
import { type Claim, type Facts, type Findings, yuan } from './facts.js';
import { beats } from './exact.js';
import { merged } from './merged.js';
import { relaxationOf } from './relaxation.js';
import { solveProgramme } from './tableau.js';

/** Programmes with more cells than this are not tried: they would take minutes. */
const CELLS_MAX = 20_000_000;

/** A pivot touches every cell; so many cells may be touched for one bound, which is well under a second. */
const CELLS_TOUCHED_MAX = 400_000_000;

/** What could be paid on time at most, were there cash for all. */
function wishOf(claims: readonly Claim[], facts: Facts): number {
  return claims.reduce((sum, { request, shut, earliest, due }) => {
    if (shut !== null) return sum;
    if (due >= 0 && earliest <= due) return sum + request.amount;
    const early = request.approved.filter(({ date }) => facts.problem.days.indexOf(date) <= due);
    return sum + early.reduce((part, { amount }) => part + amount, 0);
  }, 0);
}

/** Fewer pivots than this would seldom end; claims that are alike are merged then. */
const PIVOTS_LEAST = 400;

/** A rough count of the programme's cells, before it is built. */
function cellsOf(
  groups: readonly { readonly claims: readonly Claim[] }[],
  index: number,
  facts: Facts,
): number {
  const claims = groups.slice(0, index + 1).flatMap((group) => group.claims);
  const columns = claims.reduce((sum, { due, latest }) => sum + 1 + Math.max(0, latest - due), 0);
  const rows = claims.length + facts.problem.pools.length * facts.problem.days.length;
  return (columns + rows) * rows;
}

/** Judges every bound; `pivotsMax` limits the search per rank. */
export function checkBounds(facts: Facts, findings: Findings, pivotsMax: number): void {
  const groups = claimsByRank(facts.claims);
  const sums = groups.map(({ claims }) => ({ claims: merged(claims) }));
  for (const [index, { claims }] of groups.entries()) {
    const rank = facts.plan.ranks[index];
    if (rank === undefined || rank.bound < rank.onTime) continue;
    const at = `/ranks/${index}/bound`;
    const wish = wishOf(claims, facts);
    if (rank.bound > wish) {
      findings.reject('bound', at, `above ${yuan(wish)}, which is all that could be on time`);
      continue;
    }
    if (rank.bound === rank.onTime && rank.bound === wish) continue;
    const single = cellsOf(groups, index, facts);
    const isSingle = single <= CELLS_MAX && CELLS_TOUCHED_MAX / single >= PIVOTS_LEAST;
    const cells = isSingle ? single : cellsOf(sums, index, facts);
    if (cells > CELLS_MAX) {
      findings.doubt('bound', at, 'too large for the relaxation of this checker');
      continue;
    }
    const affordable = Math.min(pivotsMax, Math.ceil(CELLS_TOUCHED_MAX / Math.max(1, cells)));
    judge(facts, isSingle ? groups : sums, index, { findings, at, affordable, cells, isSingle });
  }
}

function judge(
  facts: Facts,
  groups: readonly { readonly claims: readonly Claim[] }[],
  index: number,
  to: {
    readonly findings: Findings;
    readonly at: string;
    readonly affordable: number;
    /** Cells of the whole programme's tableau. */
    readonly cells: number;
    /** Every claim has columns of its own, so that an exact search can follow. */
    readonly isSingle: boolean;
  },
): void {
  const { findings, at, affordable, cells, isSingle } = to;
  const bound = facts.plan.ranks[index]?.bound ?? 0;
  const relaxation = relaxationOf(facts, groups, index);
  const solution = solveProgramme(relaxation.programme, affordable);
  if (solution.outcome !== 'optimal') {
    // The plan itself keeps every row, so the relaxation has a solution: steps or rounding got in the way.
    findings.doubt('bound', at, 'the relaxation did not come to its end');
    return;
  }
  // What the pivots' rounding may have cost: the ranks above are held at sums of up to 2^53 fen.
  const held = relaxation.programme.rows.reduce(
    (most, { right }) => Math.max(most, Math.abs(right)),
    0,
  );
  const rounding = 1e-4 + held * 1e-13;
  const value = Math.max(0, Math.floor(solution.value + rounding));
  const hasSwitches = relaxation.meanings.some(({ kind }) => kind === 'switch');
  if (bound > value && hasSwitches && !isSingle) {
    findings.doubt('bound', at, `above the relaxation with reserve switches, ${yuan(value)}`);
  } else if (bound > value) {
    findings.reject('bound', at, `above the relaxation, ${yuan(value)}`);
    findings.loose.push({ rank: index, relaxation: value });
  } else if (bound < Math.floor(solution.value - rounding)) {
    const verdict = isSingle ? beats(relaxation, bound, affordable * cells) : 'stopped';
    if (verdict === 'found')
      findings.reject('bound', at, 'a plan pays more on time than the bound');
    if (verdict === 'stopped')
      findings.doubt(
        'bound',
        at,
        `between it and the relaxation, ${yuan(value)}, the search did not end`,
      );
  }
}
