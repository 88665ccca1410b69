import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFolder } from '../src/division-folder.js';
import { importBodies } from '../src/import-bodies.js';

const ROOT = join(import.meta.dirname, '../../..');
const SERVICES = ['quota', 'forecast'] as const;

test.each(SERVICES)('what %s is sent has the form that its contract asks for', async (service) => {
  const { folder } = await readFolder(join(ROOT, 'samples/us-august-2011/division'));
  const body = importBodies(folder)[service];
  const text = readFileSync(join(ROOT, `libs/contracts/openapi/${service}.json`), 'utf8');
  const { components } = JSON.parse(text);
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  const fits = ajv.compile({ $ref: '#/components/schemas/ImportDivisionDto', components });
  expect([fits(body), fits.errors]).toEqual([true, null]);

  const known = Object.keys(components.schemas.ImportDivisionDto.properties);
  expect(Object.keys(body).filter((name) => !known.includes(name))).toEqual([]);
});
