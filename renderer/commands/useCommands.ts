import { useEffect } from 'react';
import { useApp } from '../parts/context.tsx';
import { commandOf } from '../shortcuts/keys.ts';
import { availableCommands, runCommand } from './commands.ts';

/** Runs commands by their keys and from the menu outside the page, which is told what there is to run. */
export function useCommands(): void {
  const context = useApp();
  useEffect(() => {
    const { client, app, results } = context.session;
    const pressed = (event: KeyboardEvent): void => {
      const name = commandOf(event);
      if (name === undefined || event.repeat || app.getState().dialog !== null) return;
      event.preventDefault();
      runCommand(name, context);
    };
    let told = '';
    const tell = (): void => {
      const available = availableCommands(context);
      if (available.join() === told) return;
      told = available.join();
      client.tellCommands(available);
    };
    tell();
    window.addEventListener('keydown', pressed);
    const stops = [
      () => window.removeEventListener('keydown', pressed),
      app.subscribe(tell),
      results.store.subscribe(tell),
      client.onCommand((name) => runCommand(name, context)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [context]);
}
