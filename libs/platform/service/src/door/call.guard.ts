import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { allows, type Duty } from '../duties/duty.js';
import { refuse } from '../platform-refusals.js';
import { Refused } from '../refusal.js';
import { DUTY_KEY, IF_MATCH_KEY, PUBLIC_KEY } from '../use-case.js';
import { rememberCall } from './call-of.js';
import { headersOf, isDryRun, languageOf, versionOf } from './headers.js';
import { Tokens } from './tokens.js';

/** Lets nobody in without a token and one of the endpoint's duties; an endpoint that names none lets nobody in. */
@Injectable()
export class CallGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const handler = context.getHandler();
    if (this.reflector.get<boolean | undefined>(PUBLIC_KEY, handler) === true) return true;
    const headers = headersOf(context);
    const caller = await this.tokens.callerOf(headers('authorization'));
    const duties = this.reflector.get<readonly Duty[] | undefined>(DUTY_KEY, handler) ?? [];
    if (!allows(caller.duties, duties)) {
      throw new Refused(refuse('duty_missing', { values: { duties: duties.join(', ') } }));
    }
    const ifMatch = versionOf(headers('if-match'));
    const needsVersion = this.reflector.get<boolean | undefined>(IF_MATCH_KEY, handler) === true;
    if (needsVersion && ifMatch === null) throw new Refused(refuse('if_match_missing'));
    rememberCall(context, {
      caller,
      idempotencyKey: headers('idempotency-key') ?? null,
      dryRun: isDryRun(context, headers),
      language: languageOf(headers('accept-language')),
      ifMatch,
      transport: context.getType() === 'http' ? 'rest' : 'grpc',
    });
    return true;
  }
}
