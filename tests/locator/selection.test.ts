import { selectionError, selectKeys } from '../../src/locator/selection.ts';
import { patchableKeys } from '../../src/locator/smtp-keys.ts';
import { key, keysByPath } from './metabase-text.ts';

const keys = keysByPath(
  key('/LM/SmtpSvc/2'),
  key('/LM'),
  key('/LM/SmtpSvc'),
  key('/LM/SmtpSvc/1'),
  key('/LM/SmtpSvc/1/x'),
);

function selected(servers: readonly string[] | null): string[] {
  expect(selectionError(patchableKeys(keys), servers)).toBeNull();
  return [...selectKeys(patchableKeys(keys), servers)].map(({ location }) => location);
}

test.each<[readonly string[] | null, string[]]>([
  [null, ['/LM/SmtpSvc', '/LM/SmtpSvc/2', '/LM/SmtpSvc/1']],
  [['1'], ['/LM/SmtpSvc/1']],
  [
    ['1', '2'],
    ['/LM/SmtpSvc/2', '/LM/SmtpSvc/1'],
  ],
  [
    ['1', '/lm/smtpsvc'],
    ['/LM/SmtpSvc', '/LM/SmtpSvc/1'],
  ],
  [['/lm/SMTPSVC/2/', '2'], ['/LM/SmtpSvc/2']],
  [['/LM/SmtpSvc/'], ['/LM/SmtpSvc']],
])('%j selects %j', (servers, expected) => {
  expect(selected(servers)).toEqual(expected);
});

function refusal(all: typeof keys, servers: readonly string[] | null): { code: string; message: string } {
  const error = selectionError(patchableKeys(all), servers);
  if (error === null) throw new Error('nothing was refused');
  return { code: error.code, message: error.message };
}

test.each([
  [['3'], '/LM/SmtpSvc/3'],
  [['1', '01'], '/LM/SmtpSvc/01'],
  [['/LM/SmtpSvc/1/x'], '/LM/SmtpSvc/1/x'],
  [['/LM/SmtpSvc/1//'], '/LM/SmtpSvc/1//'],
  [['/LM'], '/LM'],
  [['/'], '/'],
])('%j is refused: there is no %s', (servers, missing) => {
  expect(refusal(keys, servers)).toEqual({
    code: 'UNKNOWN_SERVER',
    message: `there is no ${missing} here, only /LM/SmtpSvc, /LM/SmtpSvc/2, /LM/SmtpSvc/1`,
  });
});

test('the message lists at most five keys', () => {
  const five = [1, 2, 3, 4, 5].map((number) => key(`/LM/SmtpSvc/${number}`));
  const message =
    'there is no /LM/SmtpSvc/9 here, only /LM/SmtpSvc/1, /LM/SmtpSvc/2, /LM/SmtpSvc/3, /LM/SmtpSvc/4, /LM/SmtpSvc/5';
  expect(refusal(keysByPath(...five), ['9']).message).toBe(message);
  expect(refusal(keysByPath(...five, key('/LM/SmtpSvc/6')), ['9']).message).toBe(`${message}, …`);
});

test('a metabase without the service and without virtual servers is refused, whatever is selected', () => {
  const message = 'there is neither the SMTP service (/LM/SmtpSvc) nor a virtual server in this metabase';
  const others = keysByPath(key('/LM'), key('/LM/SmtpSvc/1/x'), key('/LM/NntpSvc/1'));
  expect(refusal(others, null)).toEqual({ code: 'NO_SMTP_SERVER', message });
  expect(refusal(others, ['1'])).toEqual({ code: 'NO_SMTP_SERVER', message });
});
