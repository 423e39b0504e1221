import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '../app/App.tsx';
import type { Client } from '../client/client.ts';
import { announceDamage } from '../guard/guard-actions.ts';
import { hashFeature } from '../hash/hash-feature.ts';
import { watchReplaced } from '../hash/replaced-results.ts';
import { JobsModel } from '../jobs/jobs-model.ts';
import { KindModels } from '../kinds/models.ts';
import { features } from '../kinds/registry.ts';
import { Offers } from '../offers/offers.ts';
import { AppProvider } from '../parts/context.tsx';
import { Actions } from '../state/actions.ts';
import { Session } from '../state/session.ts';
import { words } from '../text/words.ts';
import { applyTheme } from './theme.ts';

/** Below this width the list of jobs lies over the results. */
const narrow = matchMedia('(width < 48rem)');

/** Puts the window together and shows it. */
export function startWindow(client: Client): void {
  const session = new Session(client, new KindModels(features), {
    settings: (settings) => applyTheme(settings.theme),
    sourcesArrived: () => actions.sourcesArrived(),
  });
  const offers = new Offers(session, features);
  const actions = new Actions(session, offers);
  const jobs = new JobsModel(session, actions, narrow.matches);
  narrow.addEventListener('change', ({ matches }) => jobs.narrowed(matches));
  watchReplaced(session, session.kinds.get(hashFeature));
  announceDamage(session);
  session.open();
  if (client.capabilities.recovered) session.notify('problem', words.t('recovered'));
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <AppProvider value={{ session, actions, offers, jobs }}>
        <App />
      </AppProvider>
    </StrictMode>,
  );
}
