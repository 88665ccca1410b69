// What the processes of the bench tell one another.
import type { EventType } from '@guoku/contracts';

export const TYPE = 'guoku.fund-request.submitted.v1' satisfies EventType;
export const DIVISION = '990001000';
export const CONSUMER = 'bench';

export interface Start {
  readonly url: string;
  readonly brokers: string;
}

export interface Load {
  readonly ratePerSecond: number;
  readonly seconds: number;
}

export interface Usage {
  readonly residentMb: number;
  readonly cpuMs: number;
}

export function usageNow(): Usage {
  const { user, system } = process.cpuUsage();
  return {
    residentMb: Math.round(process.memoryUsage.rss() / 1e6),
    cpuMs: Math.round((user + system) / 1000),
  };
}

function fieldsOf(message: unknown): Map<string, unknown> {
  return new Map(typeof message === 'object' && message ? Object.entries(message) : []);
}

export function isStart(message: unknown): message is Start {
  return fieldsOf(message).has('brokers');
}

export function isLoad(message: unknown): message is Load {
  return fieldsOf(message).has('ratePerSecond');
}

export function isUsage(message: unknown): message is Usage {
  return fieldsOf(message).has('residentMb');
}
