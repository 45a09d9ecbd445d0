/** Small synthetic metabases for tests of the command. */

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
