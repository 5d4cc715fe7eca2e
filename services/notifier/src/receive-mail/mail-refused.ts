/** A mail that is not taken. Its sender is told by a reply of SMTP (RFC 5321 section 4.2, RFC 3463), and reports it or tries again. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';

  /** @param responseCode 4yz: the sender tries again later; 5yz: it does not. */
  constructor(readonly responseCode: 451 | 452 | 550 | 552 | 554, message: string) {
    super(message);
  }
}
