/** Words of the summary, Chinese and English side by side. */
export const WORDS = {
  balance: { zh: '每日余额预测', en: 'Balance, day by day' },
  net: { zh: '每日净流入预测', en: 'Flow, day by day' },
  bands: {
    zh: '░ 2.5%-97.5%   ▒ 10%-90%   █ 中位数   │ 底线',
    en: '░ 2.5 % to 97.5 %   ▒ 10 % to 90 %   █ median   │ floor',
  },
  never: { zh: '在预测期内低于底线的概率：', en: 'Chance of falling under the floor at all: ' },
  first: {
    zh: '最早可能不足的日期（概率不低于 5%）：',
    en: 'First day short, with a chance of 5 % or more: ',
  },
  none: { zh: '无', en: 'none' },
  byThen: { zh: '，到该日为止的概率 ', en: ', chance by then ' },
  likeliest: { zh: '最可能首次不足的日期：', en: 'Likeliest first day short: ' },
  weeks: { zh: '按周合计', en: 'Sums by week' },
  months: { zh: '按月合计', en: 'Sums by month' },
  until: { zh: '截至', en: 'until' },
  series: { zh: '序列', en: 'series' },
  median: { zh: '中位数', en: 'median' },
  low: { zh: '10%', en: '10 %' },
  high: { zh: '90%', en: '90 %' },
} as const;
