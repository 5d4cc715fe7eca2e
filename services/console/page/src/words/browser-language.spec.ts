import { describe, expect, it } from '@jest/globals';
import { mendBrowserLanguage } from './browser-language.js';

describe('the language that a browser says it speaks', () => {
  it.each([['en-US@posix', 'en-US'], ['tr_TR.UTF-8', 'en'], ['', 'en'], ['C', 'en'], ['tr-TR', 'tr-TR'], ['de', 'de']])("'%s' is '%s' afterwards", (told, language) => {
    const browser = { language: told };
    mendBrowserLanguage(browser);
    expect(browser.language).toBe(language);
    expect(() => new Intl.NumberFormat(browser.language)).not.toThrow();
  });
});
