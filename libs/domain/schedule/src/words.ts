/** What a plan decided, in words for people: Chinese and English side by side. */
import { moneyText } from './door/fields.js';
import type { Cure, Reason, ReasonCode, Status } from './plan.js';
import type { Fen } from './problem.js';
import { AHEAD_MAX } from './reasons.js';

export type Language = 'zh' | 'en';

const STATUSES: Readonly<Record<Status, Readonly<Record<Language, string>>>> = {
  'on-time': { zh: '按时', en: 'on time' },
  late: { zh: '迟付', en: 'late' },
  partial: { zh: '部分支付', en: 'paid in part' },
  deferred: { zh: '暂缓', en: 'deferred' },
};

const REASONS: Readonly<Record<ReasonCode, Readonly<Record<Language, string>>>> = {
  'window-empty': { zh: '可付期内没有工作日', en: 'no working day lies in its window' },
  'after-horizon': { zh: '最早可付日在计划期之后', en: 'it may be paid only after the horizon' },
  'late-only': { zh: '最早可付日晚于应付日', en: 'its dates leave no day on time' },
  'as-approved': { zh: '已批准的计划安排在其后', en: 'an approved plan promised it later' },
  'min-part': { zh: '余额低于最小支付额', en: 'the rest is under its least part' },
  'pool-under-floor': { zh: '资金池未付款已低于底线', en: 'the pool is under its floor unpaid' },
  'reserve-kept': { zh: '须保留备付金', en: 'the reserve is kept for the tiers above' },
  'pool-short': { zh: '资金不足', en: 'the pool is short' },
};

/** An amount as people read it, thousands marked. */
export function amountWords(fen: Fen): string {
  const [yuan = '', rest = ''] = moneyText(fen).split('.');
  return `${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${rest}`;
}

/** Every code that a reason may have. */
export const REASON_CODES: readonly string[] = Object.keys(REASONS);

export function statusWord(status: Status, language: Language): string {
  return STATUSES[status][language];
}

/** One cure in words. */
function cureWords(cure: Cure, language: Language): string {
  const zh = language === 'zh';
  switch (cure.lever) {
    case 'cash':
      return zh
        ? `${cure.by} 前 ${cure.pool} 增加 ${amountWords(cure.amount)}`
        : `${amountWords(cure.amount)} more in ${cure.pool} by ${cure.by}`;
    case 'later':
      return zh ? `改到 ${cure.date}` : `paid on ${cure.date}`;
    case 'lower':
      return zh ? `减为 ${amountWords(cure.amount)}` : `lowered to ${amountWords(cure.amount)}`;
  }
}

/**
 * Why a request waits and what would let it be paid, as one would tell its unit.
 *
 * @param ahead whether those that come first are named, or only counted: a unit is not told others' requests
 */
export function reasonSentence(
  reason: Reason,
  language: Language,
  ahead: 'named' | 'counted' = 'named',
): string {
  const zh = language === 'zh';
  const cures = reason.cures.map((cure) => cureWords(cure, language)).join(zh ? '；或' : '; or ');
  const ending = cures === '' ? '' : zh ? `。可行：${cures}` : `. Would do: ${cures}`;
  return `${REASONS[reason.code][language]}${whereWords(reason, language, ahead)}${ending}`;
}

function whereWords(reason: Reason, language: Language, ahead: 'named' | 'counted'): string {
  if (!('pool' in reason)) return '';
  const { pool, day, short } = reason;
  const counted = ahead === 'counted' && reason.ahead.length > 0;
  const { length } = reason.ahead;
  const many = length === AHEAD_MAX;
  if (language === 'zh') {
    const first = counted ? `${length} 笔${many ? '以上' : ''}` : reason.ahead.join('、') || '无';
    return `（${pool}，${day}，差 ${amountWords(short)}；在前：${first}）`;
  }
  const first = counted
    ? `${length}${many ? ' or more' : ''}`
    : reason.ahead.join(', ') || 'nobody';
  return ` (${pool}, ${day}, short ${amountWords(short)}; ahead: ${first})`;
}
