/* The metabase keys that the exports of the benchmark are made of. Their names and numbers are made up. */

/** Names of sites as administrators write them; a third need references, and a third are Chinese, Japanese or Korean. */
const SITE_NAMES = [
  'Default Web Site',
  'Forschung & Entwicklung',
  '人事部門入口網站',
  'Intranet',
  'Boutique d\u2019été & café',
  '総務部ポータル',
  'Reports',
  'Kunden "Nord" <intern>',
  '고객 지원 포털',
  'Extranet für Händler',
  'R&D Wiki',
  '销售管理系统（测试）',
];

const SCRIPT_MAPS = [
  '.asp,C:\\WINDOWS\\system32\\inetsrv\\asp.dll,5,GET,HEAD,POST,TRACE',
  '.cer,C:\\WINDOWS\\system32\\inetsrv\\asp.dll,5,GET,HEAD,POST,TRACE',
  '.idc,C:\\WINDOWS\\system32\\inetsrv\\httpodbc.dll,5,OPTIONS,GET,HEAD,POST,PUT,DELETE,TRACE',
  '.shtml,C:\\WINDOWS\\system32\\inetsrv\\ssinc.dll,5,GET,POST',
  ...['asax', 'ascx', 'ashx', 'asmx', 'aspx', 'axd', 'config', 'cs', 'rem', 'resx', 'soap', 'vb'].map(
    (extension) =>
      `.${extension},C:\\WINDOWS\\Microsoft.NET\\Framework\\v2.0.50727\\aspnet_isapi.dll,5,GET,HEAD,POST,DEBUG`,
  ),
];

const MIME_TYPES = ['flv', 'json', 'm4v', 'mp4', 'otf', 'svg', 'webm', 'webp', 'woff', 'woff2', 'xap', 'xpi'].map(
  (extension) => `.${extension},application/x-${extension}`,
);

/** A multi-string: one line for each string, inside the value. */
const multiString = (strings) => strings.join('\r\n\t\t\t');

const escape = (value) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Bytes that IIS writes as hex, such as an ACL or an encrypted password. */
function hex(length, seed) {
  let state = seed + 1;
  let digits = '';
  while (digits.length < 2 * length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    digits += state.toString(16).padStart(8, '0');
  }
  return `4963446260000000${digits.slice(0, 2 * length)}`;
}

/** A key as IIS writes it, with each attribute on a line of its own. */
function key(className, location, attributes = {}, customs = [], equals = ' =') {
  const lines = Object.entries(attributes).map(([name, value]) => `\t\t${name}="${escape(value)}"\r\n`);
  return `<${className}\tLocation${equals}"${escape(location)}"\r\n${lines.join('')}\t>\r\n${customs.join('')}</${className}>\r\n`;
}

function custom(name, id, value, type = 'DWORD', attributes = 'INHERIT') {
  const all = { Name: name, ID: id, Value: value, Type: type, UserType: 'IIS_MD_UT_SERVER', Attributes: attributes };
  const lines = Object.entries(all).map(([each, text]) => `\t\t${each}="${escape(String(text))}"\r\n`);
  return `\t<Custom\r\n${lines.join('')}\t/>\r\n`;
}

const unknown = (id, value, type) => custom(`UnknownName_${id}`, id, value, type, 'NO_ATTRIBUTES');

/** @returns The keys of one web site; every fifth has more than most. */
export function site(number) {
  const path = `/LM/W3SVC/${number + 1}`;
  const root = `${path}/ROOT`;
  const name = SITE_NAMES[number % SITE_NAMES.length];
  const keys = [
    key('IIsWebServer', path, {
      ...(number % 4 === 0 && { AdminACL: hex(96, number) }),
      AppPoolId: `Pool ${number % 40}`,
      DefaultDoc: 'Default.htm,Default.asp,index.htm,default.aspx',
      LogFileDirectory: `D:\\Logs\\${name.replace(/["<>]/g, '')}`,
      ServerAutoStart: 'TRUE',
      ServerBindings: multiString([`:80:www${number}.example.com`, `192.0.2.${number % 250}:8080:`]),
      ServerComment: name,
      ServerSize: '1',
    }),
    key('IIsFilters', `${path}/filters`, { AdminACL: hex(40, number), FilterLoadOrder: '' }),
    key('IIsWebVirtualDir', root, {
      AccessFlags: 'AccessExecute | AccessRead | AccessScript',
      AppFriendlyName: name,
      AppIsolated: '2',
      AppRoot: root,
      AuthFlags: 'AuthAnonymous | AuthNTLM',
      HttpCustomHeaders: multiString(['X-Powered-By: ASP.NET', 'P3P: CP="NOI DSP COR"']),
      Path: `D:\\Sites\\${name.replace(/["<>]/g, '')}`,
      ...(number % 2 === 0 && { ScriptMaps: multiString(SCRIPT_MAPS) }),
    }),
    ...Array.from({ length: 6 }, (_, i) => application(`${root}/app${i}`, name, number + i)),
  ];
  return keys.join('') + (number % 5 === 0 ? rareKeys(path, number) : '');
}

/** A virtual directory or a directory below it, in turn. */
function application(location, name, number) {
  if (number % 3 === 0) {
    return key('IIsWebDirectory', location, { AccessFlags: 'AccessRead', DirBrowseFlags: 'EnableDefaultDoc' }, [
      unknown(2168, number),
    ]);
  }
  return key(
    'IIsWebVirtualDir',
    location,
    {
      AccessFlags: 'AccessExecute | AccessRead | AccessScript',
      AppFriendlyName: number % 3 === 1 ? 'Default Application' : name,
      AppIsolated: '2',
      AppRoot: location,
      ContentIndexed: 'FALSE',
      DirBrowseFlags: 'DirBrowseShowDate | DirBrowseShowTime | DirBrowseShowSize | EnableDefaultDoc',
      ...(number % 7 === 0 && { HttpRedirect: `http://www.example.com/$S?id=${number}&from=$Q,PERMANENT` }),
      Path: `D:\\Sites\\app${number}`,
    },
    number % 4 === 0
      ? [
          custom('AuthFlags', 6000, 'AuthBasic | AuthAnonymous | AuthNTLM'),
          unknown(1099, 0),
          unknown(61537, name, 'STRING'),
        ]
      : [],
  );
}

/** Keys that few web sites have, and those of other services. */
function rareKeys(path, number) {
  const news = `/LM/NntpSvc/${number + 1}`;
  return [
    key('IIsFilter', `${path}/filters/Compression`, { FilterEnableCache: 'TRUE', FilterState: '1' }),
    key('IIsCompressionSchemes', `${path}/Filters/Compression/Parameters`, {
      HcCompressionDirectory: '%windir%\\IIS Temporary Compressed Files',
      HcSendCacheHeaders: 'FALSE',
    }),
    key('IIsMimeMap', `${path}/MimeMap`, { MimeMap: multiString(MIME_TYPES) }),
    key('IIsConfigObject', `${path}/Info`, {}, [
      custom('MD_SERVER_CAPABILITIES', 1109, 66_367),
      unknown(9202, 'mail & news', 'STRING'),
    ]),
    key('IIsWebVirtualDir', `${path}/ROOT/byHand`, { AccessFlags: 'AccessRead', Path: 'E:\\old' }, [], ' = '),
    key('IIsNntpServer', news, { NewsCrawlerTime: '30', ServerBindings: ':119:', ServerComment: `News ${number}` }),
    key('IIsConfigObject', `${news}/ROOT/control`, {}, [
      custom('Path', 3001, 'c:\\inetpub\\nntpfile\\control', 'STRING'),
      custom('SmtpInboundCommandSupportOptions', 36998, 7697601),
    ]),
  ].join('');
}

const domains = Array.from({ length: 20 }, (_, i) =>
  key('IIsSmtpDomain', `/LM/SmtpSvc/1/Domain/d${i}.example.com`, { RouteAction: '16' }),
);

/** The SMTP service, and the virtual server that is to be changed. */
export const SMTP_SERVICE = [
  key(
    'IIsSmtpService',
    '/LM/SmtpSvc',
    {
      BadMailDirectory: 'C:\\Inetpub\\mailroot\\Badmail',
      EnableReverseDnsLookup: 'FALSE',
      SmtpInboundCommandSupportOptions: '7697601',
      SmtpOutboundCommandSupportOptions: '7',
      SmtpRemoteProgressiveRetry: '15,30,60,240',
    },
    [custom('AuthFlags', 6000, 'AuthBasic | AuthAnonymous | AuthNTLM'), unknown(36880, 1)],
  ),
  key('IIsSmtpServer', '/LM/SmtpSvc/1', {
    AdminACL: hex(96, 1),
    LocalDomains: multiString(['example.com,;', 'example.net,;']),
    RelayIpList: hex(120, 2),
    ServerBindings: ':25:',
    ServerComment: 'Default SMTP Virtual Server',
    SmtpInboundCommandSupportOptions: '7697601',
    SmtpLocalDelayExpireMinutes: '720',
  }),
  ...domains,
].join('');
