/** The application's menu: made anew when the recent items change, its items switched by what the page can do. */
import { app, Menu } from 'electron';
import { type CommandName, commandNames } from '#shared/commands/commands.ts';
import { commandItemId, type MenuActions, menuTemplate } from './template.ts';

export class AppMenu {
  readonly #actions: MenuActions;
  #recent: readonly string[] = [];
  #available: ReadonlySet<CommandName> = new Set();

  constructor(actions: MenuActions) {
    this.#actions = actions;
    this.#make();
  }

  setRecent(recent: readonly string[]): void {
    this.#recent = recent;
    this.#make();
  }

  /** The commands that would do something now; none while there is no page. */
  setAvailable(available: readonly CommandName[]): void {
    this.#available = new Set(available);
    this.#enable();
  }

  #make(): void {
    const { platform } = process;
    const { isPackaged } = app;
    const template = menuTemplate({ platform, isPackaged, recent: this.#recent, actions: this.#actions });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    this.#enable();
  }

  #enable(): void {
    const menu = Menu.getApplicationMenu();
    for (const name of commandNames) {
      const item = menu?.getMenuItemById(commandItemId(name));
      if (item) item.enabled = this.#available.has(name);
    }
  }
}
