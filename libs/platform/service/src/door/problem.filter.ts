import { Metadata } from '@grpc/grpc-js';
import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';
import type { Language } from '../caller.js';
import { Log } from '../log.js';
import { GRPC_STATUS, type Refused } from '../refusal.js';
import { currentTraceId } from '../trace.js';
import { languageOf } from './headers.js';
import { problemOf, refusedFrom, type Problem } from './problem.js';

interface Reply {
  readonly request: { readonly headers: { readonly 'accept-language'?: string } };
  readonly sent: boolean;
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body: string): Reply;
}

/** The one place where errors become answers: problem+json, or a gRPC status that carries the same document. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): Observable<never> | undefined {
    const refused = refusedFrom(error);
    // What is a bug or a dead machine is told in full here, and nowhere else.
    if (refused.refusal.http >= 500 && refused !== error)
      this.log.error(error, refused.refusal.code);
    if (host.getType() !== 'http') return this.grpc(refused, host);
    const reply = host.switchToHttp().getResponse<Reply>();
    if (reply.sent) return undefined;
    const language = languageOf(reply.request.headers['accept-language']);
    const problem = documentOf(refused, language);
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('content-language', language)
      .send(JSON.stringify(problem));
    return undefined;
  }

  private grpc(refused: Refused, host: ArgumentsHost): Observable<never> {
    const given = host.getArgByIndex<Metadata>(1).get('accept-language')[0];
    const language = languageOf(given?.toString());
    const problem = documentOf(refused, language);
    const metadata = new Metadata();
    metadata.set('guoku-code', problem.code);
    // Binary, since metadata is ASCII and the document may be Chinese.
    metadata.set('guoku-problem-bin', Buffer.from(JSON.stringify(problem)));
    const status = {
      code: GRPC_STATUS[refused.refusal.grpc],
      message: problem.detail,
      details: `${problem.code}: ${problem.detail}`,
      metadata,
    };
    return throwError(() => status);
  }
}

function documentOf(refused: Refused, language: Language): Problem {
  return problemOf(refused, language, currentTraceId() ?? 'none');
}
