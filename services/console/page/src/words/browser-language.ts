/**
 * A Chromium that runs where no language is set, as in many containers, says that it speaks `en-US@posix`, which no part of `Intl` takes.
 * Libraries ask it as they are loaded (uPlot), and would end the page that needs them.
 */
export function mendBrowserLanguage(browser: Pick<Navigator, 'language'>): void {
  if (isTag(browser.language)) return;
  const [plain = ''] = browser.language.split(/[@.]/);
  Object.defineProperty(browser, 'language', { configurable: true, value: isTag(plain) ? plain : 'en' });
}

/** Whether a text is a tag of BCP 47. */
function isTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}
