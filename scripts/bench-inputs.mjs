import { closeSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';

/* Synthetic exports of any size for the benchmark: the keys of a web server, with the SMTP keys in their midst. */

const HEAD =
  '<?xml version ="1.0"?>\r\n<configuration xmlns="urn:microsoft-catalog:XML_Metabase_V64_0">\r\n<MBProperty>\r\n';
const TAIL = '</MBProperty>\r\n</configuration>\r\n';

const SMTP = [
  '<IIsSmtpService\tLocation ="/LM/SmtpSvc"',
  '\t\tSmtpInboundCommandSupportOptions="7697601"',
  '\t>',
  '</IIsSmtpService>',
  '<IIsSmtpServer\tLocation ="/LM/SmtpSvc/1"',
  '\t\tServerBindings=":25:"',
  '\t\tServerComment="Default SMTP Virtual Server"',
  '\t\tSmtpInboundCommandSupportOptions="7697601"',
  '\t>',
  '</IIsSmtpServer>',
  '',
].join('\r\n');

/** A web directory as IIS writes it: short lines, a multi-string with line ends in it, a Custom child. */
function webKey(number) {
  return [
    `<IIsWebDirectory\tLocation ="/LM/W3SVC/1/ROOT/site${number}"`,
    '\t\tAccessFlags="AccessExecute | AccessRead | AccessScript"',
    '\t\tAppFriendlyName="Default Application"',
    '\t\tAppIsolated="2"',
    `\t\tAppRoot="/LM/W3SVC/1/ROOT/site${number}"`,
    '\t\tAuthFlags="AuthAnonymous | AuthNTLM"',
    '\t\tDefaultDoc="Default.htm,Default.asp,index.htm"',
    '\t\tHttpCustomHeaders="X-Powered-By: ASP.NET\r\n\t\t\tX-Site: example.com"',
    `\t\tPath="C:\\inetpub\\wwwroot\\site${number}"`,
    '\t>',
    '\t<Custom',
    '\t\tName="UnknownName_1099"',
    '\t\tID="1099"',
    '\t\tValue="0"',
    '\t\tType="DWORD"',
    '\t\tUserType="IIS_MD_UT_SERVER"',
    '\t\tAttributes="NO_ATTRIBUTES"',
    '\t/>',
    '</IIsWebDirectory>',
    '',
  ].join('\r\n');
}

/** Writes an export of about so many bytes, if it is not there yet. @returns Its path. */
export function makeExport(folder, bytes) {
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${bytes}.xml`;
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return path;
  const fd = openSync(path, 'w');
  const block = Buffer.from(Array.from({ length: 1000 }, (_, i) => webKey(i)).join(''));
  const half = (bytes - HEAD.length - SMTP.length - TAIL.length) / 2;
  const fill = () => {
    let left = half;
    for (; left >= block.length; left -= block.length) writeSync(fd, block);
    for (let i = 0; left > 0; i++) left -= writeSync(fd, webKey(i));
  };
  writeSync(fd, HEAD);
  fill();
  writeSync(fd, SMTP);
  fill();
  writeSync(fd, TAIL);
  closeSync(fd);
  return path;
}

/** What the lines of these exports are like, for the page with the results. */
export function describeLines() {
  const lines = Array.from({ length: 10 }, (_, i) => webKey(i))
    .join('')
    .split('\n')
    .slice(0, -1);
  const lengths = lines.map((line) => line.length + 1).sort((a, b) => a - b);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  return `lines of ${lengths[0]} to ${lengths.at(-1)} bytes, ${Math.round(mean)} on average`;
}
