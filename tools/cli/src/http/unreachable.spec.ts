import { AnswerTimeout } from './transport.js';
import { unreachable } from './unreachable.js';

const failure = (code: string): Error => Object.assign(new Error('it failed'), { code });

describe('no answer from a service', () => {
  it.each([
    [failure('ECONNREFUSED'), 'Nothing answers at http://127.0.0.1:8081. Is Handoff running? Start it with: npm start'],
    [failure('ENOTFOUND'), 'The host of http://127.0.0.1:8081 cannot be found. Check --url-intake or HANDOFF_INTAKE_URL.'],
    [failure('HPE_INVALID_CONSTANT'), 'What answers at http://127.0.0.1:8081 does not speak HTTP. Check --url-intake or HANDOFF_INTAKE_URL.'],
    [failure('ECONNRESET'), 'The connection to the intake service at http://127.0.0.1:8081 broke: it failed. See what is wrong with: npx handoff doctor'],
    [new AnswerTimeout('no answer within 10 s'), 'The intake service at http://127.0.0.1:8081 gave no answer within 10 s. See what is wrong with: npx handoff doctor'],
  ])('says for %s what happened and what to do', (error, sentence) => {
    expect(unreachable('intake', 'http://127.0.0.1:8081/v1/sources', error)).toMatchObject({ message: sentence, exitCode: 1, code: 'unreachable' });
  });
});
