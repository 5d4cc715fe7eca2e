/** What a link leads to that is used up. It needs no script and no style of its own. */
export function signInPage(): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Handoff: sign in</title>
<main>
<h1>This link does not sign you in</h1>
<p>It was used already, is older than half an hour, or is not whole. In the folder of Handoff, make another and open it:</p>
<pre>npx handoff console link</pre>
<p lang="tr">Bu bağlantı kullanılmış, yarım saatten eski ya da eksik. Handoff klasöründe yukarıdaki komutla yenisini alıp açın.</p>
</main>
</html>
`;
}
