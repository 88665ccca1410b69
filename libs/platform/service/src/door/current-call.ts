import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Call, Caller } from '../caller.js';
import { callOf } from './call-of.js';

/** The call, the same for REST and gRPC. Only behind the guard: there is always a caller. */
export const CurrentCall = createParamDecorator(
  (_nothing: unknown, context: ExecutionContext): Call => callOf(context),
);

export const CurrentCaller = createParamDecorator(
  (_nothing: unknown, context: ExecutionContext): Caller => callOf(context).caller,
);
