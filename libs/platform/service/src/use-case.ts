import { applyDecorators, SetMetadata, type Type } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import {
  ApiBearerAuth,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiSecurity,
} from '@nestjs/swagger';
import type { Duty as DutyName } from './duties/duty.js';

export const DUTY_KEY = 'guoku:duty';
export const PUBLIC_KEY = 'guoku:public';
export const USE_CASE_KEY = 'guoku:use-case';
export const IF_MATCH_KEY = 'guoku:if-match';
export const ANSWER_KEY = 'guoku:answer';

/** gRPC service and method, such as `HoldService.Hold`; also the operationId of the REST twin. */
export type UseCaseId = `${string}Service.${string}`;

export interface UseCaseOptions {
  readonly summary: string;
  /** Shape of the answer; `[Shape]` for a list. */
  readonly answer?: Type<object> | readonly [Type<object>];
  /** Status where it went well: 201 where something is made, else 200. */
  readonly status?: 200 | 201;
  /** A file or a page has no gRPC twin; say so here, with the reason. */
  readonly restOnly?: string;
}

/** On a REST method: its name in the contract, its answer, its gRPC twin. */
export function UseCase(id: UseCaseId, options: UseCaseOptions): MethodDecorator {
  const { summary, answer, status = 200, restOnly } = options;
  const shape = isList(answer)
    ? { type: answer[0], isArray: true }
    : answer === undefined
      ? {}
      : { type: answer };
  return applyDecorators(
    SetMetadata(USE_CASE_KEY, id),
    SetMetadata(ANSWER_KEY, answer),
    ApiOperation({ operationId: id, summary }),
    ApiResponse({ status, description: summary, ...shape }),
    ...(restOnly === undefined ? [] : [ApiExtension('x-rest-only', restOnly)]),
  );
}

/** On the gRPC method of the same use case. */
export function GrpcUseCase(id: UseCaseId): MethodDecorator {
  const [service = '', method = ''] = id.split('.');
  return applyDecorators(SetMetadata(USE_CASE_KEY, id), GrpcMethod(service, method));
}

/** Any one of these duties opens the endpoint. Without @Duty and @PublicEndpoint it stays shut for everybody. */
export function Duty(...anyOf: readonly [DutyName, ...DutyName[]]): MethodDecorator {
  return applyDecorators(
    SetMetadata(DUTY_KEY, anyOf),
    ApiBearerAuth('oidc'),
    ApiExtension('x-duties', [...anyOf]),
  );
}

/** No token is asked for. Each one is on the list of the contract walker. */
export function PublicEndpoint(): MethodDecorator {
  return applyDecorators(SetMetadata(PUBLIC_KEY, true), ApiSecurity({}));
}

/** Changes something that has versions: `If-Match` must say which version was seen (missing 428, stale 412). */
export function IfMatch(): MethodDecorator {
  return applyDecorators(
    SetMetadata(IF_MATCH_KEY, true),
    ApiHeader({
      name: 'If-Match',
      required: true,
      description: 'ETag of the version that is changed, such as "3"',
      schema: { type: 'string' },
    }),
  );
}

function isList(answer: UseCaseOptions['answer']): answer is readonly [Type<object>] {
  return Array.isArray(answer);
}
