import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';

/** WordPress itself reads no more of a file. */
const headerBytes = 8192;
const listing = { type: 'generic', state: 'installed' } as const;

/** Reads one file of WordPress, a plug-in or a theme, whichever its path says. */
export function* readWordpress(file: OpenFile, limits: Limits): Generator<Found> {
  const text = decodeText({ ...file, bytes: file.bytes.subarray(0, headerBytes) }).replace(/\r\n?/g, '\n');
  const isCore = file.path.endsWith('wp-includes/version.php');
  const item = isCore ? toCore(text) : toExtension(file, text);
  if (item) yield* collectListed(file, listing, [item], limits);
  else if (isCore)
    yield problemOf(file, 'incomplete', 'there is no version of WordPress; it is missing from the result');
}

function toCore(text: string): Listed | undefined {
  const version = /^\$wp_version\s{0,9}=\s{0,9}['"]([^'"\n]{1,100})['"];/m.exec(text)?.[1];
  return version === undefined ? undefined : { kind: 'listed', name: 'wordpress', version };
}

/**
 * Named by its folder or, where it has none, its file, as in WordPress' directory of plug-ins. Without a header it is a part of
 * one. https://developer.wordpress.org/plugins/plugin-basics/header-requirements/
 */
function toExtension(file: OpenFile, text: string): Listed | undefined {
  const isTheme = file.path.endsWith('.css');
  if (!headerOf(text, isTheme ? 'Theme Name' : 'Plugin Name')) return undefined;
  const [, folder, name] = /(?:^|\/)([^/]+)\/([^/]+?)(?:\.php|\.css)$/.exec(file.path) ?? [];
  const license = headerOf(text, 'License');
  return {
    kind: 'listed',
    name: folder === 'plugins' || folder === 'mu-plugins' ? name : folder,
    version: headerOf(text, 'Version'),
    licenses: license ? [license] : undefined,
    purl: { namespace: isTheme ? 'wordpress-theme' : 'wordpress-plugin' },
  };
}

/** The value up to the end of its line or comment. */
function headerOf(text: string, name: string): string | undefined {
  const value = new RegExp(`^(?:[ \\t]{0,9}<\\?php)?[ \\t/*#@]{0,20}${name}:([^\\n]{0,500})$`, 'im').exec(text)?.[1];
  return value?.replace(/\s*(?:\*\/|\?>).*$/, '').trim() || undefined;
}
