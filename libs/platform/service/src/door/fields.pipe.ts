import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { textOfFault, type Fault } from '../faults.js';
import { coercionsOf, type Coercion } from '../fields.js';
import { refuse } from '../platform-refusals.js';
import { Refused, type FieldFault } from '../refusal.js';

type Place = 'body' | 'query' | 'param';

/** Reads bodies, queries, paths and gRPC messages into their classes; fields that these do not have are refused. */
@Injectable()
export class FieldsPipe implements PipeTransform {
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom' || metatype === undefined || isBuiltIn(metatype)) return value;
    return read(metatype, value ?? {}, type);
  }
}

/** Reads one shape. Throws Refused `fields_invalid` with every fault. */
export async function read<Shape extends object>(
  shape: new () => Shape,
  value: unknown,
  place: Place,
): Promise<Shape> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fieldsInvalid([faultAt(place, [], { code: 'wrong_type', limit: 'an object' })]);
  }
  const given = place === 'body' ? value : fromText(coercionsOf(shape.prototype), value, place);
  const hidden = hiddenNames(given, []);
  if (hidden.length > 0) {
    throw fieldsInvalid(hidden.map((path) => faultAt(place, path, { code: 'unknown_field' })));
  }
  const instance = plainToInstance(shape, given);
  const errors = await validate(instance, { whitelist: true, forbidNonWhitelisted: true });
  if (errors.length > 0) throw fieldsInvalid(errors.flatMap((error) => faultsOf(place, [], error)));
  return instance;
}

/** Names that every object has (`constructor`, `toString`): class-transformer passes over them without a word. */
function hiddenNames(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const below = [...path, name];
    return name in Object.prototype ? [below] : hiddenNames(member, below);
  });
}

function fieldsInvalid(faults: readonly FieldFault[]): Refused {
  return new Refused(refuse('fields_invalid'), faults);
}

/** Parameters are always text, and a repeated one with a single value is not yet a list. */
function fromText(
  coercions: Readonly<Record<string, Coercion>>,
  parameters: object,
  place: Place,
): object {
  const entries = Object.entries(parameters).filter(
    // Part of the call, not of the filters.
    ([name]) => place !== 'query' || name !== 'dryRun',
  );
  return Object.fromEntries(
    entries.map(([name, given]: [string, unknown]) => [name, fromOneText(coercions[name], given)]),
  );
}

function fromOneText(coercion: Coercion | undefined, given: unknown): unknown {
  if (coercion === 'list' && typeof given === 'string') return [given];
  if (coercion === 'int' && typeof given === 'string' && /^-?[0-9]{1,15}$/.test(given)) {
    return Number(given);
  }
  if (coercion === 'bool' && (given === 'true' || given === 'false')) return given === 'true';
  return given;
}

function faultsOf(place: Place, above: readonly string[], error: ValidationError): FieldFault[] {
  const path = [...above, error.property];
  const own = Object.entries(error.constraints ?? {})
    .map(([constraint, message]) => faultOf(constraint, message))
    .filter((fault) => fault !== undefined)
    .map((fault) => faultAt(place, path, fault));
  if (own.length > 0) return own;
  return (error.children ?? []).flatMap((child) => faultsOf(place, path, child));
}

function faultOf(constraint: string, message: string): Fault | undefined {
  if (constraint === 'whitelistValidation') return { code: 'unknown_field' };
  // Says of a nested shape only that it is none, which the field's own rule says better.
  if (constraint !== 'field') return undefined;
  const fault: unknown = JSON.parse(message);
  return isFault(fault) ? fault : undefined;
}

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'code' in value;
}

function faultAt(place: Place, path: readonly string[], fault: Fault): FieldFault {
  const escaped = path.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'));
  const pointer = {
    body: `#${escaped.map((part) => `/${part}`).join('')}`,
    query: `?${path.join('.')}`,
    param: `:${path.join('.')}`,
  }[place];
  return { pointer, code: fault.code, detail: textOfFault(fault) };
}

function isBuiltIn(type: ArgumentMetadata['metatype']): boolean {
  return [String, Boolean, Number, Array, Object, Buffer].some((builtIn) => builtIn === type);
}
