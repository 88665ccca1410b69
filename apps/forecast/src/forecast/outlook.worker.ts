import { parentPort } from 'node:worker_threads';
import { calendarOf, dayOf } from '@guoku/calendar';
import { poolOutlook, type Outlook } from '@guoku/domain-forecast';
import type { OutlookTask } from './forecaster.js';

// Node itself reads this file, in a thread of its own: as it stands when jest runs the sources, else as it was emitted.
function outlookOf(task: OutlookTask): Outlook {
  const working = calendarOf(task.calendar, { days: task.overrides });
  const calendar = {
    isWorkingDay: (day: string) => working.isWorkingDay(dayOf(day)),
    knows: (year: number) => working.knows(year),
  };
  return poolOutlook({ ...task, calendar });
}

parentPort?.once('message', (task: OutlookTask) => {
  parentPort?.postMessage(outlookOf(task));
});
