import { Notifier1700000002001 } from './000001-notifier.js';
import { SealedSecrets1700000002300 } from './000002-sealed-secrets.js';
import { Acknowledgements1700000002310 } from './000003-acknowledgements.js';
import { ChatChannels1700000002320 } from './000004-chat-channels.js';
import { WebhookKeys1700000002321 } from './000005-webhook-keys.js';
import { Ticketing1700000002330 } from './000006-ticketing.js';
import { AnsweredTickets1700000002340 } from './000008-answered-tickets.js';
import { ReceivedMail1700000002341 } from './000009-received-mail.js';
import { LighterDeliveries1700000002350 } from './000010-lighter-deliveries.js';
import { FailingChannels1700000002351 } from './000011-failing-channels.js';
import { Suppressions1700000002360 } from './000012-suppressions.js';
import { ChannelCredentials1700000002342 } from './000013-channel-credentials.js';
import { HeldAreUndelivered1700000002361 } from './000014-held-are-undelivered.js';
import { SourceChannels1700000002380 } from './000016-source-channels.js';
import { ServiceRequests1700000002390 } from './000018-service-requests.js';

/** In the order in which they run; a new one goes to the end. */
export const NOTIFIER_MIGRATIONS = [Notifier1700000002001, SealedSecrets1700000002300, Acknowledgements1700000002310, ChatChannels1700000002320, WebhookKeys1700000002321, Ticketing1700000002330, AnsweredTickets1700000002340, LighterDeliveries1700000002350, FailingChannels1700000002351, Suppressions1700000002360, ReceivedMail1700000002341, ChannelCredentials1700000002342, HeldAreUndelivered1700000002361, SourceChannels1700000002380, ServiceRequests1700000002390] as const;
