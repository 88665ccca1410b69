import {
  BoolField,
  CodeField,
  CodesField,
  DayField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  MoneyField,
  ObjectField,
  TextField,
} from './fields.js';
import { Money } from '@guoku/money';
import { read } from './door/fields.pipe.js';
import { Refused } from './refusal.js';

const described = { description: 'a field', optional: true };

class Inner {
  @IntField({ description: 'a number', min: -5, max: 5 })
  readonly number!: number;
}

class Shape {
  @IdField(described)
  readonly id?: string;

  @MoneyField({ ...described, min: '0.01' })
  readonly money?: Money;

  @DayField(described)
  readonly day?: string;

  @InstantField(described)
  readonly instant?: string;

  @CodeField({ ...described, pattern: /^[0-9]{3}$/, max: 3 })
  readonly code?: string;

  @TextField({ ...described, max: 3 })
  readonly text?: string;

  @IntField(described)
  readonly int?: number;

  @BoolField(described)
  readonly flag?: boolean;

  @EnumField(['one', 'two'], described)
  readonly choice?: string;

  @CodesField({ ...described, max: 2, among: ['a', 'b', 'c'] })
  readonly codes?: readonly string[];

  @ObjectField(() => Inner, described)
  readonly inner?: Inner;

  @ListField(() => Inner, { ...described, min: 1, max: 2 })
  readonly list?: readonly Inner[];
}

async function faults(value: object, place: 'body' | 'query' = 'body'): Promise<string[]> {
  try {
    await read(Shape, value, place);
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.faults.map((fault) => `${fault.pointer} ${fault.code}`);
  }
}

const id = '01890a5d-ac96-774b-bcce-b302099a8057';

test.each([
  [{ id, money: '0.01', day: '2024-02-29', instant: '2026-03-09T08:00:00.123456+08:00' }],
  [{ code: '123', text: '三个字', int: 0, flag: false, choice: 'two', codes: ['a', 'c'] }],
  [{ inner: { number: -5 }, list: [{ number: 5 }, { number: 0 }] }],
  [{ text: '𠮷野家', instant: '2026-03-09T08:00:00Z' }],
  [{ id: null, money: null, list: null }],
  [{}],
])('%j is taken', async (value) => {
  expect(await faults(value)).toEqual([]);
});

test.each([
  [{ id: id.toUpperCase() }, '#/id id_not_uuid'],
  [{ id: 7 }, '#/id wrong_type'],
  [{ money: '0.00' }, '#/money money_too_small'],
  [{ money: '1.5' }, '#/money money_not_canonical'],
  [{ money: '1e3.00' }, '#/money money_not_canonical'],
  [{ money: `1${'0'.repeat(18)}.00` }, '#/money money_too_large'],
  [{ money: 1.5 }, '#/money wrong_type'],
  [{ money: { fen: 5 } }, '#/money wrong_type'],
  [{ day: '2026-02-29' }, '#/day day_invalid'],
  [{ day: '2026-2-9' }, '#/day day_invalid'],
  [{ day: 20260309 }, '#/day wrong_type'],
  [{ instant: '2026-03-09' }, '#/instant instant_invalid'],
  [{ instant: '2026-03-09T08:00:00' }, '#/instant instant_invalid'],
  [{ instant: '2026-03-09T25:00:00Z' }, '#/instant instant_invalid'],
  [{ instant: '2026-02-30T08:00:00Z' }, '#/instant instant_invalid'],
  [{ code: '12a' }, '#/code pattern_mismatch'],
  [{ code: '1234' }, '#/code too_long'],
  [{ text: '' }, '#/text empty'],
  [{ text: '   ' }, '#/text empty'],
  [{ text: 'four' }, '#/text too_long'],
  [{ text: 'a\u0000' }, '#/text pattern_mismatch'],
  [{ text: 'a\ud800' }, '#/text pattern_mismatch'],
  [{ int: 1.5 }, '#/int wrong_type'],
  [{ int: '1' }, '#/int wrong_type'],
  [{ int: -1 }, '#/int below_min'],
  [{ int: 2 ** 31 }, '#/int above_max'],
  [{ flag: 'true' }, '#/flag wrong_type'],
  [{ flag: 1 }, '#/flag wrong_type'],
  [{ choice: 'three' }, '#/choice not_in_list'],
  [{ codes: 'a' }, '#/codes wrong_type'],
  [{ codes: ['a', 'd'] }, '#/codes not_in_list'],
  [{ codes: ['a', 'b', 'c'] }, '#/codes too_many'],
  [{ inner: [] }, '#/inner wrong_type'],
  [{ inner: 'x' }, '#/inner wrong_type'],
  [{ inner: {} }, '#/inner/number required'],
  [{ list: [] }, '#/list too_few'],
  [{ list: [{ number: 6 }] }, '#/list/0/number above_max'],
  [{ list: [null] }, '#/list wrong_type'],
  [{ list: [[]] }, '#/list wrong_type'],
  [{ constructor: 'x' }, '#/constructor unknown_field'],
  [{ toString: 'x' }, '#/toString unknown_field'],
  [{ 'a/b~c': 1 }, '#/a~1b~0c unknown_field'],
])('%j is refused: %s', async (value, fault) => {
  expect(await faults(value)).toEqual([fault]);
});

test('parameters of a query are text, and a single value may stand for a list', async () => {
  const query = { int: '5', flag: 'true', codes: 'a', money: '1.00', dryRun: 'true' };
  expect(await read(Shape, query, 'query')).toMatchObject({
    int: 5,
    flag: true,
    codes: ['a'],
    money: Money.of('1.00'),
  });
  expect(await faults({ int: '5x' }, 'query')).toEqual(['?int wrong_type']);
  expect(await faults({ int: '' }, 'query')).toEqual(['?int wrong_type']);
  expect(await faults({ flag: 'yes' }, 'query')).toEqual(['?flag wrong_type']);
});

test('every fault of a request is told, not only the first', async () => {
  const value = { id: 'x', money: '1', list: [{ number: 9 }, { more: 1 }] };
  expect((await faults(value)).sort()).toEqual([
    '#/id id_not_uuid',
    '#/list/0/number above_max',
    '#/list/1/more unknown_field',
    '#/list/1/number required',
    '#/money money_not_canonical',
  ]);
});
