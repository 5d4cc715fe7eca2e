import { isFromSlack, slackSignatureOf } from './slack-signature.decision.js';

/** The example of Slack's documentation. */
const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const BODY = Buffer.from('token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c');
const TIMESTAMP = '1531420618';
const SIGNATURE = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';
const now = (seconds = 0) => new Date((1_531_420_618 + seconds) * 1_000);
const request = { rawBody: BODY, timestamp: TIMESTAMP, signature: SIGNATURE };

describe('the signature of Slack', () => {
  it('is as its documentation has it', () => {
    expect(slackSignatureOf(BODY, TIMESTAMP, SECRET)).toBe(SIGNATURE);
    expect([isFromSlack(request, SECRET, now()), isFromSlack(request, SECRET, now(300)), isFromSlack(request, SECRET, now(-300))]).toEqual([true, true, true]);
  });

  it.each([
    ['older than five minutes', request, 301], ['of a time to come', request, -301],
    ['over another body', { ...request, rawBody: Buffer.concat([BODY, Buffer.from(' ')]) }, 0], ['over another time', { ...request, timestamp: '1531420619' }, 0],
    ['missing', { ...request, signature: undefined }, 0], ['without a time', { ...request, timestamp: undefined }, 0], ['with a time that is none', { ...request, timestamp: '1531420618.0' }, 0],
    ['of another version', { ...request, signature: SIGNATURE.replace('v0', 'v1') }, 0], ['cut short', { ...request, signature: SIGNATURE.slice(0, -1) }, 0], ['of another length in bytes', { ...request, signature: SIGNATURE.replace(/.$/, 'ş') }, 0],
  ])('is refused where it is %s', (_what, given, seconds) => {
    expect(isFromSlack(given, SECRET, now(seconds))).toBe(false);
  });

  it('is refused with another secret', () => {
    expect(isFromSlack(request, `${SECRET.slice(0, -1)}6`, now())).toBe(false);
  });
});
