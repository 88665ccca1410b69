import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { isDay } from '@guoku/calendar';
import { Money } from '@guoku/money';
import { Transform, Type } from 'class-transformer';
import { IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import type { Fault } from './faults.js';

/**
 * Fields of wire shapes: one decorator says what is accepted and what the OpenAPI document shows, so that the two
 * cannot part. The same classes serve REST and gRPC.
 */
export interface FieldOptions {
  readonly description: string;
  /** May be missing (or null) in a request. */
  readonly optional?: boolean;
  /** May be null in an answer. */
  readonly nullable?: boolean;
}

/** Says what is wrong with a value that is present, or undefined. */
type Rule = (value: unknown) => Fault | undefined;

/** What a query or path parameter, which is always text, has to become before the rules look at it. */
export type Coercion = 'int' | 'bool' | 'list';
const coercions = Symbol('guoku:coercions');

/** Which members of a shape are not text, for parameters that come as text. */
export function coercionsOf(prototype: unknown): Readonly<Record<string, Coercion>> {
  if (typeof prototype !== 'object' || prototype === null) return {};
  const found: unknown = Reflect.getMetadata(coercions, prototype);
  return isCoercions(found) ? found : {};
}

function isCoercions(found: unknown): found is Record<string, Coercion> {
  return typeof found === 'object' && found !== null;
}

function coerced(coercion: Coercion): PropertyDecorator {
  return (target, member) => {
    const known = coercionsOf(target);
    Reflect.defineMetadata(coercions, { ...known, [String(member)]: coercion }, target);
  };
}

const members = Symbol('members');

interface Member {
  readonly name: string;
  readonly nested: (() => Shape) | null;
}

/** Fields of a shape in the order of its class; those of a nested one with their path, such as `reason.code`. */
export function columnsOf(shape: Shape): readonly string[] {
  return membersOf(shape.prototype).flatMap(({ name, nested }) =>
    nested === null ? [name] : columnsOf(nested()).map((below) => `${name}.${below}`),
  );
}

function membersOf(prototype: unknown): readonly Member[] {
  if (typeof prototype !== 'object' || prototype === null) return [];
  const found: unknown = Reflect.getMetadata(members, prototype);
  return isMembers(found) ? found : [];
}

function isMembers(found: unknown): found is readonly Member[] {
  return Array.isArray(found);
}

function member(nested: Member['nested']): PropertyDecorator {
  return (target, name) => {
    const known = [...membersOf(target), { name: String(name), nested }];
    Reflect.defineMetadata(members, known, target);
  };
}

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A UUID in lower case; ours are version 7. */
export function IdField(options: FieldOptions): PropertyDecorator {
  return field(options, { type: String, format: 'uuid' }, (value) => {
    if (typeof value !== 'string') return wrongType('text');
    return idForm.test(value) ? undefined : { code: 'id_not_uuid' };
  });
}

/** An amount as text with two decimals; arrives as `Money`. `min` is text as well, such as '0.01'. */
export function MoneyField(options: FieldOptions & { readonly min?: string }): PropertyDecorator {
  const min = options.min === undefined ? undefined : Money.of(options.min);
  const shape = { type: String, pattern: '^-?(0|[1-9][0-9]{0,17})\\.[0-9]{2}$', example: '12.30' };
  const rule: Rule = (value) => {
    if (value instanceof Money) {
      const tooSmall = min !== undefined && value.compare(min) < 0;
      return tooSmall ? { code: 'money_too_small', limit: min.toString() } : undefined;
    }
    if (typeof value !== 'string') return wrongType('text');
    const reading = Money.parse(value);
    const tooLarge = !reading.ok && reading.fault === 'too_large';
    return { code: tooLarge ? 'money_too_large' : 'money_not_canonical' };
  };
  const arrives = Transform(({ value }: { value: unknown }) => {
    const reading = Money.parse(value);
    return reading.ok ? reading.money : value;
  });
  return applyDecorators(arrives, field(options, shape, rule));
}

/** A day of the calendar; arrives as `Day`. */
export function DayField(options: FieldOptions): PropertyDecorator {
  return field(options, { type: String, format: 'date' }, (value) => {
    if (typeof value !== 'string') return wrongType('text');
    return isDay(value) ? undefined : { code: 'day_invalid' };
  });
}

const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** An instant with offset, RFC 3339; arrives as the text that it is. */
export function InstantField(options: FieldOptions): PropertyDecorator {
  return field(options, { type: String, format: 'date-time' }, (value) => {
    if (typeof value !== 'string') return wrongType('text');
    const exists = instantForm.test(value) && isDay(value.slice(0, 10));
    return exists && !Number.isNaN(Date.parse(value)) ? undefined : { code: 'instant_invalid' };
  });
}

/** A code of a code table, a number of a document: printable ASCII without spaces by default. */
export function CodeField(
  options: FieldOptions & { readonly pattern?: RegExp; readonly max?: number },
): PropertyDecorator {
  const { pattern = /^[\x21-\x7e]+$/, max = 64 } = options;
  const shape = { type: String, pattern: pattern.source, maxLength: max };
  return field(options, shape, (value) => {
    if (typeof value !== 'string') return wrongType('text');
    if (value.length > max) return { code: 'too_long', limit: String(max) };
    return pattern.test(value) ? undefined : { code: 'pattern_mismatch', limit: pattern.source };
  });
}

/** Text for people, at most `max` characters, without control characters. */
export function TextField(options: FieldOptions & { readonly max?: number }): PropertyDecorator {
  const { max = 200 } = options;
  return field(options, { type: String, minLength: 1, maxLength: max }, (value) => {
    if (typeof value !== 'string') return wrongType('text');
    if (value.trim() === '') return { code: 'empty' };
    if ([...value].length > max) return { code: 'too_long', limit: String(max) };
    const printable = /^[^\p{Cc}\p{Cs}]*$/u.test(value.replace(/[\n\t]/g, ''));
    return printable ? undefined : { code: 'pattern_mismatch', limit: 'printable text' };
  });
}

export function IntField(
  options: FieldOptions & { readonly min?: number; readonly max?: number },
): PropertyDecorator {
  const { min = 0, max = 2_147_483_647 } = options;
  const shape = { type: 'integer', minimum: min, maximum: max } as const;
  const rule: Rule = (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType('a whole number');
    if (value < min) return { code: 'below_min', limit: String(min) };
    return value > max ? { code: 'above_max', limit: String(max) } : undefined;
  };
  return applyDecorators(coerced('int'), field(options, shape, rule));
}

export function BoolField(options: FieldOptions): PropertyDecorator {
  const rule: Rule = (value) =>
    typeof value === 'boolean' ? undefined : wrongType('true or false');
  return applyDecorators(coerced('bool'), field(options, { type: Boolean }, rule));
}

/** One of a closed list of texts. */
export function EnumField(allowed: readonly string[], options: FieldOptions): PropertyDecorator {
  return field(options, { type: String, enum: [...allowed] }, (value) => {
    if (typeof value !== 'string') return wrongType('text');
    if (allowed.includes(value)) return undefined;
    return { code: 'not_in_list', limit: allowed.join(', ') };
  });
}

/** The order of a list: one of its columns, or with `-` in front the other way round. */
export function SortField(columns: readonly string[], usual: string): PropertyDecorator {
  const allowed = columns.flatMap((column) => [column, `-${column}`]);
  const description = `order, by ${usual} if missing; - in front: the other way round`;
  return EnumField(allowed, { description, optional: true });
}

export type Shape = new () => object;

/** A nested shape. */
export function ObjectField(shape: () => Shape, options: FieldOptions): PropertyDecorator {
  const rule: Rule = (value) => (isPlain(value) ? undefined : wrongType('an object'));
  const nested = [Type(shape), ValidateNested()];
  // Nest takes a function for a lazy type by its name, which must be `type`.
  return applyDecorators(...nested, field(options, { type: () => shape() }, rule, shape));
}

export interface ListOptions extends FieldOptions {
  readonly min?: number;
  /** 1000 where not said; nothing on a wire is without limit. */
  readonly max?: number;
}

/** A list of nested shapes. */
export function ListField(shape: () => Shape, options: ListOptions): PropertyDecorator {
  const rule = listRule(options, (item) => (isPlain(item) ? undefined : wrongType('objects')));
  const nested = [Type(shape), ValidateNested({ each: true })];
  return applyDecorators(
    ...nested,
    field(options, { type: () => shape(), ...items(options) }, rule),
  );
}

/** A list of codes; in a query the parameter is repeated. */
export function CodesField(
  options: ListOptions & { readonly among?: readonly string[] },
): PropertyDecorator {
  const { among } = options;
  const rule = listRule(options, (item) => {
    if (typeof item !== 'string') return wrongType('texts');
    if (item === '' || item.length > 64) return { code: 'too_long', limit: '64' };
    if (among === undefined || among.includes(item)) return undefined;
    return { code: 'not_in_list', limit: among.join(', ') };
  });
  const shape = { type: String, ...items(options), ...(among && { enum: [...among] }) };
  return applyDecorators(coerced('list'), field(options, shape, rule));
}

function items({ min = 0, max = 1000 }: ListOptions) {
  return { isArray: true, minItems: min, maxItems: max } as const;
}

function listRule({ min = 0, max = 1000 }: ListOptions, ofItem: Rule): Rule {
  return (value) => {
    if (!Array.isArray(value)) return wrongType('a list');
    if (value.length < min) return { code: 'too_few', limit: String(min) };
    if (value.length > max) return { code: 'too_many', limit: String(max) };
    for (const item of value) {
      const fault = ofItem(item);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

function field(
  options: FieldOptions,
  shape: ApiPropertyOptions,
  rule: Rule,
  nested: Member['nested'] = null,
): PropertyDecorator {
  const { description, optional = false, nullable = false } = options;
  const whole: Rule = (value) => {
    if (value === undefined || value === null) return optional ? undefined : { code: 'required' };
    return rule(value);
  };
  const validate = ValidateBy({
    name: 'field',
    validator: {
      validate: (value: unknown) => whole(value) === undefined,
      // The fault travels as the message; the door puts it into the caller's language.
      defaultMessage: (args) => JSON.stringify(whole(args?.value)),
    },
  });
  const document = ApiProperty(
    Object.assign({}, shape, { description, required: !optional, nullable }),
  );
  return applyDecorators(validate, document, member(nested), ...(optional ? [IsOptional()] : []));
}

function wrongType(limit: string): Fault {
  return { code: 'wrong_type', limit };
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
