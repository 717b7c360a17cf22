import type { Language } from '../../common/locale.js';

interface Phrases {
  /** Above the link as text, below its button. */
  readonly linkHint: string;
  /** At the end of every mail. */
  readonly footer: (brand: string) => string;
}

/** What all mails of a language say. */
export const phrases: Readonly<Record<Language, Phrases>> = {
  en: {
    linkHint: 'If the button does not work, copy this address into your browser:',
    footer: (brand) => `${brand} sent this message automatically. Replies to it are not read.`,
  },
  de: {
    linkHint:
      'Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
    footer: (brand) =>
      `Diese Nachricht wurde automatisch von ${brand} verschickt. Antworten darauf werden nicht gelesen.`,
  },
  fr: {
    linkHint: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur\u00a0:',
    footer: (brand) =>
      `Ce message vous a été envoyé automatiquement par ${brand}. Les réponses ne sont pas lues.`,
  },
  es: {
    linkHint: 'Si el botón no funciona, copie esta dirección en su navegador:',
    footer: (brand) =>
      `${brand} ha enviado este mensaje automáticamente. Las respuestas no se leen.`,
  },
};
