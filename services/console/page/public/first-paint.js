// Runs before the first paint, so that a chosen look does not flash in another one. A file of its own: the page allows no inline script.
(function () {
  try {
    var chosen = JSON.parse(localStorage.getItem('handoff.preferences') || '{}');
    if (chosen.theme === 'light' || chosen.theme === 'dark') document.documentElement.dataset.theme = chosen.theme;
    if (chosen.language === 'tr') document.documentElement.lang = 'tr';
  } catch (_unreadable) {
    // Then the page looks as the system does.
  }
})();
