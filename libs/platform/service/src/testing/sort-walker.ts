import type { OpenAPIObject } from '@nestjs/swagger';
import type { Asked, Doors } from './doors.js';

export interface SortWalk {
  readonly doors: Doors;
  readonly openApi: OpenAPIObject;
  /** A token with every duty. */
  readonly token: string;
  readonly examples: Readonly<Record<string, Asked>>;
}

/** Enough to tell an order, of a list that may be long. */
const ITEMS_MAX = 12;

/**
 * Reads every list page by page in each order that its contract offers, and says which one is out of order, gives an
 * item twice, or comes otherwise when it is asked for the other way round.
 *
 * @returns findings, and the lists that were walked
 */
export async function walkSorts(walk: SortWalk) {
  const findings: string[] = [];
  const walked: string[] = [];
  for (const { useCase, method, path } of walk.doors.endpoints) {
    if (method !== 'GET') continue;
    const orders = ordersOf(walk.openApi, path);
    if (orders.length === 0) continue;
    walked.push(useCase);
    for (const order of orders.filter((each) => !each.startsWith('-'))) {
      const up = await read(walk, useCase, order);
      const down = await read(walk, useCase, `-${order}`);
      findings.push(
        ...faultsOf(order, up, down).map((fault) => `${useCase}?sort=${order}: ${fault}`),
      );
    }
  }
  return { findings, walked };
}

function faultsOf(order: string, up: readonly object[], down: readonly object[]): string[] {
  const texts = up.map((item) => JSON.stringify(item));
  const faults: string[] = [];
  if (up.length < 2) faults.push('too few items to tell an order');
  if (new Set(texts).size !== texts.length) faults.push('an item comes twice');
  if (!isAscending(up.map((item) => memberOf(item, order)))) faults.push('not ascending');
  if (!isAscending(down.map((item) => memberOf(item, order)).toReversed())) {
    faults.push('not descending the other way round');
  }
  const whole = up.length < ITEMS_MAX;
  const mirrored = down.map((item) => JSON.stringify(item)).toReversed();
  if (whole && mirrored.join() !== texts.join())
    faults.push('the other way round is not its mirror');
  return faults;
}

async function read({ doors, examples, token }: SortWalk, useCase: string, sort: string) {
  const items: object[] = [];
  const { path = {}, query: filters = {} } = examples[useCase] ?? {};
  let cursor: unknown = '';
  while (typeof cursor === 'string' && items.length < ITEMS_MAX) {
    const query = { ...filters, limit: 1, sort, ...(cursor === '' ? {} : { cursor }) };
    const { body } = await doors.rest(useCase, { path, query }, { token });
    const page = pageOf(body);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

function pageOf(body: unknown): {
  readonly items: readonly object[];
  readonly nextCursor: unknown;
} {
  if (typeof body !== 'object' || body === null || !('items' in body) || !('nextCursor' in body)) {
    throw new Error(`no page: ${JSON.stringify(body)}`);
  }
  const { items, nextCursor } = body;
  return { items: Array.isArray(items) ? items.map(Object) : [], nextCursor };
}

/** Amounts by size, all else as text; an order that is no member (`rank`) only has its mirror. */
function isAscending(values: readonly unknown[]): boolean {
  const known = values.filter((value) => value !== undefined).map(String);
  const amounts = known.every((value) => /^-?\d+\.\d\d$/.test(value));
  return known.every((value, at) => {
    const last = known[at - 1];
    if (last === undefined) return true;
    return amounts
      ? BigInt(last.replace('.', '')) <= BigInt(value.replace('.', ''))
      : last <= value;
  });
}

function memberOf(item: object, name: string): unknown {
  return Object.entries(item).find(([key]) => key === name)?.[1];
}

function ordersOf({ paths }: OpenAPIObject, path: string): readonly string[] {
  for (const parameter of paths[path]?.get?.parameters ?? []) {
    if (!('name' in parameter) || parameter.name !== 'sort') continue;
    const { schema } = parameter;
    const offered: readonly unknown[] =
      (schema !== undefined && 'enum' in schema && schema.enum) || [];
    return offered.map(String);
  }
  return [];
}
