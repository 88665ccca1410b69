import { Money } from '@guoku/money';
import type { ShownRequest } from './books.js';
import { idOf, type MonthSample } from './month-sample.js';
import { REVIEWERS } from './set-up.js';
import { PEOPLE, type World } from './world.js';

const NEXT = { month: '2011-09', due: '2011-09-01', latest: '2011-09-30' };

/** What the month did not pay goes on in the next one, with its hold: each desk carries over what its units asked. */
export async function carryOver(
  world: World,
  sample: MonthSample,
  deskOf: ReadonlyMap<string, string>,
): Promise<void> {
  const treasurer = world.as(PEOPLE.treasurer);
  const month = sample.days[0]?.slice(0, 7) ?? '';
  const requests = await treasurer.all<ShownRequest & { agencyCode: string }>(
    'payment',
    `/v1/fund-requests?month=${month}`,
  );
  const open = requests.filter(
    ({ state, outstanding }) => state === 'held' && Money.of(outstanding).isPositive(),
  );
  world.say(`carrying over ${String(open.length)} requests to ${NEXT.month} 结转下月`);
  const desks = Map.groupBy(open, ({ agencyCode }) => deskOf.get(agencyCode) ?? '');
  for (const [desk, own] of [...desks].sort(([a], [b]) => (a < b ? -1 : 1)))
    await world.as(REVIEWERS[desk] ?? '').post('payment', '/v1/fund-requests/carry-over-batch', {
      atomic: true,
      lines: own.map(({ id, reference }) => ({
        id,
        ...NEXT,
        nextRequestId: idOf(`${reference ?? id} carried over`),
      })),
    });
  await world.until(
    'quota to hold what was carried over',
    () => treasurer.all<ShownRequest>('payment', `/v1/fund-requests?month=${NEXT.month}`),
    (all) => all.length >= open.length && all.every(({ state }) => state === 'held'),
  );
}
