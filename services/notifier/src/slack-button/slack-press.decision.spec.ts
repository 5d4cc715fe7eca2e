import fc from 'fast-check';
import { OWN_WORDS } from '../message/texts/words.js';
import { slackAnswerTo, slackPressOf } from './slack-press.decision.js';

const press = (more: object = {}) => ({
  type: 'block_actions', user: { id: 'U1', username: 'ada', name: 'Ada' }, response_url: 'https://hooks.slack.example/actions/T1/1/x',
  message: { text: 'fallback', blocks: [{ type: 'header', block_id: 'a' }, { type: 'actions', block_id: 'handoff-acknowledge' }] }, actions: [{ action_id: 'handoff.acknowledge', value: 'the-token' }], ...more,
});
const posted = (payload: unknown) => Buffer.from(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());

describe('a press of the button in Slack', () => {
  it('names the message, who pressed, and where to answer', () => {
    expect(slackPressOf(posted(press()))).toEqual({ token: 'the-token', by: 'Ada', responseUrl: 'https://hooks.slack.example/actions/T1/1/x', text: 'fallback', blocks: [{ type: 'header', block_id: 'a' }] });
    expect(slackPressOf(posted(press({ user: { id: 'U1' } })))?.by).toBe('U1');
  });

  it.each([
    ['another button', press({ actions: [{ action_id: 'other', value: 'x' }] })], ['another kind', press({ type: 'view_submission' })], ['no user', press({ user: undefined })], ['no value', press({ actions: [{ action_id: 'handoff.acknowledge' }] })], ['no object', 7],
  ])('is none of ours with %s', (_what, payload) => {
    expect(slackPressOf(posted(payload))).toBeNull();
  });

  it('is looked for in whatever comes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(slackPressOf(Buffer.from(text))).toBeNull()));
    fc.assert(fc.property(fc.json(), (json) => expect(slackPressOf(Buffer.from(new URLSearchParams({ payload: json }).toString()))).toBeNull()));
  });

  it('puts who works on it in place of the button, in the language of the ticket', () => {
    const pressed = slackPressOf(posted(press()));
    if (pressed === null) throw new Error('It is a press.');
    const shown = { subjectLine: 'S', language: null, asksForServiceRequest: false };
    expect(slackAnswerTo({ state: 'acknowledged', ...shown }, pressed, OWN_WORDS.en)).toMatchObject({ replace_original: true, text: 'fallback', blocks: [{ type: 'header' }, { type: 'context', elements: [{ type: 'plain_text', text: 'Ada works on this ticket.' }] }] });
    expect(JSON.stringify(slackAnswerTo({ state: 'used', ...shown, used: { at: new Date('2026-11-02T08:20:00.000Z'), by: 'Grace', serviceRequestNumber: null } }, pressed, OWN_WORDS.en))).toContain('Acknowledged by Grace, 2 November 2026');
    expect(JSON.stringify(slackAnswerTo({ state: 'acknowledged', ...shown }, pressed, OWN_WORDS.tr))).toContain('Bu kayıtla ilgilenen: Ada.');
    for (const state of ['unknown', 'expired'] as const) expect(slackAnswerTo({ state }, pressed, OWN_WORDS.en)).toMatchObject({ response_type: 'ephemeral', replace_original: false });
  });
});
