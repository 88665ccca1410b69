import { check, plan, readProblem } from '@guoku/domain-schedule';
import { expect, test } from '@jest/globals';
import { type MonthShape, monthProblem } from './trial/month-problem.js';

const HARD = { days: 22, pools: 3, ranks: 1, cash: 0.6, divisible: 0, wait: 10 } as const;

function planned(shape: MonthShape) {
  const reading = readProblem(JSON.stringify(monthProblem(shape)));
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const made = plan(reading.problem, { digest: '', cures: 'none' });
  expect(check(reading.problem, made, { digest: '' }).rejections).toEqual([]);
  return made.ranks;
}

test('eighty requests that may wait are served as well as an exact solver serves them in fifteen seconds', () => {
  expect(planned({ ...HARD, requests: 80, seed: 2 })).toMatchObject([
    { onTime: 3_826_444, total: 3_877_770, lateness: 185_136, proven: true },
  ]);
});

test('forty requests whose sums hardly ever meet are proven: what one search found bounds no other', () => {
  expect(planned({ ...HARD, requests: 40, seed: 4 })).toMatchObject([
    { onTime: 1_193_064, total: 1_233_533, lateness: 73_561, proven: true },
  ]);
});

test('four ranks of forty requests are proven, each as an exact solver has it', () => {
  const four = { ...HARD, requests: 160, days: 31, pools: 5, ranks: 4, seed: 4 };
  expect(planned(four)).toMatchObject([
    { onTime: 1_992_731, total: 1_992_731, lateness: 0, proven: true },
    { onTime: 3_672_928, total: 3_693_175, lateness: 141_729, proven: true },
    { onTime: 260_253, total: 260_253, lateness: 0, proven: true },
    { onTime: 0, total: 0, lateness: 0, proven: true },
  ]);
});
