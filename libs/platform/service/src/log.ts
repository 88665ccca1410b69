import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import type { Config } from './config.js';
import { currentTraceId } from './trace.js';

export interface AnsweredCall {
  readonly transport: 'rest' | 'grpc';
  readonly operation: string;
  readonly status: number;
  readonly tookMs: number;
}

/** JSON lines on standard output, each with the service and the trace of the call it belongs to. */
@Injectable()
export class Log implements LoggerService {
  private readonly pino: Logger;

  constructor(config: Pick<Config, 'service' | 'logLevel'>) {
    this.pino = pino({
      level: config.logLevel,
      base: { service: config.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => {
        const traceId = currentTraceId();
        return traceId === undefined ? {} : { traceId };
      },
      redact: ['authorization', '*.authorization', '*.password'],
    });
  }

  /** One line per call; what probes ask every second is told at debug level only. */
  call(call: AnsweredCall): void {
    const level = /\/(health|ready|metrics)$/.test(call.operation) ? 'debug' : 'info';
    this.pino[level]({ ...call, tookMs: Math.round(call.tookMs * 100) / 100 }, 'call');
  }

  info(message: string, figures: object = {}): void {
    this.pino.info(figures, message);
  }

  log(message: unknown, context?: unknown): void {
    this.pino.debug({ context }, String(message));
  }

  /** @param problem text, or what was thrown; a stack is of no use where it goes on by itself */
  warn(problem: unknown, context?: unknown): void {
    this.pino.warn({ context }, problem instanceof Error ? problem.message : String(problem));
  }

  /** @param error whatever was thrown; its stack goes to the log only */
  error(error: unknown, context?: unknown): void {
    this.pino.error(
      { err: error, context },
      error instanceof Error ? error.message : String(error),
    );
  }
}
