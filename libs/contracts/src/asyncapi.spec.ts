import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asyncApi } from './asyncapi.js';

const FILE = join(import.meta.dirname, '../asyncapi.json');

describe('the AsyncAPI document', () => {
  it('that is checked in is the one made from the contracts (UPDATE_CONTRACTS=1 writes it anew)', async () => {
    const made = `${JSON.stringify(asyncApi(), null, 2)}\n`;
    if (process.env['UPDATE_CONTRACTS'] === '1') await writeFile(FILE, made);
    expect(await readFile(FILE, 'utf8')).toBe(made);
  });

  it('refers only to channels and messages that it defines', () => {
    const document: Record<string, unknown> = asyncApi();
    const text = JSON.stringify(document);
    for (const [, path = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      let place: unknown = document;
      for (const step of path.split('/')) place = Object(place)[step];
      expect([path, place]).not.toEqual([path, undefined]);
    }
  });
});
