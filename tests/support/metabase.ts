/** Synthetic metabases for tests of the command. */

export const PROPERTY = 'SmtpInboundCommandSupportOptions';

/** @returns A virtual server's key, with the property if a value is given. */
export function server(number: number | string, value?: number | string): string {
  const property = value === undefined ? '' : `\t\t${PROPERTY}="${value}"\r\n`;
  return `<IIsSmtpServer\tLocation ="/LM/SmtpSvc/${number}"\r\n\t\tServerComment="Server ${number}"\r\n${property}\t>\r\n</IIsSmtpServer>\r\n`;
}

/** @returns The service's key. */
export function service(value?: number | string): string {
  const property = value === undefined ? '' : `\t\t${PROPERTY}="${value}"\r\n`;
  return `<IIsSmtpService\tLocation ="/LM/SmtpSvc"\r\n${property}\t>\r\n</IIsSmtpService>\r\n`;
}

/** @returns A whole metabase of these keys. */
export function metabase(...keys: string[]): string {
  return `<?xml version ="1.0"?>\r\n<configuration>\r\n<MBProperty>\r\n${keys.join('')}</MBProperty>\r\n</configuration>\r\n`;
}

/** 8bitmime on at one virtual server. */
export const ON = metabase(server(1, 7697601));

/** The same with 8bitmime off: what patch makes of ON. */
export const OFF = metabase(server(1, 3503297));

/** A web directory's key; thousands of them make an export long enough to be interrupted. */
const KEY = `<IIsWebDirectory\tLocation ="/LM/W3SVC/1/ROOT/x"\r\n\t\tAppFriendlyName="Default Application"\r\n\t\tPath="c:\\inetpub\\wwwroot"\r\n\t>\r\n</IIsWebDirectory>\r\n`;

/** @returns A metabase of so many megabytes, with one virtual server near its end. */
export function largeMetabase(megabytes: number, value = 7697601): Buffer {
  return Buffer.from(metabase(KEY.repeat(Math.ceil((megabytes * 1e6) / KEY.length)), server(1, value)));
}
