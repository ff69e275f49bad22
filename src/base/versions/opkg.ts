import { deb } from './deb.ts';
import type { Order } from './order.ts';
import type { SortKey } from './sort-key.ts';

/**
 * opkg's order, whose comparison is dpkg's of `epoch:version-revision`, tilde included. opkg itself refuses nothing and reads an
 * epoch that is no number as far as it is one; here such a version is refused, as dpkg does.
 * https://git.yoctoproject.org/opkg/tree/libopkg/pkg.c
 */
export const opkg: Order<SortKey> = { ...deb, id: 'opkg' };
