import { reservedKeyProblem } from './reserved-key.js';

describe('a key that no field can have', () => {
  it.each<[string, string | undefined]>([
    ['{"area":{"constructor":1}}', '/area/constructor'], ['{"labels":[{"__proto__":{}}]}', '/labels/0/__proto__'], ['{"constructor":null}', '/constructor'], ['{"area":"constructor"}', undefined], ['[]', undefined], ['{"toString":1,"prototype":{"a":2}}', undefined],
  ])('in %s is at %s', (body, field) => {
    expect(reservedKeyProblem(JSON.parse(body) as object)?.field).toBe(field);
  });
});
