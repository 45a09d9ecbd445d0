import { metabase, server } from './metabase.ts';

/** A web directory's key; thousands of them make an export long enough to be interrupted. */
const KEY = `<IIsWebDirectory\tLocation ="/LM/W3SVC/1/ROOT/x"\r\n\t\tAppFriendlyName="Default Application"\r\n\t\tPath="c:\\inetpub\\wwwroot"\r\n\t>\r\n</IIsWebDirectory>\r\n`;

/** @returns A metabase of so many megabytes, with one virtual server near its end. */
export function largeMetabase(megabytes: number, value = 7697601): Buffer {
  return Buffer.from(metabase(KEY.repeat(Math.ceil((megabytes * 1e6) / KEY.length)), server(1, value)));
}
