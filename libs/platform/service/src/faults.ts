import type { BothLanguages } from './refusal.js';

/** What can be wrong with one field. The codes are part of the contract (`errors[].code`). */
export type FaultCode =
  | 'required'
  | 'wrong_type'
  | 'unknown_field'
  | 'id_not_uuid'
  | 'money_not_canonical'
  | 'money_too_large'
  | 'money_too_small'
  | 'day_invalid'
  | 'instant_invalid'
  | 'pattern_mismatch'
  | 'empty'
  | 'too_long'
  | 'below_min'
  | 'above_max'
  | 'not_in_list'
  | 'too_few'
  | 'too_many';

export interface Fault {
  readonly code: FaultCode;
  /** The limit that was missed, as text, where there is one. */
  readonly limit?: string;
}

const texts: Readonly<Record<FaultCode, BothLanguages>> = {
  required: { zh: '必填', en: 'is required' },
  wrong_type: { zh: '类型应为 {limit}', en: 'must be {limit}' },
  unknown_field: { zh: '没有这个字段', en: 'is not a field of this request' },
  id_not_uuid: { zh: '应为 UUID', en: 'must be a UUID' },
  money_not_canonical: {
    zh: '金额须写作两位小数的文本，如 "12.30"',
    en: 'must be text with two decimals, like "12.30"',
  },
  money_too_large: { zh: '金额须小于 10^18', en: 'must be below 10^18' },
  money_too_small: { zh: '金额不得小于 {limit}', en: 'must be at least {limit}' },
  day_invalid: { zh: '日期须写作 2026-03-09', en: 'must be a day like 2026-03-09' },
  instant_invalid: {
    zh: '时刻须写作 RFC 3339，如 2026-03-09T08:00:00+08:00',
    en: 'must be an RFC 3339 instant like 2026-03-09T08:00:00+08:00',
  },
  pattern_mismatch: { zh: '格式应为 {limit}', en: 'must match {limit}' },
  empty: { zh: '不得为空', en: 'must not be empty' },
  too_long: { zh: '最多 {limit} 个字符', en: 'must have at most {limit} characters' },
  below_min: { zh: '不得小于 {limit}', en: 'must be at least {limit}' },
  above_max: { zh: '不得大于 {limit}', en: 'must be at most {limit}' },
  not_in_list: { zh: '应为其中之一：{limit}', en: 'must be one of {limit}' },
  too_few: { zh: '至少 {limit} 项', en: 'must have at least {limit} items' },
  too_many: { zh: '最多 {limit} 项', en: 'must have at most {limit} items' },
};

export function textOfFault({ code, limit = '' }: Fault): BothLanguages {
  const { zh, en } = texts[code];
  return { zh: zh.replace('{limit}', limit), en: en.replace('{limit}', limit) };
}
