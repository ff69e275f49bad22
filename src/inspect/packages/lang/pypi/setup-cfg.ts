/** Lists of requirements in `setup.cfg`: one a line, or with semicolons between them. */
export function* readSetupCfg(text: string): Generator<{ readonly text: string; readonly group?: string }> {
  let section = '';
  let key = '';
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const header = /^\[([^\]]{1,200})\]/.exec(line)?.[1];
    const field = header === undefined ? /^([\w.-]{1,200})[ \t]*[=:](.*)$/.exec(line) : null;
    if (header !== undefined) section = header.trim();
    if (header !== undefined || field !== null) key = field?.[1] ?? '';
    const value = field === null ? line : field[2]!;
    const isWanted =
      header === undefined && (section === 'options' ? key === 'install_requires' : isExtra(section, key));
    for (const item of isWanted ? itemsOf(value, field !== null) : [])
      yield section === 'options' ? { text: item } : { text: item, group: key };
  }
}

function isExtra(section: string, key: string): boolean {
  return section === 'options.extras_require' && key !== '';
}

/** Semicolons part the items of a list that begins in the line of its key; elsewhere they begin a marker. */
function itemsOf(value: string, isFirst: boolean): string[] {
  const items = isFirst ? value.split(';') : [value];
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
