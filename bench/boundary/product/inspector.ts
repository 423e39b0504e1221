/** Looks into a process through the DevTools protocol, which Node, Electron's main process and pages all speak. */
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

interface Answer {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** One process, or one page of it. */
export interface Inspected {
  /** What `expression` comes to, as JSON; a promise is waited for. Throws what it throws. */
  evaluate<T>(expression: string): Promise<T>;
  send(method: string, params?: object): Promise<Record<string, unknown>>;
}

export class Inspector implements Inspected {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #onPage = new Set<(sessionId: string) => void>();
  #id = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(String(data)) as Answer);
    socket.onclose = () => {
      for (const settle of this.#waiting.values()) settle({ error: { message: 'The process has gone' } });
      this.#waiting.clear();
    };
  }

  static open(url: string): Promise<Inspector> {
    const socket = new WebSocket(url);
    return new Promise((resolve, reject) => {
      socket.onopen = () => resolve(new Inspector(socket));
      socket.onerror = () => reject(new Error(`Nobody listens at ${url}`));
    });
  }

  evaluate<T>(expression: string): Promise<T> {
    return evaluated<T>(this, expression);
  }

  send(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    this.#id += 1;
    const id = this.#id;
    this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {}),
      );
    });
  }

  /** The browser's first page. */
  async page(): Promise<Inspected> {
    const found = new Promise<string>((resolve) => this.#onPage.add(resolve));
    await this.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
    const sessionId = await found;
    const page: Inspected = {
      send: (method, params) => this.send(method, params, sessionId),
      evaluate: (expression) => evaluated(page, expression),
    };
    return page;
  }

  close(): void {
    this.#socket.close();
  }

  #receive(answer: Answer): void {
    if (answer.id !== undefined) {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
      return;
    }
    const target = answer.params?.targetInfo as { type: string } | undefined;
    if (answer.method !== 'Target.attachedToTarget' || target?.type !== 'page') return;
    for (const found of this.#onPage) found(answer.params?.sessionId as string);
  }
}

async function evaluated<T>(inspected: Inspected, expression: string): Promise<T> {
  const { result, exceptionDetails } = await inspected.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails !== undefined) {
    const { text, exception } = exceptionDetails as { text: string; exception?: { description?: string } };
    throw new Error(exception?.description ?? text);
  }
  return (result as { value: T }).value;
}

/** The address that a process told on its standard error when it began to listen, by the words in front of it. */
export async function addressesOf<Words extends string>(
  child: ChildProcess,
  ...wanted: readonly Words[]
): Promise<Record<Words, string>> {
  const found: Partial<Record<Words, string>> = {};
  const said: string[] = [];
  const lines = createInterface({ input: child.stderr! });
  try {
    for await (const line of lines) {
      said.push(line);
      for (const words of wanted) {
        const url = line.startsWith(`${words} listening on `) ? /ws:\S+/.exec(line)?.[0] : undefined;
        if (url !== undefined) found[words] = url;
      }
      if (wanted.every((words) => found[words] !== undefined)) return found as Record<Words, string>;
    }
  } finally {
    // What else it says must go on being read, or it would wait for room.
    child.stderr!.resume();
  }
  throw new Error(`${child.spawnfile} ended before it could be looked into:\n${said.join('\n')}`);
}
