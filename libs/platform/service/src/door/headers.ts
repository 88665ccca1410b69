import type { ExecutionContext } from '@nestjs/common';
import type { Language } from '../caller.js';

/** Reads one header (HTTP) or one entry of the metadata (gRPC); names are lower case. */
export type Headers = (name: string) => string | undefined;

export function headersOf(context: ExecutionContext): Headers {
  if (context.getType() === 'http') {
    const request = context.switchToHttp().getRequest<HttpRequest>();
    return (name) => firstText(request.headers[name]);
  }
  const metadata = context.getArgByIndex<GrpcMetadata>(1);
  return (name) => firstText(metadata.get(name));
}

/** `?dryRun=true`, or `dry-run: true` in the metadata. */
export function isDryRun(context: ExecutionContext, headers: Headers): boolean {
  if (context.getType() !== 'http') return headers('dry-run') === 'true';
  return context.switchToHttp().getRequest<HttpRequest>().query['dryRun'] === 'true';
}

export interface HttpRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
}

interface GrpcMetadata {
  get(name: string): readonly (string | Buffer)[];
}

function firstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}

/** Officers' browsers say what they read; machines say nothing and are answered in English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((one) => /^\s*q=([0-9.]+)$/.exec(one)?.[1]).find(Boolean);
      return { tag: tag.split('-')[0], weight: Number(weight ?? 1) };
    })
    .filter(({ tag, weight }) => (tag === 'zh' || tag === 'en') && weight > 0)
    .sort((one, other) => other.weight - one.weight);
  return wanted[0]?.tag === 'zh' ? 'zh' : 'en';
}

/** `"3"` or `W/"3"`; null where nothing is said, NaN (which is never a version) where it is no ETag of ours. */
export function versionOf(ifMatch: string | undefined): number | null {
  if (ifMatch === undefined) return null;
  const digits = /^(?:W\/)?"([0-9]{1,15})"$/.exec(ifMatch)?.[1];
  return digits === undefined ? Number.NaN : Number(digits);
}
