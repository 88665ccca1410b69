/** A plan for people: ranks, each unit's share, balances as a chart, first deferrals in words. */
import {
  type Decision,
  type Language,
  type Plan,
  type PoolResult,
  type Problem,
  type RankResult,
  amountWords,
  reasonSentence,
  statusWord,
} from '@guoku/domain-schedule';

const CHART_WIDTH = 50;
const UNITS_MAX = 30;
const DEFERRALS_MAX = 10;

/** Money in whole yuan, as tables show it. */
function whole(fen: number): string {
  return amountWords(fen).slice(0, -3);
}

function share(part: number, of: number): string {
  return of === 0 ? '-' : `${((part / of) * 100).toFixed(1)} %`;
}

function rankLines(ranks: readonly RankResult[], language: Language): string[] {
  const zh = language === 'zh';
  const heads = zh
    ? ['级别', '申请', '按时', '占比', '支付', '金额×迟日', '最优']
    : ['rank', 'requested', 'on time', 'share', 'paid', 'amount x days late', 'best'];
  const rows = ranks.map((rank) => [
    `${rank.tier}.${rank.urgency}`,
    whole(rank.requested),
    whole(rank.onTime),
    share(rank.onTime, rank.requested),
    whole(rank.total),
    whole(rank.lateness),
    bestWords(rank, zh),
  ]);
  return columns([heads, ...rows]);
}

/** How good a rank is known to be: in all, in what is paid on time, or up to a gap. */
function bestWords({ proven, gapMillionths }: RankResult, zh: boolean): string {
  if (proven) return zh ? '已证明' : 'proven';
  if (gapMillionths === 0) return zh ? '按时额已证明' : 'proven on time';
  const gap = `${(gapMillionths / 10_000).toFixed(4)} %`;
  return zh ? `差距 ≤ ${gap}` : `gap at most ${gap}`;
}

/** Width on a terminal, where Chinese characters take two columns. */
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? 2 : 1), 0);
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => widthOf(row[at] ?? ''))),
  );
  return rows.map((row) =>
    row.map((cell, at) => ' '.repeat((widths[at] ?? 0) - widthOf(cell)) + cell).join('  '),
  );
}

function unitLines(problem: Problem, plan: Plan, language: Language): string[] {
  const units = new Map<string, { asked: number; paid: number; onTime: number }>();
  for (const [index, request] of problem.requests.entries()) {
    const unit = request.unit ?? '-';
    const sums = units.get(unit) ?? { asked: 0, paid: 0, onTime: 0 };
    const paid = plan.decisions[index]?.payments ?? [];
    sums.asked += request.amount;
    sums.paid += paid.reduce((sum, { amount }) => sum + amount, 0);
    if (plan.decisions[index]?.status === 'on-time') sums.onTime += request.amount;
    units.set(unit, sums);
  }
  const zh = language === 'zh';
  const heads = zh ? ['单位', '申请', '支付', '占比'] : ['unit', 'requested', 'paid', 'share'];
  const rows = [...units]
    .sort(([, a], [, b]) => b.asked - a.asked)
    .map(([unit, { asked, paid }]) => [unit, whole(asked), whole(paid), share(paid, asked)]);
  const lines = columns([heads, ...rows.slice(0, UNITS_MAX)]);
  if (rows.length > UNITS_MAX) lines.push(`… +${rows.length - UNITS_MAX}`);
  return lines;
}

/** One bar a day: the floor as `|`, floor and reserve as `:`, the balance as `█`. */
function chartLines(problem: Problem, result: PoolResult, language: Language): string[] {
  const pool = problem.pools.find(({ id }) => id === result.id);
  const reserve = result.floor.map((floor, day) => floor + (pool?.reserve?.amount[day] ?? 0));
  const top = Math.max(1, ...result.balance, ...reserve);
  const place = (fen: number) => Math.round((Math.max(0, fen) / top) * CHART_WIDTH);
  const { lowest } = result;
  const head =
    language === 'zh'
      ? `${result.id}：最低在 ${lowest.day}，高于底线 ${amountWords(lowest.headroom)}`
      : `${result.id}: lowest on ${lowest.day}, ${amountWords(lowest.headroom)} over its floor`;
  const bars = result.balance.map((balance, day) => {
    const bar = [...'█'.repeat(place(balance)).padEnd(CHART_WIDTH + 1)];
    if ((reserve[day] ?? 0) > (result.floor[day] ?? 0)) bar[place(reserve[day] ?? 0)] = ':';
    bar[place(result.floor[day] ?? 0)] = '|';
    return `${problem.days[day] ?? ''} ${bar
      .join('')
      .trimEnd()
      .padEnd(CHART_WIDTH + 2)}${whole(balance)}`;
  });
  return [head, ...bars];
}

function deferralLine(decision: Decision, language: Language): string {
  const { reason } = decision;
  const status = statusWord(decision.status, language);
  if (reason === null) return `${decision.request}: ${status}`;
  return `${decision.request}: ${status}, ${reasonSentence(reason, language)}`;
}

/** The plan as text for people. */
export function summaryOf(problem: Problem, plan: Plan, language: Language): string {
  const zh = language === 'zh';
  const late = plan.decisions.filter(({ status }) => status !== 'on-time');
  const alarms = plan.alarms.map(({ pool, day, short, blocks }) =>
    zh
      ? `警报：${pool} 在 ${day} 未付款已低于底线 ${amountWords(short)}，压住 ${amountWords(blocks)}`
      : `ALARM: ${pool} is ${amountWords(short)} under its floor on ${day} with nothing paid; holds back ${amountWords(blocks)}`,
  );
  const total = plan.decisions.length;
  return [
    ...alarms,
    zh
      ? `申请 ${total} 笔，按时 ${total - late.length} 笔，其余 ${late.length} 笔`
      : `${total} requests, ${total - late.length} on time, ${late.length} not`,
    '',
    ...rankLines(plan.ranks, language),
    '',
    ...unitLines(problem, plan, language),
    '',
    zh
      ? '余额（█ 余额，| 底线，: 底线加备付金）'
      : 'Balances (█ balance, | floor, : floor and reserve)',
    ...plan.pools.flatMap((pool) => [...chartLines(problem, pool, language), '']),
    ...(late.length === 0 ? [] : [zh ? '最先未能按时的：' : 'First that are not on time:']),
    ...late.slice(0, DEFERRALS_MAX).map((decision) => `  ${deferralLine(decision, language)}`),
    '',
  ].join('\n');
}
