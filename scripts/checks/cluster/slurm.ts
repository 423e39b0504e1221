/** A Slurm cluster of its own on this machine: munge, one controller and some node daemons, on loopback alone. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const firstPort = 26_817;

export class Slurm {
  readonly #folder: string;
  readonly #daemons = new Map<string, ChildProcess>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Starts all daemons and waits until the nodes take jobs. */
  static async start(folder: string, nodes: readonly string[]): Promise<Slurm> {
    const slurm = new Slurm(folder);
    for (const name of ['munge', 'state', ...nodes.map((node) => `spool-${node}`)]) {
      mkdirSync(path.join(folder, name), { mode: 0o755 });
    }
    writeFileSync(slurm.#at('munge', 'key'), randomBytes(128), { mode: 0o600 });
    writeFileSync(slurm.#at('slurm.conf'), configuration(folder, nodes));
    chmodSync(folder, 0o755);
    try {
      slurm.#spawn('munged', [
        ...['--foreground', '--force', `--socket=${slurm.#at('munge', 'socket')}`],
        ...[`--key-file=${slurm.#at('munge', 'key')}`, `--pid-file=${slurm.#at('munge', 'pid')}`],
        ...[`--seed-file=${slurm.#at('munge', 'seed')}`, `--log-file=${slurm.#at('munge', 'log')}`],
      ]);
      slurm.#spawn('slurmctld', ['-D', '-f', slurm.#at('slurm.conf')]);
      for (const node of nodes) slurm.#spawn(node, ['-D', '-N', node, '-f', slurm.#at('slurm.conf')], 'slurmd');
      await slurm.until('all nodes are idle', () => {
        const states = slurm.query('sinfo', '--noheader', '-N', '-o', '%T').split('\n');
        return states.filter((state) => state === 'idle').length === nodes.length;
      });
    } catch (error) {
      await slurm.stop();
      throw error;
    }
    return slurm;
  }

  #at(...names: string[]): string {
    return path.join(this.#folder, ...names);
  }

  #spawn(name: string, argv: readonly string[], program = name): void {
    const log = openSync(this.#at(`${name}.out`), 'a');
    const child = spawn(program, argv, { stdio: ['ignore', log, log], env: this.environment });
    child.on('error', () => undefined);
    this.#daemons.set(name, child);
  }

  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, SLURM_CONF: this.#at('slurm.conf') };
  }

  /** What a program of Slurm's prints; '' where it fails. */
  query(program: string, ...argv: string[]): string {
    const { stdout, status } = spawnSync(program, argv, { env: this.environment, encoding: 'utf8' });
    return status === 0 ? stdout.trim() : '';
  }

  run(program: string, ...argv: string[]): string {
    return execFileSync(program, argv, { env: this.environment, encoding: 'utf8' }).trim();
  }

  async until(what: string, holds: () => boolean, seconds = 120): Promise<void> {
    for (const end = Date.now() + seconds * 1000; !holds(); await delay(200)) {
      if (Date.now() > end) throw new Error(`${what}: not within ${seconds} seconds\n${this.#lastWords()}`);
    }
  }

  #lastWords(): string {
    const words = [...this.#daemons.keys()].map((name) => {
      const log = readFileSync(this.#at(`${name}.out`), 'utf8')
        .trim()
        .split('\n');
      return `${name}: ${log.slice(-5).join('\n  ')}`;
    });
    return words.join('\n');
  }

  /** As a machine that loses its power: the daemon and all that runs for it end at once. Gives how many jobs it had. */
  killNode(node: string): number {
    const jobs = this.query('squeue', '--noheader', '-t', 'R', '-w', node, '-o', '%A').split('\n').filter(Boolean);
    const daemon = this.#daemons.get(node)!;
    daemon.kill('SIGKILL');
    for (const job of jobs) this.#killJob(job);
    this.run('scontrol', 'update', `nodename=${node}`, 'state=down', 'reason=killed');
    return jobs.length;
  }

  /** Processes of a job on this machine, told by their environment or their name. */
  #killJob(job: string): void {
    const pids = spawnSync(
      'sh',
      ['-c', `grep -lzxF SLURM_JOB_ID=${job} /proc/[0-9]*/environ 2>/dev/null; pgrep -f "slurmstepd: \\[${job}\\."`],
      {
        encoding: 'utf8',
      },
    ).stdout;
    for (const [, pid] of pids.matchAll(/(\d+)(?:\/environ)?$/gm)) {
      if (Number(pid) === process.pid) continue;
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
  }

  async stop(): Promise<void> {
    const ended = [...this.#daemons.values()].map(
      (child) =>
        new Promise<void>((resolve) => {
          if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve();
          child.once('exit', () => resolve());
          child.kill('SIGTERM');
        }),
    );
    await Promise.race([Promise.all(ended), delay(10_000, undefined, { ref: false })]);
    for (const child of this.#daemons.values()) child.kill('SIGKILL');
  }
}

function configuration(folder: string, nodes: readonly string[]): string {
  const at = (name: string): string => path.join(folder, name);
  const cpus = availableParallelism();
  const lines = nodes.map(
    (node, index) =>
      `NodeName=${node} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${firstPort + 2 + index} CPUs=${cpus} State=UNKNOWN`,
  );
  return `ClusterName=check
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${firstPort}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=${at('munge/socket')}
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=${at('state')}
SlurmdSpoolDir=${at('spool-%n')}
SlurmctldPidFile=${at('slurmctld.pid')}
SlurmdPidFile=${at('%n.pid')}
SlurmctldLogFile=${at('slurmctld.log')}
SlurmdLogFile=${at('%n.log')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_interval=2
MpiDefault=none
JobRequeue=1
ReturnToService=0
SlurmdTimeout=60
MaxArraySize=1001
${lines.join('\n')}
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}
