/** `diff` and `breakpoints` for people. */
import {
  type Breakpoints,
  type Flip,
  type Language,
  type PlanDiff,
  amountWords,
  statusWord,
} from '@guoku/domain-schedule';

const LINES_MAX = 40;

function servedWords(served: Flip['a'], language: Language): string {
  if (served === null) return language === 'zh' ? '（无此申请）' : '(no such request)';
  const parts = served.payments.map(({ date, amount }) => `${date} ${amountWords(amount)}`);
  return [statusWord(served.status, language), ...parts].join(' ');
}

/** Which ranks and requests change, in words. */
export function diffSummary({ a, b, flips }: PlanDiff, language: Language): string {
  const zh = language === 'zh';
  const lines = [zh ? '各级按时支付：' : 'Paid on time, by rank:'];
  const before = new Map(a.ranks.map((rank) => [`${rank.tier}.${rank.urgency}`, rank]));
  const after = new Map(b.ranks.map((rank) => [`${rank.tier}.${rank.urgency}`, rank]));
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const texts = [before, after].map((ranks) =>
      amountWords(ranks.get(name)?.onTime ?? 0).padStart(22),
    );
    lines.push(`  ${name.padEnd(6)}${texts.join(' → ')}`);
  }
  lines.push(zh ? `变动的申请：${flips.length} 笔` : `Requests that change: ${flips.length}`);
  for (const flip of flips.slice(0, LINES_MAX)) {
    lines.push(
      `  ${flip.request}: ${servedWords(flip.a, language)} → ${servedWords(flip.b, language)}`,
    );
  }
  if (flips.length > LINES_MAX) lines.push(`  … +${flips.length - LINES_MAX}`);
  return `${lines.join('\n')}\n`;
}

/** How much less or later, tier by tier, in words. */
export function breakpointsSummary({ inflow, delay }: Breakpoints, language: Language): string {
  const zh = language === 'zh';
  const lines = [zh ? '收入减少到多少会影响各级：' : 'How much less cash hurts each tier:'];
  for (const { tier, cutMillionths, broken } of inflow) {
    const size = cutMillionths === null ? '' : `${cutMillionths / 10_000} %`;
    lines.push(`  ${lineOf(tier, size, broken, language)}`);
  }
  lines.push(
    zh ? '收入推迟多少个工作日会影响各级：' : 'How many working days later hurts each tier:',
  );
  for (const { tier, days, broken } of delay) {
    const size = days === null ? '' : zh ? `${days} 个工作日` : `${days} working day(s)`;
    lines.push(`  ${lineOf(tier, size, broken, language)}`);
  }
  return `${lines.join('\n')}\n`;
}

function lineOf(
  tier: number,
  size: string,
  broken: Breakpoints['inflow'][number]['broken'],
  language: Language,
): string {
  const zh = language === 'zh';
  const name = zh ? `第 ${tier} 级` : `tier ${tier}`;
  if (broken === null)
    return zh
      ? `${name}：原可按时的都不受影响`
      : `${name}: nothing on this grid, of what is on time`;
  const to = statusWord(broken.to, language);
  return zh
    ? `${name}：${size}，${broken.request} 变为${to}`
    : `${name}: ${size}, ${broken.request} is then ${to}`;
}
