import * as forecast from './events/forecast.js';
import * as payment from './events/payment.js';
import * as quota from './events/quota.js';
import * as revenue from './events/revenue.js';
import type { JsonSchema, ValueOf } from './schema.js';
import { topicOfService, type EventTopic, type ServiceName } from './topics.js';

/**
 * Every event of guoku: who publishes it and the shape of its data. Closed: what is not here is not published, and a
 * consumer that meets an unknown type skips it. A change that is not an added optional field is a new type (`.v2`).
 */
export const EVENTS = {
  'guoku.quota.allotted.v1': { service: 'quota', data: quota.allotted },
  'guoku.quota.held.v1': { service: 'quota', data: quota.held },
  'guoku.quota.refused.v1': { service: 'quota', data: quota.refused },
  'guoku.quota.released.v1': { service: 'quota', data: quota.released },
  'guoku.quota.spent.v1': { service: 'quota', data: quota.spent },
  'guoku.quota.returned.v1': { service: 'quota', data: quota.returned },
  'guoku.revenue.collected.v1': { service: 'revenue', data: revenue.collected },
  'guoku.revenue.received.v1': { service: 'revenue', data: revenue.received },
  'guoku.statement.received.v1': { service: 'forecast', data: forecast.statementReceived },
  'guoku.forecast.published.v1': { service: 'forecast', data: forecast.published },
  'guoku.fund-request.submitted.v1': { service: 'payment', data: payment.requestSubmitted },
  'guoku.fund-request.withdrawn.v1': { service: 'payment', data: payment.requestWithdrawn },
  'guoku.fund-request.carried-over.v1': { service: 'payment', data: payment.requestCarriedOver },
  'guoku.plan.approved.v1': { service: 'payment', data: payment.planApproved },
  'guoku.payment.instructed.v1': { service: 'payment', data: payment.instructed },
  'guoku.payment.recalled.v1': { service: 'payment', data: payment.recalled },
  'guoku.payment.settled.v1': { service: 'payment', data: payment.settled },
  'guoku.payment.returned.v1': { service: 'payment', data: payment.paymentReturned },
  'guoku.business-day.opened.v1': { service: 'payment', data: payment.businessDay },
  'guoku.business-day.cut-off.v1': { service: 'payment', data: payment.businessDay },
  'guoku.business-day.closed.v1': { service: 'payment', data: payment.businessDay },
} as const;

export type EventType = keyof typeof EVENTS;
export type EventData<Type extends EventType> = ValueOf<(typeof EVENTS)[Type]['data']>;

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENTS, type);
}

export function serviceOf(type: EventType): ServiceName {
  return EVENTS[type].service;
}

export function topicOf(type: EventType): EventTopic {
  return topicOfService(serviceOf(type));
}

/** JSON Schema (draft 2020-12) of the event's `data`. */
export function schemaOf(type: EventType): JsonSchema {
  return EVENTS[type].data.json;
}
