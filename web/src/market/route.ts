const prefix = '#/';

/** The symbol that the address names; whether there is one is not known here. */
export function symbolOf(hash: string): string | undefined {
  const name = hash.startsWith(prefix) ? hash.slice(prefix.length) : '';
  return /^[A-Za-z0-9._:/-]{1,32}$/.test(name) ? name : undefined;
}

export function hashOfSymbol(symbol: string): string {
  return prefix + symbol;
}
