import { bounceOf, isAbout } from './bounce.decision.js';

const ABOUT_THE_MESSAGE = 'Reporting-MTA: dns; mx.contoso.example\r\nArrival-Date: Mon, 2 Nov 2026 08:00:00 +0000';
const status = (fields: string, first: string | null = ABOUT_THE_MESSAGE) => bounceOf({ deliveryStatus: [...(first === null ? [] : [first]), fields].join('\r\n\r\n') });

describe('what a delivery status notification says', () => {
  it('is a failure with its diagnosis, unfolded', () => {
    expect(status('Final-Recipient: rfc822; Support@Contoso.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n <support@contoso.example>: no such user')).toEqual({
      outcome: 'failed', status: '5.1.1', recipients: ['support@contoso.example'],
      detail: 'A mail server could not deliver the message to support@contoso.example: 550 5.1.1 <support@contoso.example>: no such user',
    });
  });

  it.each([
    ['a failure, where a server tried for too long', 'Action: failed\r\nStatus: 4.4.7', 'failed', '4.4.7'],
    ['a failure, in whatever case and with a remark', 'ACTION: Failed (the mailbox is full)\r\nSTATUS: 5.2.2 (over quota)', 'failed', '5.2.2'],
    ['a failure by the status, where there is no action', 'Final-Recipient: rfc822; a@contoso.example\r\nStatus: 5.7.1', 'failed', '5.7.1'],
    ['no failure, where it is only late', 'Action: delayed\r\nStatus: 4.4.1', 'delayed', '4.4.1'],
    ['no failure, where it arrived', 'Action: delivered\r\nStatus: 2.0.0', 'delayed', '2.0.0'],
    ['no failure, where it went to a server that reports nothing', 'Action: relayed\r\nStatus: 2.0.0', 'delayed', '2.0.0'],
    ['no failure, where neither says so', 'Status: unknown', 'delayed', null],
  ] as const)('is %s', (_what, fields, outcome, code) => {
    expect(status(fields)).toMatchObject({ outcome, status: code });
  });

  it('is that of the recipient who failed, whoever else is named', () => {
    const told = bounceOf({ deliveryStatus: `${ABOUT_THE_MESSAGE}\n\nFinal-Recipient: rfc822; a@contoso.example\nAction: delivered\nStatus: 2.0.0\n \nFinal-Recipient: rfc822; b@contoso.example\nOriginal-Recipient: rfc822;team@contoso.example\nAction: failed\nStatus: 5.1.1` });
    expect(told).toMatchObject({ outcome: 'failed', recipients: ['team@contoso.example', 'b@contoso.example'] });
    expect(told !== null && [isAbout(told, 'Team@contoso.example'), isAbout(told, 'a@contoso.example')]).toEqual([true, false]);
  });

  it('is read also where the part about the message is missing', () => {
    expect(status('Final-Recipient: rfc822; a@contoso.example\nAction: failed\nStatus: 5.0.0', null)).toMatchObject({ outcome: 'failed', status: '5.0.0' });
  });

  it.each([null, '', 'hello', `${ABOUT_THE_MESSAGE}\r\n\r\nX: y`, ':\n: \n\n\n'])('is nothing in %j', (deliveryStatus) => {
    expect(bounceOf({ deliveryStatus })).toBeNull();
  });

  it('is one short line, whatever a server writes', () => {
    const { detail = '' } = status(`Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; ${'x\u0007\u2028y '.repeat(5_000)}`) ?? {};
    expect(detail.length).toBeLessThanOrEqual(512);
    expect(detail).not.toMatch(/[\p{Cc}\u2028]/u);
  });
});
