import type { Language } from '../../../platform/common/locale.js';
import { de } from './de.js';
import { en, type Messages } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';

/** The texts of the pages, by language. */
export const messages: Readonly<Record<Language, Messages>> = { en, de, fr, es };
