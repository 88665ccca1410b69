import { readProblem } from '@guoku/domain-schedule';
import { Planner } from '../src/plan/planner.js';

const reading = readProblem(
  JSON.stringify({
    days: ['2026-12-01'],
    pools: [{ id: 'tsa', opening: '9.00' }],
    requests: ['6.00', '5.00', '4.00'].map((amount, at) => ({
      id: `FR-${String(at)}`,
      pool: 'tsa',
      amount,
      tier: 1,
      due: '2026-12-01',
    })),
  }),
);
if (!reading.ok) throw new Error('the worked example is refused');
const { problem } = reading;

test('the planner has a thread of its own: it answers with a plan that its checker accepted', async () => {
  const planned = await new Planner().plan({ problem, digest: 'a'.repeat(64) });
  expect(planned.checked).toBe(true);
  expect(planned.findings).toEqual([]);
  expect(planned.parts).toEqual([
    { requestId: 'FR-1', date: '2026-12-01', fen: 500 },
    { requestId: 'FR-2', date: '2026-12-01', fen: 400 },
  ]);
  expect(planned.text).toContain(`"digest":"${'a'.repeat(64)}"`);
});
