import type { ExecutionContext } from '@nestjs/common';
import type { Call } from '../caller.js';

/** What the guard found out, kept beside the request so that no one else can forge it. */
const calls = new WeakMap<object, Call>();

export function rememberCall(context: ExecutionContext, call: Call): void {
  calls.set(requestOf(context), call);
}

export function callOf(context: ExecutionContext): Call {
  const call = calls.get(requestOf(context));
  if (call === undefined) throw new Error('this endpoint is public: it has no caller');
  return call;
}

/** The HTTP request, or the call of grpc-js (third argument of every gRPC handler). */
function requestOf(context: ExecutionContext): object {
  return context.getType() === 'http'
    ? context.switchToHttp().getRequest<object>()
    : context.getArgByIndex<object>(2);
}
