import { Metadata } from '@grpc/grpc-js';
import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { Answer, Versioned } from '../outcome.js';
import { Refused } from '../refusal.js';

/** Puts an answer into the form of its transport: status, ETag and replay mark into headers or metadata. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    return next.handle().pipe(map((result) => shown(context, result)));
  }
}

function shown(context: ExecutionContext, result: unknown): unknown {
  if (result instanceof Versioned) {
    send(context, { etag: etagOf(result.version) });
    return result.value;
  }
  if (!(result instanceof Answer)) return result;
  const answer: Answer<unknown> = result;
  const headers = {
    ...(answer.version === null ? {} : { etag: etagOf(answer.version) }),
    ...(answer.replay ? { 'idempotent-replay': 'true' } : {}),
  };
  send(context, headers, answer.status);
  if (!answer.result.ok) throw new Refused(answer.result.refusal);
  return answer.result.body;
}

function etagOf(version: number): string {
  return `"${version}"`;
}

interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
}

interface GrpcCall {
  sendMetadata(metadata: Metadata): void;
}

function send(
  context: ExecutionContext,
  headers: Readonly<Record<string, string>>,
  status?: number,
): void {
  const entries = Object.entries(headers);
  if (context.getType() === 'http') {
    const reply = context.switchToHttp().getResponse<Reply>();
    if (status !== undefined) reply.status(status);
    for (const [name, value] of entries) reply.header(name, value);
    return;
  }
  if (entries.length === 0) return;
  const metadata = new Metadata();
  for (const [name, value] of entries) metadata.set(name, value);
  context.getArgByIndex<GrpcCall>(2).sendMetadata(metadata);
}
