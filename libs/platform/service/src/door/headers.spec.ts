import { languageOf, versionOf } from './headers.js';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['zh', 'zh'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['en-US,en;q=0.9,zh;q=0.8', 'en'],
  ['fr,zh;q=0.3', 'zh'],
  ['en;q=0.2, zh;q=0.8', 'zh'],
  ['zh;q=0, en;q=0.1', 'en'],
  ['fr', 'en'],
  [';;;q=', 'en'],
])('Accept-Language %p is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});

test.each([
  [undefined, null],
  ['"3"', 3],
  ['W/"3"', 3],
  ['3', Number.NaN],
  ['*', Number.NaN],
  ['"3", "4"', Number.NaN],
])('If-Match %p is version %p', (header, version) => {
  expect(versionOf(header)).toBe(version);
});
