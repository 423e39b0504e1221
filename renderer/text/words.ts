import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** All words of the window. English is bundled; a further language is a further file. */
export const words = i18next.createInstance();

void words.use(initReactI18next).init({
  lng: 'en',
  resources: { en: { translation: en } },
  // React escapes what it draws.
  interpolation: { escapeValue: false },
  // The words are bundled: nothing is waited for, and the first paint has them.
  initAsync: false,
});
