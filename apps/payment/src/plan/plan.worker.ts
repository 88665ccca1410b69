import { parentPort } from 'node:worker_threads';
import { check, plan, planText } from '@guoku/domain-schedule';
import type { CheckedPlan, PlanningTask } from './planner.js';

// Node itself reads this file, in a thread of its own: as it stands when jest runs the sources, else as it was emitted.
function checkedPlan({ problem, digest }: PlanningTask): CheckedPlan {
  const planned = plan(problem, { digest });
  const report = check(problem, planned, { digest });
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
