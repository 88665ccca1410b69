import { dayOf } from '@guoku/calendar';
import { faultOfDelegation } from './delegation.js';

const [monday, tuesday] = [dayOf('2026-12-07'), dayOf('2026-12-08')];
const away = { from: 'director-1', to: 'deputy-1', firstDay: monday, lastDay: tuesday };
const director = { person: 'director-1', administers: false };
const administrator = { person: 'administrator-1', administers: true };

test.each<[string, object, typeof director, string | null]>([
  ['gives away what is one’s own', {}, director, null],
  ['is recorded by the administrator for who cannot', {}, administrator, null],
  [
    'is not made by who gains from it',
    {},
    { ...director, person: 'deputy-1' },
    'not_own_delegation',
  ],
  [
    'nor by the administrator to themselves',
    { to: 'administrator-1' },
    administrator,
    'not_own_delegation',
  ],
  ['is to another', { to: 'director-1' }, director, 'delegation_to_oneself'],
  ['ends after it begins', { lastDay: dayOf('2026-12-06') }, director, 'delegation_days_reversed'],
  ['is not for days that are over', { lastDay: monday }, director, 'delegation_past'],
])('a delegation %s', (_what, change, by, fault) => {
  expect(faultOfDelegation({ ...away, ...change }, by, tuesday)).toBe(fault);
});
