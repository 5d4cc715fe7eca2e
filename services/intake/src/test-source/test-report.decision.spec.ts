import { standardWebhooksAdapter } from '../adapters/standard-webhooks/standard-webhooks.adapter.js';
import { aSource } from '../sources/source.store.contract.js';
import { answerSteps, obstacleOf, type Posted, signStep, sourceStep } from './test-report.decision.js';

const URL = '/v1/sources/desk/webhooks';
const { testWebhook: _testWebhook, ...unsignable } = { ...standardWebhooksAdapter, title: 'Harbor Desk', secret: null };

describe('the report of a test', () => {
  it('says what it found of the source, and what it cannot test', () => {
    expect(sourceStep(aSource(), standardWebhooksAdapter).text).toBe("The source 'desk' is there, for Standard Webhooks.");
    const { isOk, text } = sourceStep(aSource({ pausedAt: '2026-11-02T08:00:00.000Z', allowedAddresses: ['203.0.113.0/24'] }), standardWebhooksAdapter);
    expect([isOk, text]).toEqual([true, expect.stringMatching(/paused since 2026-11-02T08:00:00.000Z.*from 203\.0\.113\.0\/24 alone/)]);
  });

  it('says why no test can be made', () => {
    expect(obstacleOf(aSource(), standardWebhooksAdapter, true)).toBeNull();
    expect(obstacleOf(aSource(), standardWebhooksAdapter, false)).toMatchObject({ isOk: false, text: 'The source has no secret that holds. Make one with: npx handoff source rotate desk' });
    expect(obstacleOf(aSource(), unsignable, false)?.text).toMatch(/^Harbor Desk proves itself by a key that nobody else has/);
    expect(signStep(standardWebhooksAdapter, 'Test').text).toBe("A webhook about a new ticket 'Test' was made as Standard Webhooks would post it, and proved with the newest secret.");
  });

  it.each<[string, Posted, [boolean, RegExp][]]>([
    ['the event and its ticket', { status: 202, body: { eventId: 'e-1', ticketId: 't-1', duplicate: false } }, [[true, /answered with 202/], [true, /event e-1 of ticket t-1/]]],
    ['a refusal', { status: 401, body: { code: 'signature-invalid', detail: 'The signature does not fit.' } }, [[false, /refused \(401 signature-invalid\): The signature does not fit\./]]],
    ['that nothing answered', { failure: 'The connection was refused.' }, [[false, /could not be posted .*: The connection was refused\./]]],
    ['that it was not understood', { status: 202, body: { parked: true, parkedId: 'p-1', code: 'field-missing', reason: 'It has no subject.' } }, [[true, /202/], [false, /parked: It has no subject\./]]],
    ['that it is held back', { status: 202, body: { parked: true, parkedId: 'p-1', code: 'source-paused', reason: 'The source is paused.' } }, [[true, /202/], [true, /held back: The source is paused\./]]],
    ['that it changes no ticket', { status: 202, body: { ignored: true, reason: 'Handoff itself caused it.' } }, [[true, /202/], [false, /made no ticket: Handoff itself caused it\./]]],
    ['an answer in words of the system', { status: 200, body: null }, [[true, /answered with 200/], [false, /made no ticket/]]],
  ])('says of the answer: %s', (_what, posted, steps) => {
    expect(answerSteps(posted, URL).steps).toEqual(steps.map(([isOk, text]) => ({ step: expect.any(String), isOk, text: expect.stringMatching(text) })));
  });

  it('names event and ticket for whoever looks further', () => {
    expect(answerSteps({ status: 202, body: { eventId: 'e-1', ticketId: 't-1' } }, URL)).toMatchObject({ eventId: 'e-1', ticketId: 't-1' });
    expect(answerSteps({ status: 500, body: {} }, URL)).toMatchObject({ eventId: null, ticketId: null });
  });
});
