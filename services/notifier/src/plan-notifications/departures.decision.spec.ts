import { messageOf } from '../message/content.decision.js';
import { aChannel, aDelivery, aRecipient, aRoutedEvent } from '../notification/notification.builders.js';
import { isDeparture } from '../notification/notification.js';
import { planDepartures } from './departures.decision.js';
import { Lanes } from './lanes.js';
import { planNotifications } from './plan.decision.js';

const desk = aChannel({ kind: 'ticketing', address: 'https://contoso.zendesk.com', ticketing: { system: 'zendesk', settings: {}, source: null } });
const channels = new Map([['isv/contoso', [desk]]]);
const opened = planNotifications(aRoutedEvent(), { channels, plannedVersion: 0 });
const moved = aRoutedEvent({
  ticketVersion: 2, change: 'updated', previousQueue: 'isv/contoso', decision: { queue: 'partner/1001' }, recipients: [aRecipient({ destination: 'partner/1001', party: { role: 'indirect-provider', partyId: '1001' } })],
  ticket: { description: 'What others write.', comment: { author: 'Ada', body: 'What others say.', isPublic: true } },
});
const departures = (event: typeof moved, latest = opened, plannedVersion = 1) => planDepartures(event, { latest, planned: planNotifications(event, { channels, plannedVersion }), plannedVersion });

describe('a ticket that was opened in a contact\'s own system', () => {
  it('is told to be with others when it moves, by the way by which it was opened', () => {
    expect(departures(moved)).toMatchObject([{ ticketVersion: 2, destination: 'isv/contoso', lane: opened[0]?.lane, target: opened[0]?.target, purpose: 'inform', addressee: { purposes: [] }, planned: { state: 'pending' } }]);
  });

  it('is told to be closed, though its contact is not', () => {
    expect(departures(aRoutedEvent({ ticketVersion: 2, change: 'closed', previousQueue: 'isv/contoso', recipients: [] }))).toHaveLength(1);
  });

  it('is told nothing that its contact hears anyway, nothing twice, nothing late, and nothing while it stays', () => {
    expect(departures(aRoutedEvent({ ticketVersion: 2, change: 'closed', previousQueue: 'isv/contoso' }))).toEqual([]);
    expect(departures({ ...moved, data: { ...moved.data, ticketVersion: 3, change: 'closed' } }, departures(moved), 2)).toEqual([]);
    expect(departures(moved, opened, 3)).toEqual([]);
    expect(departures(aRoutedEvent({ ticketVersion: 2, change: 'updated', previousQueue: 'isv/contoso', recipients: [] }))).toEqual([]);
  });

  it('is told that alone, and nothing of what came after', () => {
    const [departure] = departures(moved);
    if (departure === undefined) throw new Error('Nothing was planned.');
    const { planned: _planned, ...notification } = departure;
    expect([isDeparture(notification), isDeparture(opened[0] ?? notification)]).toEqual([true, false]);
    const message = messageOf({ ...aDelivery(moved), notification });
    expect(message).toMatchObject({ isOver: true, headline: 'A ticket that was with you is with others now.', toDo: ['You need not do anything.'], acknowledgeUrl: null, ticket: { externalId: 'SUP-12', severity: null, comment: null } });
    const { words: _words, ...told } = message;
    expect(JSON.stringify(told)).not.toMatch(/What others|partner\/1001|Ada|fabrikam/);
  });
});

describe('the latest messages of a chunk', () => {
  it('are kept by ticket and lane, the highest version of each, and only into ticketing systems', () => {
    const lanes = new Lanes(opened);
    const departure = departures(moved);
    lanes.add([...departure, ...opened, ...planNotifications(aRoutedEvent(), { channels: new Map(), plannedVersion: 0 })]);
    expect(lanes.of(moved.data.ticketId)).toEqual(departure);
    expect(lanes.of('another')).toEqual([]);
  });
});
