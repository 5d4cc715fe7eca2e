import type actions from '../act-on-tickets/words.en.json';
import type shell from '../shell/words.en.json';
import type queues from '../show-queues/words.en.json';
import type ticket from '../show-ticket/words.en.json';
import type tickets from '../show-tickets/words.en.json';
import type undelivered from '../show-undelivered/words.en.json';
import type overview from '../show-overview/words.en.json';
import type sources from '../show-sources/words.en.json';
import type outages from '../show-outages/words.en.json';
import type wallboard from '../wallboard/words.en.json';
import type explain from '../explain/words.en.json';
import type directory from '../show-directory/words.en.json';
import type matrix from '../edit-matrix/words.en.json';

/** Keys of all messages. A folder with words of its own adds a line here. */
export type WordKey = keyof typeof actions | keyof typeof shell | keyof typeof queues | keyof typeof ticket | keyof typeof tickets | keyof typeof undelivered | keyof typeof overview | keyof typeof sources | keyof typeof outages | keyof typeof wallboard | keyof typeof explain | keyof typeof directory | keyof typeof matrix;
