/** Units that run a check by themselves: systemd for a user, launchd for macOS. */
import { escapeHtml } from '#shared/text/html.ts';

export interface Schedule {
  /** Absolute paths; text, for units are text. */
  readonly program: readonly string[];
  readonly root: string;
  readonly id: string;
  readonly every: 'day' | 'week' | 'month';
  /** Of `hashlane guard check`. */
  readonly options: readonly string[];
}

export interface Unit {
  readonly name: string;
  readonly text: string;
}

const calendars = { day: 'daily', week: 'weekly', month: 'monthly' } as const;

/** A word of a command line in a unit (systemd.service, "Command lines"): quoted, without specifiers or variables. */
function systemdWord(word: string): string {
  const escaped = word.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return `"${escaped.replace(/[\x00-\x1f\x7f]/g, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;
}

/** A service and its timer, for `~/.config/systemd/user`. */
export function systemdUnits({ program, root, id, every, options }: Schedule): readonly Unit[] {
  const words = [...program, 'guard', 'check', '--quiet', ...options, '--', root].map(systemdWord).join(' ');
  const name = `hashlane-guard-${id}`;
  const description = `Hashlane guard ${id}`;
  return [
    {
      name: `${name}.service`,
      text: `[Unit]\nDescription=${description}\n\n[Service]\nType=oneshot\nNice=10\nIOSchedulingClass=idle\nExecStart=${words}\n`,
    },
    {
      name: `${name}.timer`,
      text: `[Unit]\nDescription=${description}\n\n[Timer]\nOnCalendar=${calendars[every]}\nRandomizedDelaySec=1h\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n`,
    },
  ];
}

const intervals = {
  day: { Hour: 3, Minute: 0 },
  week: { Weekday: 0, Hour: 3, Minute: 0 },
  month: { Day: 1, Hour: 3, Minute: 0 },
} as const;

/** For `~/Library/LaunchAgents`. */
export function launchdUnits({ program, root, id, every, options }: Schedule): readonly Unit[] {
  const words = [...program, 'guard', 'check', '--quiet', ...options, '--', root];
  const label = `net.hashlane.guard.${id}`;
  const interval = Object.entries(intervals[every]).map(
    ([key, value]) => `    <key>${key}</key><integer>${value}</integer>\n`,
  );
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>${label}</string>
  <key>ProcessType</key><string>Background</string>
  <key>LowPriorityIO</key><true/>
  <key>ProgramArguments</key>
  <array>
${words.map((word) => `    <string>${escapeHtml(word)}</string>\n`).join('')}  </array>
  <key>StartCalendarInterval</key>
  <dict>
${interval.join('')}  </dict>
</dict>
</plist>
`;
  return [{ name: `${label}.plist`, text }];
}
