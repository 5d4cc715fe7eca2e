import { type PostgresDeadLetters, SealedRows } from '@handoff/persistence';
import { DeadLettersModule, HEALTH_CHECKS, type HealthCheck, HealthController, KeysController, MetricsController } from '@handoff/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { AcknowledgeByLinkHandler } from './acknowledge/acknowledge-by-link.handler.js';
import { AcknowledgePageController, WORDS } from './acknowledge/acknowledge.controller.js';
import { ChannelsController } from './manage-channels/channels.controller.js';
import { PlanHealthNoticesHandler } from './letters/plan-health-notices.handler.js';
import { ManageChannelsHandler } from './manage-channels/manage-channels.handler.js';
import type { WordsByLanguage } from './message/texts/words.js';
import { PlanNotificationsController } from './plan-notifications/plan-notifications.controller.js';
import { PlanNotificationsHandler } from './plan-notifications/plan-notifications.handler.js';
import { MessagePreviewsController } from './preview-messages/preview-messages.controller.js';
import { PreviewMessagesHandler } from './preview-messages/preview-messages.handler.js';
import { RECEIVED_MAIL_STORE, ReceivedMailController } from './receive-mail/received-mail.controller.js';
import type { ReceivedMailStore } from './receive-mail/received-mail.store.js';
import { NOTIFICATION_STORE, MAIL_DOMAIN, NotificationsController } from './show-notifications/notifications.controller.js';
import type { NotificationStore } from './show-notifications/notification.store.js';
import { ManageSuppressionsHandler } from './suppress/manage-suppressions.handler.js';
import { SuppressionsController } from './suppress/suppressions.controller.js';
import { RetryNotificationHandler } from './show-notifications/retry-notification.handler.js';
import { SuppressRemindersHandler } from './suppress-reminders/suppress-reminders.handler.js';
import { TestChannelController } from './test-channel/test-channel.controller.js';
import { TestChannelHandler } from './test-channel/test-channel.handler.js';
import { SlackButtonController } from './slack-button/slack-button.controller.js';
import { SlackButtonHandler } from './slack-button/slack-button.handler.js';

export interface NotifierParts {
  readonly plan: PlanNotificationsHandler;
  readonly notices: PlanHealthNoticesHandler;
  readonly suppressReminders: SuppressRemindersHandler;
  readonly words: WordsByLanguage;
  readonly acknowledge: AcknowledgeByLinkHandler;
  readonly channels: ManageChannelsHandler;
  readonly channelTests: TestChannelHandler;
  readonly notifications: NotificationStore;
  readonly retries: RetryNotificationHandler;
  readonly previews: PreviewMessagesHandler;
  readonly suppressions: ManageSuppressionsHandler;
  readonly mailDomain: string;
  readonly receivedMails: ReceivedMailStore;
  readonly slackButton: SlackButtonHandler;
  readonly sealedRows: Pick<SealedRows, 'standing' | 'rotate'>;
  readonly deadLetters: PostgresDeadLetters;
  readonly healthChecks: readonly HealthCheck[];
}

/** The edges of the notifier over parts that were made before. */
@Module({})
export class NotifierModule {
  static of(parts: NotifierParts): DynamicModule {
    return {
      module: NotifierModule,
      imports: [DeadLettersModule.of(parts.deadLetters)],
      controllers: [PlanNotificationsController, AcknowledgePageController, ChannelsController, TestChannelController, NotificationsController, MessagePreviewsController, ReceivedMailController, SlackButtonController, SuppressionsController, KeysController, HealthController, MetricsController],
      providers: [
        { provide: PlanNotificationsHandler, useValue: parts.plan },
        { provide: PlanHealthNoticesHandler, useValue: parts.notices },
        { provide: SuppressRemindersHandler, useValue: parts.suppressReminders },
        { provide: WORDS, useValue: parts.words },
        { provide: AcknowledgeByLinkHandler, useValue: parts.acknowledge },
        { provide: ManageChannelsHandler, useValue: parts.channels },
        { provide: TestChannelHandler, useValue: parts.channelTests },
        { provide: NOTIFICATION_STORE, useValue: parts.notifications },
        { provide: RetryNotificationHandler, useValue: parts.retries },
        { provide: PreviewMessagesHandler, useValue: parts.previews },
        { provide: ManageSuppressionsHandler, useValue: parts.suppressions },
        { provide: SlackButtonHandler, useValue: parts.slackButton },
        { provide: SealedRows, useValue: parts.sealedRows },
        { provide: RECEIVED_MAIL_STORE, useValue: parts.receivedMails },
        { provide: MAIL_DOMAIN, useValue: parts.mailDomain },
        { provide: HEALTH_CHECKS, useValue: parts.healthChecks },
      ],
    };
  }
}
