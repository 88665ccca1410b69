import { pipeline, Readable } from 'node:stream';
import {
  Injectable,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { stringify } from 'csv-stringify';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import { columnsOf, type Shape } from '../fields.js';
import type { Page } from '../pages.js';
import { itemOfPage } from '../shapes.js';
import { ANSWER_KEY, USE_CASE_KEY } from '../use-case.js';

/** The largest page that a list gives. */
const LIMIT = '500';

interface Request {
  readonly headers: Readonly<Record<string, string | undefined>>;
  query: Record<string, unknown>;
}

/**
 * A list that is asked for with `Accept: text/csv` comes whole, from its filters and in its order, as a file for a
 * spreadsheet: the handler is asked for one page after the other while the file is written.
 */
@Injectable()
export class CsvInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<Page<object>>): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const item = itemOfPage(this.reflector.get<object>(ANSWER_KEY, context.getHandler()));
    const request = context.switchToHttp().getRequest<Request>();
    if (item === undefined || request.headers['accept']?.includes('text/csv') !== true) {
      return next.handle();
    }
    const useCase = this.reflector.get<string>(USE_CASE_KEY, context.getHandler());
    return defer(() => fileOf(item, useCase, request, next));
  }
}

async function fileOf(
  item: Shape,
  useCase: string,
  request: Request,
  next: CallHandler<Page<object>>,
): Promise<StreamableFile> {
  const read = (more: Record<string, string>): Promise<Page<object>> => {
    request.query = { ...request.query, limit: LIMIT, ...more };
    return lastValueFrom(next.handle());
  };
  // What refuses the list refuses it before anything is written.
  const first = await read({});
  const columns = columnsOf(item);
  const csv = stringify({ bom: true, header: true, columns: [...columns] });
  pipeline(Readable.from(rowsOf(first, read, columns)), csv, () => undefined);
  const name = useCase
    .replace('Service.List', '')
    .replace(/\B[A-Z]/g, '-$&')
    .toLowerCase();
  return new StreamableFile(csv, {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}

async function* rowsOf(
  first: Page<object>,
  read: (more: Record<string, string>) => Promise<Page<object>>,
  columns: readonly string[],
): AsyncGenerator<string[]> {
  let page = first;
  for (;;) {
    for (const item of page.items) yield columns.map((column) => cellOf(item, column.split('.')));
    if (page.nextCursor === null) return;
    page = await read({ cursor: page.nextCursor });
  }
}

/** Lists stand in their cell as JSON. */
function cellOf(value: unknown, [name, ...below]: readonly string[]): string {
  if (value === undefined || value === null) return '';
  if (name !== undefined) {
    return cellOf(Object.entries(value).find(([key]) => key === name)?.[1], below);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // A spreadsheet would compute such a text; amounts below zero are numbers.
  return /^[=+@\t\r]|^-(?!\d+\.\d\d$)/.test(text) ? `'${text}` : text;
}
