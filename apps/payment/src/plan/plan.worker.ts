import { parentPort } from 'node:worker_threads';
import { check, plan, planText, tightened } from '@guoku/domain-schedule';
import type { CheckedPlan, PlanningTask } from './planner.js';

// Node itself reads this file, in a thread of its own: as it stands when jest runs the sources, else as it was emitted.
function checkedPlan({ problem, digest }: PlanningTask): CheckedPlan {
  const made = plan(problem, { digest });
  const first = check(problem, made, { digest });
  const planned = tightened(made, first);
  const report = planned === made ? first : check(problem, planned, { digest });
  return {
    text: planText(planned),
    parts: planned.decisions.flatMap(({ request, payments }) =>
      payments.map(({ date, amount }) => ({ requestId: request, date, fen: amount })),
    ),
    checked: report.ok,
    findings: report.rejections,
  };
}

parentPort?.once('message', (task: PlanningTask) => {
  parentPort?.postMessage(checkedPlan(task));
});
