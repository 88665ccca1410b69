import { bind, json } from './named-parameters.js';

const text = (sql: string, ...names: string[]) =>
  bind(sql, Object.fromEntries(names.map((name) => [name, name]))).text;

describe('named parameters', () => {
  it('gives each name one number, in the order of first use', () => {
    const { text, values } = bind('select :b, :a, :b', { a: 1, b: 'x' });
    expect(text).toBe('select $1, $2, $1');
    expect(values).toEqual(['x', 1]);
  });

  it.each([
    ['a cast', 'select :a::text', 'select $1::text'],
    ['a cast without space after a name', 'select x::date, :a', 'select x::date, $1'],
    ['quoted text', `select ':no', 'it''s :no', :a`, `select ':no', 'it''s :no', $1`],
    ['an escape string', `select E'\\':no', :a`, `select E'\\':no', $1`],
    ['text that ends in a backslash', `select 'c:\\', :a`, `select 'c:\\', $1`],
    ['a typed literal', `select type'\\', :a`, `select type'\\', $1`],
    ['a quoted name', 'select ":no", :a', 'select ":no", $1'],
    ['a dollar quote', 'do $x$ :no $$ :no $x$; select :a', 'do $x$ :no $$ :no $x$; select $1'],
    ['a dollar quote without tag', 'select $$:no$$, :a', 'select $$:no$$, $1'],
    ['a line comment', 'select :a -- :no\n, 1', 'select $1 -- :no\n, 1'],
    ['a nested block comment', "select /* :no /* ' */ :no */ :a", 'select   $1'],
    ['a block comment inside text', "select '/*', :a, '*/'", "select '/*', $1, '*/'"],
    ['an array slice', 'select x[1:2], :a', 'select x[1:2], $1'],
    ['a named argument', 'select f(x := :a)', 'select f(x := $1)'],
  ])('leaves %s alone', (_, sql, expected) => {
    expect(text(sql, 'a')).toBe(expected);
  });

  it('refuses a name without a value, and a value without a name', () => {
    expect(() => bind('select :a', {})).toThrow(':a has no value');
    expect(() => bind('select 1', { a: 1 })).toThrow('no parameter :a');
    expect(() => bind('select :constructor', {})).toThrow(':constructor has no value');
  });

  it('refuses numbers that no column can hold', () => {
    expect(() => bind('select :a', { a: Number.NaN })).toThrow('NaN');
  });

  it('sends instants, big numbers and JSON as text', () => {
    const at = new Date('2026-11-24T00:00:00Z');
    const { values } = bind('select :at, :big, :object', {
      at,
      big: 9007199254740993n,
      object: json({ amount: '1.10' }),
    });
    expect(values).toEqual(['2026-11-24T00:00:00.000Z', '9007199254740993', '{"amount":"1.10"}']);
  });
});
