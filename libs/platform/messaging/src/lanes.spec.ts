import { byKey, progressOf } from './lanes.js';

const deliveries = ['a', 'b', 'a', 'c'].map((key, n) => ({
  key,
  value: '',
  offset: BigInt(10 + n),
}));

it('a lane holds the deliveries of one key in their order', () => {
  const lanes = byKey(deliveries).map((lane) => lane.map(({ offset }) => offset));
  expect(lanes).toEqual([[10n, 12n], [11n], [13n]]);
});

it('only an unbroken row of finished deliveries is committed, each row once', () => {
  const progress = progressOf(deliveries);
  progress.done(11n);
  progress.done(13n);
  expect(progress.next()).toBeUndefined();
  progress.done(10n);
  expect(progress.next()).toBe(11n);
  expect(progress.next()).toBeUndefined();
  progress.done(12n);
  expect(progress.next()).toBe(13n);
});
