import { isEventType, schemaOf, type EventData, type EventType } from '@guoku/contracts';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isInstant = (text: string) => INSTANT.test(text) && !Number.isNaN(Date.parse(text));
const isDay = (text: string) =>
  DAY.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

const ajv = new Ajv2020({
  strict: true,
  allErrors: false,
  formats: { uuid: UUID, date: isDay, 'date-time': isInstant },
});
const validators = new Map<EventType, ValidateFunction>();

function validatorOf(type: EventType): ValidateFunction {
  let validator = validators.get(type);
  if (!validator) {
    validator = ajv.compile(schemaOf(type));
    validators.set(type, validator);
  }
  return validator;
}

/** Whether the data have the shape that the contract gives to this type. */
export function isDataOf<Type extends EventType>(
  type: Type,
  data: unknown,
): data is EventData<Type> {
  return validatorOf(type)(data);
}

/** What the contract has against the data, in one sentence, or undefined. */
export function faultOf(type: string, data: unknown): string | undefined {
  if (!isEventType(type)) return `${type} is not in the contract`;
  const validator = validatorOf(type);
  if (validator(data)) return undefined;
  const [first] = validator.errors ?? [];
  return `data${first?.instancePath ?? ''} ${first?.message ?? 'is not valid'}`;
}
