#!/usr/bin/env node
// Makes the sheets of this sample, in which everything is invented: node samples/county-december/make.mjs
// Running it again changes no byte.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Working days of December 2026 and ten more, so that January's first obligations are ring-fenced.
const DAYS = [];
for (let at = Date.UTC(2026, 11, 1); DAYS.length < 33; at += 86_400_000) {
  const day = new Date(at).toISOString().slice(0, 10);
  if (new Date(at).getUTCDay() % 6 !== 0 && day !== '2027-01-01') DAYS.push(day);
}

// A linear congruential generator (multiplier and increment of Numerical Recipes): the same on every machine.
let state = 20261201;
function chance() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}
const between = (from, to) => from + chance() * (to - from);
const grouped = (yuan) => yuan.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const slashed = (day) => day.replaceAll('-', '/').replace(/\/0/g, '/');

// What is asked for: kind, tier, urgency, due days, pool, least and most in ten thousand yuan, parts, days it can wait.
const KINDS = [
  ['在职人员工资', 0, 1, ['2026-12-10', '2027-01-08'], '一般公共预算', 180, 420, '否', 0, 12],
  ['离退休费', 0, 1, ['2026-12-10', '2027-01-08'], '一般公共预算', 40, 110, '否', 0, 5],
  ['城乡低保金', 0, 1, ['2026-12-15'], '一般公共预算', 260, 380, '否', 0, 1],
  ['基本公共卫生补助', 1, 1, ['2026-12-18'], '一般公共预算', 60, 160, '是', 5, 4],
  ['义务教育公用经费', 1, 1, ['2026-12-08', '2026-12-22'], '一般公共预算', 45, 130, '是', 5, 6],
  ['单位运转经费', 2, 1, ['2026-12-04', '2026-12-18'], '一般公共预算', 8, 60, '是', 8, 14],
  ['政府债券利息', 3, 1, ['2026-12-21'], '一般公共预算', 900, 900.5, '否', 0, 1],
  ['农村公路养护', 5, 2, ['2026-12-11', '2026-12-25'], '一般公共预算', 90, 420, '是', 10, 5],
  ['产业扶持资金', 6, 3, ['2026-12-16', '2026-12-30'], '一般公共预算', 120, 700, '否', 8, 6],
  ['征地补偿', 3, 2, ['2026-12-14'], '政府性基金', 700, 1400, '否', 6, 3],
  ['污水处理厂工程款', 6, 2, ['2026-12-09', '2026-12-24'], '政府性基金', 300, 1600, '是', 10, 4],
  ['老旧小区改造', 6, 2, ['2026-12-17', '2026-12-29'], '政府性基金', 200, 1100, '是', 10, 5],
];

const HEADS = '编号 预算单位 资金池 金额 保障层级 紧急程度 需款日 最迟支付日 可拆分 最小拆分额 提交时间 摘要';
const requests = [HEADS.split(' ')];
for (const [what, tier, urgency, dues, pool, least, most, divisible, wait, units] of KINDS) {
  for (const due of dues) {
    for (let unit = 0; unit < units; unit++) {
      const yuan = Math.round(between(least, most) * 100) * 100 + Math.round(chance() * 9999) / 100;
      const minute = (hour) => `${hour}:${String(Math.floor(chance() * 60)).padStart(2, '0')}`;
      const latest = DAYS[Math.min(DAYS.length - 1, DAYS.indexOf(due) + wait)];
      requests.push([
        `FR-${String(requests.length).padStart(3, '0')}`,
        String(101001 + Math.floor(chance() * 40)),
        pool,
        grouped(yuan),
        tier,
        urgency,
        slashed(due),
        slashed(latest),
        divisible,
        divisible === '是' ? grouped(10_000) : '',
        `2026/11/${23 + Math.floor(chance() * 5)} ${minute(8 + Math.floor(chance() * 9))}`,
        what,
      ]);
    }
  }
}

const pools = [
  ['资金池', '上级资金池', '期初余额', '最低余额', '预留', '预留保障层级'],
  ['国库单一账户', '', grouped(62_000_000), grouped(5_000_000), grouped(6_000_000), 2],
  ['一般公共预算', '国库单一账户', grouped(41_000_000), '', '', ''],
  ['政府性基金', '国库单一账户', grouped(21_000_000), '', '', ''],
];

// Taxes come in around the 15th and at the month's end, transfers on the 5th working day, land revenue now and then.
const cash = [['日期', '资金池', '预计流入', '已定流出']];
for (const [nth, day] of DAYS.entries()) {
  const date = Number(day.slice(8));
  const tax = between(0.4, 1.1) * (date >= 13 && date <= 18 ? 7e6 : date >= 28 ? 4.5e6 : 1e6);
  const transfer = nth === 4 || nth === 27 ? 33e6 : 0;
  const general = Math.round(tax + transfer);
  const fund = chance() < 0.25 ? Math.round(between(3e6, 9e6)) : 0;
  const repaid = day === '2026-12-21' ? 3_000_000 : 0;
  cash.push([slashed(day), '国库单一账户', grouped(general + fund), grouped(repaid)]);
  cash.push([slashed(day), '一般公共预算', grouped(general), grouped(repaid)]);
  if (fund > 0) cash.push([slashed(day), '政府性基金', grouped(fund), '']);
}

const cell = (value) => (/[",]/.test(String(value)) ? `"${value}"` : value);
for (const [name, rows] of Object.entries({ requests, pools, cash }))
  writeFileSync(join(import.meta.dirname, `${name}.csv`), rows.map((row) => `${row.map(cell).join(',')}\r\n`).join(''));
