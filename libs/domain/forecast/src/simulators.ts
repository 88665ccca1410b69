import { calendarDaysMin, calendarModel } from './calendar-model.js';
import type { Simulator } from './model.js';
import type { Panel } from './panel.js';
import { profileModel } from './profile-model.js';
import { recentDaysModel } from './recent-days-model.js';
import type { WorkingDays } from './working-days.js';

const profileDaysMin = 65;

/** The best model that each series' history can bear; what falls back is said in the notes. */
export function simulatorOf(panel: Panel, calendar: WorkingDays, notes: string[]): Simulator {
  const lengths = panel.series.map(({ start }) => panel.days.length - start);
  const wants = panel.series.map((series, s) => {
    const length = lengths[s] ?? 0;
    const moves = series.values.some((value) => value !== 0);
    const choice =
      !moves || length < profileDaysMin
        ? 'recent days'
        : length < calendarDaysMin
          ? 'profile'
          : 'calendar';
    if (choice !== 'calendar') {
      const why = moves ? `${length} working days of history` : 'nothing ever moved';
      notes.push(`${series.name}: ${why}, forecast by the ${choice} model`);
    }
    return choice;
  });
  const placesOf = (choice: string): number[] =>
    wants.flatMap((want, s) => (want === choice ? [s] : []));
  const parts = [
    { places: placesOf('calendar'), make: calendarModel },
    { places: placesOf('profile'), make: profileModel },
    { places: placesOf('recent days'), make: recentDaysModel },
  ]
    .filter(({ places }) => places.length > 0)
    .map(({ places, make }) => ({ places, model: make(panel, places, calendar) }));
  return {
    name: parts.map(({ model }) => model.name).join(', '),
    simulate(days, paths, seed) {
      const out: Float64Array[] = panel.series.map(() => new Float64Array(0));
      for (const { places, model } of parts) {
        model.simulate(days, paths, seed).forEach((values, k) => {
          out[places[k] ?? 0] = values;
        });
      }
      return out;
    },
  };
}
