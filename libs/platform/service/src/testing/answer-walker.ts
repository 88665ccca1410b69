import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Asked, Doors } from './doors.js';

export interface AnswerWalk {
  readonly doors: Doors;
  readonly openApi: OpenAPIObject;
  /** A token with every duty, in the division of the examples. */
  readonly token: string;
  readonly examples: Readonly<Record<string, readonly Asked[]>>;
  readonly ifMatch?: number;
}

/**
 * Asks every example (commands as dry runs) and names the answers that are not what the OpenAPI document promises: no
 * less, no more.
 */
export async function walkAnswers(walk: AnswerWalk): Promise<readonly string[]> {
  const { doors, openApi, token, examples, ifMatch } = walk;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(closed(openApi), 'openapi');
  const findings: string[] = [];
  for (const { useCase, method, path, isPublic, restOnly } of doors.endpoints) {
    if (isPublic || restOnly !== null) continue;
    for (const asked of examples[useCase] ?? []) {
      const options = { token, dryRun: true, ...(ifMatch === undefined ? {} : { ifMatch }) };
      const reply = await doors.rest(useCase, asked, options);
      const place = reply.ok ? `${String(reply.status)}/content/application~1json` : problemPlace;
      const pointer = [path, method.toLowerCase(), 'responses'].map(escaped).join('/');
      const check = ajv.getSchema(`openapi#/paths/${pointer}/${place}/schema`);
      if (check === undefined)
        findings.push(`${useCase}: no schema for status ${String(reply.status)}`);
      else if (check(reply.body) !== true)
        findings.push(`${useCase}: ${ajv.errorsText(check.errors)}`);
    }
  }
  return findings;
}

/** The same document, in which no shape may have a member that it does not name; only problem documents carry more. */
function closed(openApi: OpenAPIObject): object {
  const shapes = Object.entries(openApi.components?.schemas ?? {}).map(([name, shape]) => {
    const isOpen = name.startsWith('Problem') || !('properties' in shape);
    return [name, isOpen ? shape : { additionalProperties: false, ...shape }] as const;
  });
  return { ...openApi, components: { ...openApi.components, schemas: Object.fromEntries(shapes) } };
}

const problemPlace = 'default/content/application~1problem+json';

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
