import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderWith } from './command.ts';

/** A real SMTP server on loopback. Configuration, queue and log are in a folder of its own; it ends with the test. */
export interface MailServer {
  readonly port: number;
  /** @returns What the server has logged so far. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** After this many seconds a server ends even if its test was killed. */
const LIFE = '120';

const POSTFIX = '/usr/lib/postfix/sbin/master';

/** Why Postfix cannot be started here; null if it can. */
export const NO_POSTFIX = obstacle('Postfix', () => existsSync(POSTFIX));

/** Why Exim cannot be started here; null if it can. */
export const NO_EXIM = obstacle('Exim', () => spawnSync('exim4', ['-C', '/dev/null', '-bV']).status === 0);

function obstacle(name: string, isInstalled: () => boolean): string | null {
  if (process.getuid?.() !== 0) return `only root can start ${name}`;
  return isInstalled() ? null : `${name} is not installed`;
}

/**
 * Starts Postfix, at 127.0.0.1 and ::1.
 * @param settings Lines of main.cf, for instance `smtpd_discard_ehlo_keywords = 8bitmime`.
 */
export async function startPostfix(...settings: string[]): Promise<MailServer> {
  const port = await freePort();
  const folder = folderWith({ 'etc/dynamicmaps.cf': '' });
  writeFileSync(
    join(folder, 'etc/main.cf'),
    lines(
      'compatibility_level = 3.6',
      `queue_directory = ${folder}/queue`,
      `data_directory = ${folder}/data`,
      'myhostname = mail.example.com',
      'inet_protocols = all',
      'mydestination =',
      'alias_maps =',
      'local_recipient_maps =',
      'smtpd_peername_lookup = no',
      'smtpd_relay_restrictions = reject',
      ...settings,
    ),
  );
  writeFileSync(
    join(folder, 'etc/master.cf'),
    lines(`127.0.0.1:${port} inet n - n - - smtpd`, `[::1]:${port} inet n - n - - smtpd`),
  );
  // Postfix waits until main.cf is some seconds old, because somebody may still be writing it.
  utimesSync(join(folder, 'etc/main.cf'), 0, 0);
  for (const name of ['data', 'queue/pid', 'queue/private', 'queue/public'])
    mkdirSync(join(folder, name), { recursive: true });
  openTo('postfix', folder, 'data');
  return started(spawn(POSTFIX, ['-d', '-c', `${folder}/etc`, '-e', LIFE], { detached: true }), port, () => '');
}

/** Starts Exim, at 127.0.0.1 and ::1. @param settings Lines of its configuration, for instance `accept_8bitmime = false`. */
export async function startExim(...settings: string[]): Promise<MailServer> {
  const port = await freePort();
  const folder = folderWith();
  mkdirSync(join(folder, 'spool'));
  writeFileSync(
    join(folder, 'exim.conf'),
    lines(
      `spool_directory = ${folder}/spool`,
      `log_file_path = ${folder}/spool/%slog`,
      'log_selector = +smtp_no_mail',
      'primary_hostname = mail.example.com',
      'keep_environment =',
      'tls_advertise_hosts =',
      'host_lookup =',
      ...settings,
    ),
  );
  openTo('Debian-exim', folder, 'spool');
  const where = `<, [127.0.0.1]:${port}, [::1]:${port}`;
  const exim = spawn('timeout', [LIFE, 'exim4', '-C', `${folder}/exim.conf`, '-bdf', '-oX', where, '-oP', '']);
  return started(exim, port, () => readFileSync(join(folder, 'spool/mainlog'), 'utf8'));
}

const running: MailServer[] = [];

/** Waits until the server accepts connections. */
async function started(server: ChildProcess, port: number, log: () => string): Promise<MailServer> {
  let said = '';
  server.stderr?.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise((resolve) => server.once('exit', resolve));
  while (!(await isListening(port))) {
    if (server.exitCode !== null) throw new Error(`the server ended at once: ${said}`);
    await sleep(20);
  }
  const started: MailServer = {
    port,
    log,
    async stop() {
      server.kill();
      await ended;
    },
  };
  running.push(started);
  return started;
}

/** Gives a folder of the server to the user that the server runs as. */
function openTo(user: string, folder: string, name: string): void {
  chmodSync(folder, 0o755);
  spawnSync('chown', [user, join(folder, name)]);
}

function lines(...texts: string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
