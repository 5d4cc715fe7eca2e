export const PAGE_LANGUAGES = ['en', 'tr'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

export interface PageTexts {
  readonly title: string;
  readonly question: string;
  readonly button: string;
  readonly done: string;
  readonly doneMore: string;
  readonly used: string;
  readonly usedBy: (by: string, at: string) => string;
  readonly somebody: string;
  readonly expired: string;
  readonly unknown: string;
  readonly goOn: string;
}

export const PAGE_TEXTS: Readonly<Record<PageLanguage, PageTexts>> = {
  en: {
    title: 'Acknowledge a ticket', question: 'Do you work on this ticket? Nobody else is then reminded or asked.', button: 'Yes, I work on it',
    done: 'Thank you. The ticket is acknowledged.', doneMore: 'Answer it in its own system.',
    used: 'This ticket was acknowledged before by this link.', usedBy: (by, at) => `Acknowledged by ${by}, ${at}.`, somebody: 'somebody',
    expired: 'This link has expired.', unknown: 'This link is not valid.', goOn: 'Open the ticket in its own system, or use the link of the newest message about it.',
  },
  tr: {
    title: 'Bir destek kaydını üstlenin', question: 'Bu destek kaydıyla siz mi ilgileniyorsunuz? Onaylarsanız başka kimseye hatırlatma yapılmaz ve kayıt başka kimseye sorulmaz.', button: 'Evet, ben ilgileniyorum',
    done: 'Teşekkürler. Destek kaydı üstlenildi.', doneMore: 'Yanıtı kaydın kendi sisteminde verin.',
    used: 'Bu kayıt bu bağlantıyla daha önce üstlenildi.', usedBy: (by, at) => `Üstlenen: ${by}, ${at}.`, somebody: 'bilinmiyor',
    expired: 'Bu bağlantının süresi doldu.', unknown: 'Bu bağlantı geçerli değil.', goOn: 'Kaydı kendi sisteminde açın ya da kayıtla ilgili en yeni iletideki bağlantıyı kullanın.',
  },
};

/** The language of a browser's `Accept-Language` that the page has, by the weights it gives; where it names none of them that of the ticket, else English. */
export function pageLanguageOf(acceptLanguage: string | undefined, ticketLanguage: string | null = null): PageLanguage {
  const wanted = (acceptLanguage ?? '').slice(0, 1_024).split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = Number(/^\s*q=([\d.]+)$/.exec(parameters.join(';'))?.[1] ?? '1');
    return { language: tag.split('-')[0] ?? '', weight };
  });
  const best = wanted.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight).find(({ language }) => PAGE_LANGUAGES.some((known) => known === language));
  const language = best?.language ?? ticketLanguage?.toLowerCase().split('-')[0];
  return language === 'tr' ? 'tr' : 'en';
}
