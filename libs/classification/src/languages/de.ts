import type { LanguageWords } from '../language.js';

export const GERMAN: LanguageWords = {
  language: 'de',
  hasBlanks: true,
  letters: { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' },
  stopWords: ['der', 'die', 'das', 'und', 'ist', 'sind', 'wir', 'uns', 'unser', 'unsere', 'unseren', 'sie', 'ich', 'mein', 'nicht', 'mit', 'für', 'von', 'auf', 'ein', 'eine', 'einen', 'bitte', 'wie', 'kann', 'können', 'den', 'dem', 'des', 'seit', 'bei', 'zu', 'zum', 'zur', 'im', 'wurde', 'haben', 'hat', 'aber', 'auch', 'nach', 'es', 'werden', 'wird'],
  ownLetters: 'äß',
  terms: {
    'customer-billing': {
      sure: ['rechnung*', 'doppelt berechnet', 'doppelt abgerechnet', 'zu viel berechnet', 'gutschrift*', 'rechnungsadresse', 'rechnungsbetrag*', 'abrechnungszeitraum', 'umsatzsteuer*', 'monatsrechnung*', 'rechnungskopie'],
      likely: ['abrechnung*', 'abgerechnet', 'berechnet', 'in rechnung gestellt', 'mehrwertsteuer*', 'betrag ~ hoeher', 'kosten ~ verdoppelt', 'bestellnummer', 'steuernummer'],
      hint: ['betrag*', 'kosten', 'buchhaltung', 'preis*', 'anteilig*'],
    },
    'subscription-management': {
      sure: ['abonnement ~ kündig*', 'abo ~ kündig*', 'abonnement ~ verlänger*', 'abo ~ verlänger*', 'abo ~ aussetzen', 'abonnement ~ pausier*', 'abo ~ pausier*', 'automatische verlängerung', 'tarif ~ wechsel*', 'planwechsel', 'anzahl der plätze', 'weitere plätze', 'zusätzliche plätze', 'vertragslaufzeit', 'kündigungsfrist', 'abonnement ~ erhöh*', 'abo ~ läuft', 'abonnement ~ läuft', 'abonnement ~ reaktivier*', 'plätze ~ erhöh*', 'plätze ~ reduzier*'],
      likely: ['abonnement*', 'abo', 'abos', 'kündigung*', 'kündigen', 'verlängerung', 'verlängern', 'herabstufen', 'hochstufen', 'jahresplan', 'stornier*'],
      hint: ['plätze', 'laufzeit*', 'tarif*', 'plan', 'wechseln', 'menge'],
    },
    'account-setup': {
      sure: ['konto ~ anlegen', 'konto ~ einrichten', 'konto ~ erstell*', 'konto ~ angelegt', 'neuer mandant', 'neuen mandanten', 'mandant* ~ anlegen', 'mandant* ~ einricht*', 'mandant* ~ verknüpf*', 'domäne ~ bestätig*', 'domain ~ bestätig*', 'domain ~ hinzufüg*', 'domäne ~ hinzufüg*', 'globaler administrator', 'ersten administrator', 'kontoeinrichtung', 'tenant ~ anlegen', 'tenant ~ einricht*', 'firmenkonto'],
      likely: ['mandant*', 'tenant*', 'neues konto', 'registrierung*', 'registrieren', 'kundenkonto', 'administratorkonto', 'wiederverkäuferbeziehung', 'domain', 'domäne'],
      hint: ['konto', 'einrichten', 'anlegen', 'administrator*', 'einrichtung'],
    },
    payment: {
      sure: ['kreditkarte*', 'zahlungsmethode*', 'zahlungsart*', 'zahlungsmittel', 'lastschrift*', 'überweisung*', 'rückerstattung*', 'erstattung*', 'rückzahlung*', 'zahlung ~ abgelehnt', 'karte ~ abgelehnt', 'zahlung ~ fehlgeschlagen', 'iban', 'sepa', 'mahnung*', 'zahlungserinnerung*', 'bankverbindung*', 'karte ~ abgelaufen'],
      likely: ['zahlung*', 'bezahlen', 'bezahlt', 'zahlen', 'abgebucht', 'abbuchung*', 'bankkonto', 'überwiesen'],
      hint: ['karte', 'bank', 'abgelehnt', 'geld', 'fällig*'],
    },
    'user-support': {
      sure: ['wie kann ich', 'wie können wir', 'wie kann man', 'wie mache ich', 'wie funktioniert', 'wo finde ich', 'wo kann ich', 'wo finden wir', 'ist es möglich', 'gibt es eine möglichkeit', 'schritt für schritt', 'wie lässt sich', 'wie stelle ich', 'wie richte ich', 'wie erstelle ich', 'wie exportiere ich', 'wie ändere ich'],
      likely: ['anwenderfrage', 'bedienung', 'frage zur nutzung', 'erklären', 'welche einstellung*', 'hilfe bei', 'wie geht', 'konfigurieren', 'bedienen'],
      hint: ['frage', 'exportier*', 'bericht*', 'einstellung*', 'vorlage*', 'filter*', 'dashboard*'],
    },
    'break-fix': {
      sure: ['stürzt ~ ab', 'absturz*', 'abgestürzt', 'fehlermeldung*', 'funktioniert nicht', 'funktioniert ~ nicht mehr', 'geht nicht mehr', 'fehler 500', 'anmeldung ~ fehl*', 'anmelden ~ nicht', 'leere seite', 'weiße seite', 'hängt sich auf', 'friert ~ ein', 'eingefroren', 'defekt*', 'datenverlust', 'lässt sich nicht öffnen', 'programmfehler', 'bug', 'daten ~ verschwunden', 'kaputt', 'reagiert nicht'],
      likely: ['fehler', 'fehlerhaft*', 'fehlgeschlagen', 'schlägt fehl', 'zeitüberschreitung', 'falsche ergebnisse', 'lädt nicht', 'synchronisation*', 'synchronisiert nicht', 'störung ~ bei mir', 'passiert nichts'],
      hint: ['problem*', 'anmeldung', 'anmelden', 'passwort', 'kennwort', 'langsam', 'seit ~ update'],
    },
    'service-health': {
      sure: ['ausfall*', 'ausgefallen', 'störung*', 'dienst ~ nicht erreichbar', 'nicht erreichbar', 'nicht verfügbar', 'system ~ steht', 'alle benutzer ~ betroffen', 'alle nutzer ~ betroffen', 'alle anwender ~ betroffen', 'niemand kann', 'keiner kann', 'totalausfall', 'dienstunterbrechung', 'fehler 503', 'statusseite', 'ganze firma', 'gesamte unternehmen', 'großstörung'],
      likely: ['alle benutzer', 'alle nutzer', 'alle anwender', 'alle mitarbeiter', 'offline', 'beeinträchtigt', 'beeinträchtigung*', 'unternehmensweit', 'standortübergreifend', 'alle standorte', 'down'],
      hint: ['seit heute morgen', 'seit heute früh', 'langsam', 'region*', 'dienst'],
    },
    'service-level': {
      sure: ['sla', 'slas', 'service level*', 'verfügbarkeit ~ zugesagt*', 'verfügbarkeit ~ garantier*', 'verfügbarkeit ~ vereinbart*', 'zugesicherte verfügbarkeit', 'reaktionszeit*', 'vertragsstrafe*', 'dienstgütevereinbarung', 'servicegutschrift*', 'vertragsverletzung', 'lösungszeit*', '99 9', '99 95'],
      likely: ['zugesichert*', 'zugesagt*', 'garantiert*', 'entschädigung*', 'schadensersatz', 'vereinbarte*', 'nicht eingehalten', 'pönale'],
      hint: ['vertrag*', 'verfügbarkeit', 'ausfallzeit*', 'vereinbarung*'],
    },
    documentation: {
      sure: ['dokumentation*', 'benutzerhandbuch', 'handbuch', 'handbücher', 'bedienungsanleitung*', 'api referenz', 'versionshinweise', 'administratorhandbuch', 'installationsanleitung', 'datenblatt', 'produktblatt', 'whitepaper', 'doku', 'technische unterlagen'],
      likely: ['anleitung*', 'leitfaden', 'unterlagen', 'wissensdatenbank', 'hilfeartikel', 'pdf'],
      hint: ['seite', 'kapitel', 'veraltet*', 'link', 'beschreib*', 'beschrieben'],
    },
    training: {
      sure: ['schulung*', 'webinar*', 'workshop*', 'training*', 'seminar*', 'zertifizierungskurs', 'einweisung*', 'e learning', 'anwenderschulung*', 'fortbildung*', 'mitarbeiter ~ schulen', 'team ~ schulen'],
      likely: ['kurs', 'kurse', 'kurses', 'lernpfad*', 'trainer*', 'schulen', 'lehrgang*'],
      hint: ['termin*', 'teilnehmer*', 'lernen', 'neue kollegen', 'vor ort'],
    },
    activation: {
      sure: ['aktivierungslink*', 'aktivierungsmail', 'aktivierungscode*', 'aktivierung ~ fehl*', 'aktivierung ~ aus', 'nicht aktiviert', 'nicht aktivieren', 'aktivierung ausstehend', 'aktivierungsseite', 'freischaltung*', 'freigeschaltet', 'freischalten', 'produkt ~ aktivier*', 'kauf ~ aktivier*', 'bestellung ~ aktivier*', 'landing page', 'bereitstellung ausstehend'],
      likely: ['aktivierung*', 'aktivieren', 'aktiviert', 'willkommensmail', 'willkommens e mail'],
      hint: ['gekauft', 'warten', 'link', 'gestern bestellt', 'zugang'],
    },
    'licence-management': {
      sure: ['lizenz* ~ zuweis*', 'lizenz* ~ zuordn*', 'lizenz* ~ zugewiesen', 'lizenz* ~ entziehen', 'lizenz* ~ entfern*', 'lizenz* ~ benutzer*', 'lizenz* ~ nutzer*', 'lizenz* ~ mitarbeiter*', 'lizenz* ~ übertrag*', 'lizenz* ~ frei*', 'lizenzschlüssel*', 'lizenzverwaltung', 'produktschlüssel', 'lizenz ~ kolleg*', 'lizenz ~ abgelaufen'],
      likely: ['lizenz*', 'lizenzierung', 'lizenziert'],
      hint: ['benutzer*', 'mitarbeiter*', 'zuweisen', 'zugewiesen', 'ausgeschieden', 'kollege*'],
    },
    'offer-management': {
      sure: ['privates angebot', 'private angebote', 'privaten angebot*', 'private offer*', 'angebot ~ veröffentlich*', 'marketplace ~ veröffentlich*', 'marketplace eintrag', 'angebot ~ marketplace', 'angebot ~ zertifizierung', 'angebot ~ sichtbar*', 'eintrag ~ marketplace', 'appsource', 'angebotsseite', 'angebot ~ abgelehnt', 'angebotseintrag'],
      likely: ['veröffentlichung', 'marketplace', 'marktplatz', 'angebot ~ anlegen', 'listing', 'angebot*'],
      hint: ['logo', 'veröffentlich*', 'vorschau', 'zertifizierung', 'plan'],
    },
    'commerce-transaction': {
      sure: ['bestellung ~ fehl*', 'bestellung ~ hängt', 'bestellung ~ abgebrochen', 'bestellung ~ nicht', 'bestellen ~ nicht', 'kauf ~ fehl*', 'kauf ~ abgebrochen', 'kauf ~ nicht', 'kaufen ~ nicht', 'warenkorb', 'kasse', 'bestellvorgang', 'kaufvorgang', 'transaktion ~ fehl*', 'bestellung ~ abgelehnt', 'bestellung ~ fehler', 'kaufabschluss', 'bestellstatus'],
      likely: ['bestellung*', 'bestellen', 'kauf', 'kaufen', 'transaktion*', 'bestellt'],
      hint: ['fehler', 'abbruch', 'abgebrochen', 'bestätig*'],
    },
    'partner-billing': {
      sure: ['abstimmungsdatei*', 'abgleichsdatei*', 'reconciliation', 'partnerrechnung', 'partner earned credit', 'pec', 'rechnung ~ microsoft', 'rechnung* ~ partner center', 'abrechnung ~ microsoft', 'abrechnung ~ partner center', 'preisliste*', 'partnermarge', 'partnerrabatt', 'verbrauchsdatei', 'abrechnungsdatei', 'microsoft ~ berechnet uns', 'microsoft ~ in rechnung', 'rechnungsabstimmung', 'abrechnungspositionen'],
      likely: ['marge*', 'abstimmung', 'positionen', 'einkaufspreis*', 'händlerrabatt'],
      hint: ['microsoft', 'partner center', 'csp', 'rechnung*'],
    },
    'account-support': {
      sure: ['partner center ~ konto', 'partner center ~ anmeld*', 'partner center ~ zugang', 'partner center ~ zugriff', 'partner center ~ gesperrt', 'partner center ~ verifizierung', 'auszahlung*', 'steuerprofil', 'steuerformular*', 'mpn id', 'partnerkonto', 'herausgeberkonto', 'verkäuferkonto', 'unternehmensverifizierung', 'auszahlungsprofil', 'entwicklerkonto', 'partner id ~ änder*'],
      likely: ['partner center', 'partnerprogramm', 'verifizierung', 'partnerprofil', 'ausgezahlt'],
      hint: ['gesperrt', 'konto', 'microsoft', 'profil', 'überprüfung'],
    },
    'azure-deployment': {
      sure: ['arm vorlage*', 'arm template*', 'ressourcengruppe*', 'bereitstellung ~ azure', 'bereitstellung ~ fehl*', 'deployment ~ fehl*', 'azure ~ bereitstell*', 'virtuelle maschine*', 'virtuellen maschine*', 'kontingent ~ überschritten', 'vcpu*', 'verwaltete anwendung', 'bicep', 'kubernetes', 'aks', 'azure region', 'kernkontingent', 'azure richtlinie', 'vm größe', 'container image*', 'ressourcenanbieter'],
      likely: ['azure', 'bereitstellung*', 'deployment*', 'kontingent*', 'vm', 'vms', 'quota', 'subnetz*'],
      hint: ['vorlage', 'region', 'fehlgeschlagen', 'schlägt fehl', 'netzwerk*'],
    },
    other: {
      sure: ['rückmeldung', 'feedback', 'lob', 'presseanfrage', 'newsletter*', 'ansprechpartner*', 'neue anschrift', 'neue adresse', 'unsere adresse hat sich', 'umgezogen', 'umzug', 'lieferantenfragebogen', 'auftragsverarbeitung*', 'bewerbung', 'referenzkunde', 'neue telefonnummer', 'sponsoring'],
      likely: ['vorschlag', 'verbesserungsvorschlag', 'allgemeine frage', 'allgemeine anfrage', 'beschwerde', 'fragebogen', 'umfrage', 'anschrift'],
      hint: ['adresse', 'dank*', 'kontakt*', 'besprechung'],
    },
  },
};
